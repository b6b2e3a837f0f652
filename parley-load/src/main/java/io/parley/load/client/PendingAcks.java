package io.parley.load.client;

import io.parley.load.wire.DirectView;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a client received and has not confirmed yet: a range of times per conversation. Most clients of a load
/// are in one conversation, so the first one is kept without a map. Not thread-safe.
final class PendingAcks {
    /// Told each range once.
    interface Sink {
        void ack(String conversation, long from, long upTo);
    }

    private DirectView.Name conversation = DirectView.Name.NONE;
    private long from;
    private long upTo;
    private @Nullable Map<String, long[]> others;

    /// Returns true when nothing was waiting before.
    boolean add(DirectView message) {
        long timestamp = message.timestamp();
        boolean first = isEmpty();
        DirectView.Name of = message.conversation(conversation);
        if (first || of == conversation) {
            conversation = of;
            from = first ? timestamp : Math.min(from, timestamp);
            upTo = Math.max(upTo, timestamp);
        } else {
            if (others == null) {
                others = new HashMap<>();
            }
            long[] range = others.computeIfAbsent(of.text(), key -> new long[] {timestamp, timestamp});
            range[0] = Math.min(range[0], timestamp);
            range[1] = Math.max(range[1], timestamp);
        }
        return first;
    }

    boolean isEmpty() {
        return upTo == 0;
    }

    void drain(Sink sink) {
        if (isEmpty()) {
            return;
        }
        sink.ack(conversation.text(), from, upTo);
        upTo = 0;
        if (others != null) {
            others.forEach((other, range) -> sink.ack(other, range[0], range[1]));
            others = null;
        }
    }
}
