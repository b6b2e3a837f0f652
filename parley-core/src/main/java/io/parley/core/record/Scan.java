package io.parley.core.record;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.core.command.AppId;
import io.parley.core.command.ErrorCode;
import io.parley.core.command.Refusal;
import io.parley.core.query.Filter;
import io.parley.core.record.RecordStore.By;
import io.parley.core.record.RecordStore.Position;
import io.parley.core.record.RecordStore.Walk;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// Goes through all rows of a class page by page. A cursor never grows old. Source: rest 5.4.
///
/// @param order `objectId`, `createdAt` or `updatedAt`, with `-` for descending
/// @param keys columns to tell; empty: all
public record Scan(String className, ObjectNode where, String order, int limit, String keys) {
    public Scan {
        if (limit < 1 || limit > RecordQuery.MAX_LIMIT) limit = RecordQuery.DEFAULT_LIMIT;
    }

    /// @param cursor where to go on; empty at the end
    public record Page(List<ObjectNode> documents, Optional<String> cursor) {}

    Page page(AppId app, RecordStore store, Optional<String> cursor, Requester requester) {
        Filter filter = Search.compile(className, where);
        By by = by();
        if (filter.names(key())) throw Refusal.of(ErrorCode.INVALID_QUERY, "where cannot name the scan_key %s", key());
        List<Row> rows = new ArrayList<>();
        store.visit(app, className, new Walk(by, order.startsWith("-"), cursor.map(Scan::position)), row -> {
            if (filter.matches(Documents.searchable(row))) rows.add(row);
            return rows.size() <= limit;
        });
        boolean more = rows.size() > limit;
        if (more) rows.removeLast();
        List<ObjectNode> documents = new ArrayList<>();
        for (Row row : rows) {
            ObjectNode document = Documents.of(row, requester, true);
            documents.add(keys.isBlank() ? document : new Projection(keys).of(document));
        }
        return new Page(documents, more ? Optional.of(cursor(by, rows.getLast())) : Optional.empty());
    }

    private String key() {
        return order.startsWith("-") ? order.substring(1) : order;
    }

    private By by() {
        return switch (key()) {
            case "objectId" -> By.ID;
            case "createdAt" -> By.CREATED;
            case "updatedAt" -> By.UPDATED;
            default ->
                throw Refusal.of(
                        ErrorCode.INVALID_QUERY, "scan_key is objectId, createdAt or updatedAt; got \"%s\"", order);
        };
    }

    private static String cursor(By by, Row last) {
        Instant time = by == By.UPDATED ? last.updatedAt() : last.createdAt();
        String text = time.toEpochMilli() + " " + last.id();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Position position(String cursor) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            int space = text.indexOf(' ');
            return new Position(
                    Instant.ofEpochMilli(Long.parseLong(text.substring(0, Math.max(0, space)))),
                    text.substring(space + 1));
        } catch (IllegalArgumentException e) {
            throw Refusal.of(ErrorCode.INVALID_QUERY, "this is no cursor: \"%s\"", cursor);
        }
    }
}
