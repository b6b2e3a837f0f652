package io.parley.load.wire;

import io.netty.buffer.ByteBuf;

/// Walks the fields of one protobuf message inside a buffer, without copying and without moving the buffer's
/// indexes. Reused for many messages; not thread-safe.
final class FieldCursor {
    static final int VARINT = 0;
    static final int LENGTH_DELIMITED = 2;

    // Valid between reset() and the next reset(), as long as the buffer is.
    private ByteBuf buffer = io.netty.buffer.Unpooled.EMPTY_BUFFER;
    private int position;
    private int end;

    private int field;
    private int wireType;
    private long number;
    private int start;
    private int length;

    void reset(ByteBuf source, int offset, int size) {
        buffer = source;
        position = offset;
        end = offset + size;
    }

    /// Moves to the next field. False at the end of the message.
    boolean next() {
        if (position >= end) {
            return false;
        }
        int tag = (int) varint();
        field = tag >>> 3;
        wireType = tag & 7;
        switch (wireType) {
            case VARINT -> number = varint();
            case LENGTH_DELIMITED -> {
                length = (int) varint();
                start = position;
                position += length;
                if (length < 0 || position > end) {
                    throw new IllegalArgumentException("field " + field + " is longer than its message");
                }
            }
            case 1 -> position += 8;
            case 5 -> position += 4;
            default -> throw new IllegalArgumentException("wire type " + wireType + " in field " + field);
        }
        return true;
    }

    int field() {
        return field;
    }

    /// Of a varint field.
    long number() {
        return number;
    }

    /// Of a length-delimited field: where its bytes start in the buffer.
    int start() {
        return start;
    }

    int length() {
        return length;
    }

    private long varint() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte next = buffer.getByte(position++);
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("a number of more than ten bytes");
    }
}
