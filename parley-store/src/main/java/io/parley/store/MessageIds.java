package io.parley.store;

import io.parley.core.command.MessageId;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Optional;

/// Message ids made here: 22 characters of URL-safe base64, which hold 6 bytes of timestamp, 6 bytes of conversation
/// number and 4 random ones. So an id leads to its message without an index, and a row only keeps the random part.
/// Source: semantics 1 for the look of an id; clients treat it as opaque.
final class MessageIds {
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    private static final Base64.Decoder DECODER = Base64.getUrlDecoder();
    private static final int LENGTH = 22;
    private static final long SIX_BYTES = 0xffff_ffff_ffffL;

    /// Takes the place of the conversation in ids of messages that are not stored: no conversation has this number.
    static final long NOT_STORED = 0;

    private MessageIds() {}

    static MessageId make(long timestamp, long conversation, int random) {
        long high = (timestamp << 16) | (conversation & SIX_BYTES) >>> 32;
        long low = (conversation << 32) | (random & 0xffff_ffffL);
        byte[] bytes = new byte[16];
        ByteBuffer.wrap(bytes).putLong(high).putLong(low);
        return new MessageId(ENCODER.encodeToString(bytes));
    }

    record Parts(long timestamp, long conversation, int random) {}

    /// Empty when the id cannot be one of ours. An imported id may look like ours by accident: compare the
    /// conversation.
    static Optional<Parts> parse(MessageId id) {
        if (id.value().length() != LENGTH) return Optional.empty();
        byte[] bytes;
        try {
            bytes = DECODER.decode(id.value());
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // not base64
        }
        ByteBuffer parts = ByteBuffer.wrap(bytes);
        long high = parts.getLong();
        long low = parts.getLong();
        Parts result = new Parts(high >>> 16, ((high & 0xffff) << 32) | (low >>> 32), (int) low);
        // Several texts decode to the same bytes; only the one we would make counts.
        return make(result.timestamp, result.conversation, result.random).equals(id)
                ? Optional.of(result)
                : Optional.empty();
    }
}
