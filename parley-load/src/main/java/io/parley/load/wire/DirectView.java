package io.parley.load.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;

/// A delivered message, read in place. Valid until the callback that got it returns; not thread-safe. Source:
/// protocol 4.5.4.
public final class DirectView {
    private final FieldCursor fields = new FieldCursor();
    private ByteBuf buffer = Unpooled.EMPTY_BUFFER;
    private long timestamp;
    private boolean transientMessage;
    private int kind;
    private int textStart;
    private int textLength;
    private int conversationStart;
    private int conversationLength;
    private int idStart;
    private int idLength;
    private int fromStart;
    private int fromLength;

    void read(ByteBuf source, int start, int size) {
        buffer = source;
        timestamp = 0;
        transientMessage = false;
        kind = 1;
        textLength = 0;
        conversationLength = 0;
        idLength = 0;
        fromLength = 0;
        fields.reset(source, start, size);
        while (fields.next()) {
            switch (fields.field()) {
                case 1 -> {
                    textStart = fields.start();
                    textLength = fields.length();
                }
                case 3 -> {
                    fromStart = fields.start();
                    fromLength = fields.length();
                }
                case 4 -> timestamp = fields.number();
                case 11 -> {
                    conversationStart = fields.start();
                    conversationLength = fields.length();
                }
                case 12 -> {
                    idStart = fields.start();
                    idLength = fields.length();
                }
                case 13 -> transientMessage = fields.number() != 0;
                case 22 -> kind = (int) fields.number();
                default -> {}
            }
        }
    }

    /// Milliseconds since the epoch, by the server's clock.
    public long timestamp() {
        return timestamp;
    }

    /// Whether clients acknowledge this message: not what is transient, not what comes from a chat room. Source:
    /// protocol 4.6.
    public boolean wantsAck() {
        return !transientMessage && kind != 2;
    }

    public String conversation() {
        return string(conversationStart, conversationLength);
    }

    public String id() {
        return string(idStart, idLength);
    }

    public String from() {
        return string(fromStart, fromLength);
    }

    public String text() {
        return string(textStart, textLength);
    }

    public int textLength() {
        return textLength;
    }

    /// A byte of the text.
    public byte textByte(int index) {
        return buffer.getByte(textStart + index);
    }

    /// Whether the conversation is the one with these bytes; cheaper than making a string.
    private boolean inConversation(byte[] id) {
        if (id.length != conversationLength) {
            return false;
        }
        for (int index = 0; index < id.length; index++) {
            if (buffer.getByte(conversationStart + index) != id[index]) {
                return false;
            }
        }
        return true;
    }

    /// The conversation's id; `last` again when it is the same, so that a client in one conversation makes no
    /// garbage.
    public Name conversation(Name last) {
        return inConversation(last.bytes) ? last : new Name(conversation());
    }

    /// A string with its bytes. Identifiers are ASCII.
    public static final class Name {
        public static final Name NONE = new Name("");

        private final String text;
        private final byte[] bytes;

        Name(String text) {
            this.text = text;
            this.bytes = text.getBytes(StandardCharsets.UTF_8);
        }

        public String text() {
            return text;
        }
    }

    private String string(int start, int size) {
        return size == 0 ? "" : buffer.toString(start, size, StandardCharsets.UTF_8);
    }
}
