/// Frames in, commands out; replies and events in, frames out. Entry class: [io.parley.protocol.Wire].
/// Pure functions of a frame: knows no socket, no thread and no storage.
@NullMarked
package io.parley.protocol;

import org.jspecify.annotations.NullMarked;
