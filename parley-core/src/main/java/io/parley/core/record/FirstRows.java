package io.parley.core.record;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/// One page out of rows that come in any order: holds no more of them than lie before the end of the page. Used by
/// one thread.
final class FirstRows {
    private final int skip;
    private final int most;
    private final int limit;
    private final Comparator<Keyed> order;
    private final PriorityQueue<Keyed> first; // the last one of the page on top
    private long matches;

    private record Keyed(Row row, JsonNode document) {}

    /// @param order rows that are equal in it are told by id
    /// @param limit rows that may be held; the search is refused when the page needs more and there are more
    FirstRows(Comparator<JsonNode> order, int skip, int size, int limit) {
        this.skip = skip;
        this.most = (int) Math.min((long) skip + size, Integer.MAX_VALUE);
        this.limit = limit;
        this.order = Comparator.comparing(Keyed::document, order)
                .thenComparing(keyed -> keyed.row().id());
        this.first = new PriorityQueue<>(this.order.reversed());
    }

    void add(Row row) {
        matches++;
        if (most == 0) return;
        var keyed = new Keyed(row, Documents.searchable(row));
        if (first.size() < most) {
            if (first.size() == limit) throw Search.tooMuch();
            first.add(keyed);
        } else if (order.compare(keyed, first.element()) < 0) {
            first.remove();
            first.add(keyed);
        }
    }

    /// All rows that were added, those before and behind the page, too.
    long matches() {
        return matches;
    }

    List<Row> page() {
        List<Keyed> sorted = new ArrayList<>(first);
        sorted.sort(order);
        return sorted.stream().skip(skip).map(Keyed::row).toList();
    }
}
