package io.parley.protocol;

import io.parley.protocol.proto.GenericCommand;
import java.nio.ByteBuffer;

/// How a frame looks on the socket. Stateless, thread-safe, pure functions.
interface WireFormat {
    /// Below [io.parley.core.session.Outgoing#FORMATS].
    int number();

    boolean text();

    /// Frames name their app. The JSON protocols do, since their clients were used to it; elsewhere it only costs
    /// bytes. Source: legacy-json 4.1.
    boolean namesApp();

    Frame decode(ByteBuffer frame) throws MalformedFrameException;

    byte[] encode(GenericCommand frame);

    /// Encodes an error that refuses a login; some formats have a form of its own for it.
    default byte[] encodeLoginRefusal(GenericCommand error) {
        return encode(error);
    }

    /// @param frame without `peerId`
    SharedFrame share(GenericCommand frame);
}
