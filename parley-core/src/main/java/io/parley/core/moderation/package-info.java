/// Who may do what in a conversation: roles, silence, blacklists. Entry class:
/// [io.parley.core.moderation.Moderation].
@NullMarked
package io.parley.core.moderation;

import org.jspecify.annotations.NullMarked;
