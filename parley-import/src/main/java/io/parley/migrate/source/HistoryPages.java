package io.parley.migrate.source;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Pages of a history, in one direction. Source: rest 6.2, 24.
final class HistoryPages {
    private static final int PAGE = 1000;

    private final RestClient rest;
    private final String path;
    private final boolean reversed;
    private HistoryKey after;
    /// Messages at the time of `after` that were delivered: a server that cuts pages by time alone repeats them.
    private final Set<String> delivered = new HashSet<>();

    /// @param after exclusive
    HistoryPages(RestClient rest, String path, boolean reversed, HistoryKey after) {
        this.rest = rest;
        this.path = path;
        this.reversed = reversed;
        this.after = after;
        if (!after.id().isEmpty()) delivered.add(after.id());
    }

    /// Where the next page begins.
    HistoryKey after() {
        return after;
    }

    /// The next messages; empty at the end. A short page is not the end: servers may filter after they count.
    ///
    /// @param till exclusive, where to stop when reading towards newer messages; 0 for no end
    List<JsonNode> next(long till) throws IOException {
        Map<String, Object> query = new LinkedHashMap<>();
        query.put("limit", PAGE);
        if (reversed) query.put("reversed", true);
        query.put("timestamp", after.timestamp());
        if (!after.id().isEmpty()) query.put("msgid", after.id());
        if (till != 0) query.put("till_timestamp", till);
        JsonNode page = rest.get(path, query);
        if (!page.isArray()) throw new IOException(path + " answered something else than an array of messages");
        List<JsonNode> fresh = new ArrayList<>();
        for (JsonNode item : page) {
            HistoryKey key = HistoryKey.of(item);
            if (key.id().isEmpty() || key.timestamp() == 0)
                throw new IOException(path + " answered a message without id or time");
            if (key.timestamp() != after.timestamp()) delivered.clear();
            if (delivered.add(key.id())) fresh.add(item);
            after = key;
        }
        return fresh;
    }
}
