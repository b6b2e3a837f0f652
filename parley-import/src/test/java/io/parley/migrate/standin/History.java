package io.parley.migrate.standin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.migrate.archive.Lines;
import java.util.ArrayList;
import java.util.List;

/// Messages of an app in the order (timestamp, id).
interface History {
    int size();

    ObjectNode item(int index);

    long timestamp(int index);

    String id(int index);

    /// How many messages lie before (timestamp, id); with `id` empty, before the timestamp.
    default int before(long timestamp, String id) {
        int low = 0;
        int high = size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            int order = Long.compare(timestamp(middle), timestamp);
            if (order == 0) order = id(middle).compareTo(id);
            if (order < 0) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    /// As real items look: the storage id of the conversation has zeros behind it. Source: rest 6.2.
    static ObjectNode item(String conversation, long timestamp, String id, String from, String data) {
        ObjectNode item = Lines.object()
                .put("timestamp", timestamp)
                .put("conv-id", conversation + "00000000")
                .put("to", conversation)
                .put("data", data)
                .put("from", from)
                .put("msg-id", id)
                .put("is-conv", true)
                .put("is-room", false)
                .put("bin", false);
        item.putNull("from-ip");
        return item;
    }

    /// Messages that are all there.
    static History of(List<ObjectNode> items) {
        List<ObjectNode> sorted = new ArrayList<>(items);
        sorted.sort(java.util.Comparator.comparingLong(
                        (ObjectNode item) -> item.path("timestamp").asLong())
                .thenComparing(item -> item.path("msg-id").asText()));
        return new History() {
            @Override
            public int size() {
                return sorted.size();
            }

            @Override
            public ObjectNode item(int index) {
                return sorted.get(index);
            }

            @Override
            public long timestamp(int index) {
                return sorted.get(index).path("timestamp").asLong();
            }

            @Override
            public String id(int index) {
                return sorted.get(index).path("msg-id").asText();
            }
        };
    }
}
