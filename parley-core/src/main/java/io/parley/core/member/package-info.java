/// Who is in a conversation: add, remove, join, leave, mute. Entry class: [io.parley.core.member.Members].
@NullMarked
package io.parley.core.member;

import org.jspecify.annotations.NullMarked;
