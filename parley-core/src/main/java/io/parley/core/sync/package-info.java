/// What a client missed while it was away: unread counts, pushed offline messages, edits and recalls.
/// Entry class: [io.parley.core.sync.Sync].
@NullMarked
package io.parley.core.sync;

import org.jspecify.annotations.NullMarked;
