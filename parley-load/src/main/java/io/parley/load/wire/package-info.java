/// Frames with little work: commands encoded once and patched per send, and views that read a received command in
/// place. Entry classes: [io.parley.load.wire.SendFrame] and [io.parley.load.wire.CommandView]. Knows no socket.
@NullMarked
package io.parley.load.wire;

import org.jspecify.annotations.NullMarked;
