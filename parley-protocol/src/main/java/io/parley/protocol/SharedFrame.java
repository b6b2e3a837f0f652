package io.parley.protocol;

import io.parley.core.command.ClientId;

/// An event encoded once for all recipients of a wire format. What differs per recipient is a short tail, since only
/// `peerId` does: protobuf parses two concatenated encodings as one message, JSON gets its last field spliced in,
/// base64 shares all whole three-byte groups. The frame of one recipient is `body` followed by `tail`. Immutable.
public interface SharedFrame {
    /// Shared; do not change.
    byte[] body();

    byte[] tail(ClientId peer);
}
