package io.parley.load.client;

import io.netty.buffer.ByteBuf;
import io.parley.load.wire.Frames;
import org.jspecify.annotations.Nullable;

/// Cuts what a server sends into WebSocket messages and hands them on in place. Keeps nothing between whole
/// frames, so that an idle connection costs nothing here. Not thread-safe. Source: RFC 6455, 5.2.
final class FrameReader {
    /// Takes what was read.
    interface Sink {
        /// A binary or text message. Its bytes are valid until this returns.
        void message(ByteBuf buffer, int start, int length);

        void control(int opcode, ByteBuf buffer, int start, int length);
    }

    private static final int MAX_MESSAGE_BYTES = 64 * 1024 * 1024;

    private @Nullable ByteBuf waiting; // the beginning of a frame whose end has not come yet
    private @Nullable ByteBuf fragments; // the beginning of a message sent in several frames

    /// Takes over `input`.
    void feed(ByteBuf input, Sink sink) {
        ByteBuf bytes = input;
        if (waiting != null) {
            bytes = waiting.writeBytes(input);
            input.release();
            waiting = null;
        }
        boolean keep = false;
        try {
            while (frame(bytes, sink)) {
                // Every turn takes one frame off.
            }
            if (bytes.isReadable()) {
                if (bytes == input) {
                    waiting = bytes.alloc().buffer(bytes.readableBytes() * 2).writeBytes(bytes);
                } else {
                    waiting = bytes.discardReadBytes();
                    keep = true;
                }
            }
        } finally {
            if (!keep) {
                bytes.release();
            }
        }
    }

    void release() {
        if (waiting != null) {
            waiting.release();
            waiting = null;
        }
        if (fragments != null) {
            fragments.release();
            fragments = null;
        }
    }

    private boolean frame(ByteBuf bytes, Sink sink) {
        int at = bytes.readerIndex();
        int readable = bytes.readableBytes();
        if (readable < 2) {
            return false;
        }
        int first = bytes.getByte(at);
        int second = bytes.getByte(at + 1);
        if (second < 0) {
            throw new ConnectionLostException("the server sent a masked frame");
        }
        int header = second == 127 ? 10 : second == 126 ? 4 : 2;
        if (readable < header) {
            return false;
        }
        long length = second == 127 ? bytes.getLong(at + 2) : second == 126 ? bytes.getUnsignedShort(at + 2) : second;
        if (length < 0 || length > MAX_MESSAGE_BYTES) {
            throw new ConnectionLostException("the server sent a frame of " + length + " bytes");
        }
        if (readable < header + length) {
            return false;
        }
        bytes.skipBytes(header + (int) length);
        dispatch(first, bytes, at + header, (int) length, sink);
        return true;
    }

    private void dispatch(int first, ByteBuf bytes, int start, int length, Sink sink) {
        boolean last = (first & 0x80) != 0;
        int opcode = first & 15;
        if (opcode >= Frames.CLOSE) {
            sink.control(opcode, bytes, start, length);
        } else if (last && opcode != 0) {
            sink.message(bytes, start, length);
        } else {
            ByteBuf whole = fragments == null ? bytes.alloc().buffer(length) : fragments;
            fragments = whole.writeBytes(bytes, start, length);
            if (last) {
                fragments = null;
                try {
                    sink.message(whole, whole.readerIndex(), whole.readableBytes());
                } finally {
                    whole.release();
                }
            }
        }
    }
}
