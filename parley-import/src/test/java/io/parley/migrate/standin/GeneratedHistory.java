package io.parley.migrate.standin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;

/// Any number of messages that need no memory: each is computed from its place. Four of seven share a millisecond with
/// a neighbour.
final class GeneratedHistory implements History {
    private static final long START = 1_760_000_000_000L;
    private static final String WORDS =
            "the meeting moved to three in the afternoon so bring the drawings and call me when you are at the station ";

    private final int size;
    private final List<String> conversations;
    private final long step;

    /// @param days the time over which the messages are spread
    GeneratedHistory(int size, List<String> conversations, int days) {
        this.size = size;
        this.conversations = conversations;
        this.step = Math.max(1, days * 86_400_000L / Math.max(1, size));
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public long timestamp(int index) {
        int inGroup = index % 7;
        int shared = inGroup < 4 ? index - inGroup : index;
        return START + shared * step;
    }

    /// Ascending where the timestamps are equal.
    @Override
    public String id(int index) {
        long mixed = index * 0x9E37_79B9_7F4A_7C15L;
        byte[] bytes = ByteBuffer.allocate(16)
                .putInt(index)
                .putLong(mixed ^ mixed >>> 29)
                .putInt((int) mixed)
                .array();
        // The place comes first, in an alphabet whose order is that of its values.
        StringBuilder place = new StringBuilder();
        for (int shift = 28; shift >= 0; shift -= 4) place.append((char) ('a' + (index >>> shift & 15)));
        return place
                + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).substring(8);
    }

    @Override
    public ObjectNode item(int index) {
        int mixed = (int) (index * 0x9E37_79B9L >>> 7);
        String conversation = conversations.get(Math.floorMod(mixed, conversations.size()));
        int from = Math.floorMod(mixed, 60);
        String text = WORDS.substring(from, Math.min(WORDS.length(), from + 20 + Math.floorMod(index, 60)));
        ObjectNode item = History.item(
                conversation,
                timestamp(index),
                id(index),
                "user" + Math.floorMod(mixed >> 3, 1000),
                "{\"_lctype\":-1,\"_lctext\":\"" + text + index + "\"}");
        if (index % 3 != 0) item.put("ack-at", timestamp(index) + 40);
        return item;
    }
}
