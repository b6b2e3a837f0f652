/// The chat: [io.parley.core.Dispatcher] is its table of contents, [io.parley.core.Storage] what it needs from a
/// store.
/// Knows no socket, no SQL, no protobuf, no HTTP.
@NullMarked
package io.parley.core;

import org.jspecify.annotations.NullMarked;
