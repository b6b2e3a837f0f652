package io.parley.core.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.core.app.App;
import io.parley.core.app.StorageSettings.Operation;
import io.parley.core.command.ErrorCode;
import io.parley.core.command.Refusal;
import io.parley.core.query.Filter;
import io.parley.core.query.GeoPoint;
import io.parley.core.query.JsonOrder;
import io.parley.core.record.RecordStore.By;
import io.parley.core.record.RecordStore.Walk;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/// Finds rows: the store narrows by an index or walks in order, what is left is tested here, so that every store
/// answers alike. Thread-safe; may block.
final class Search {
    /// Longer than this, and the query is refused.
    private static final Duration BUDGET = Duration.ofSeconds(5);

    /// Rows that are held at a time, to be told in an order that no index has.
    private static final int MAX_SORTED = 50_000;

    private final RecordStore store;

    Search(RecordStore store) {
        this.store = store;
    }

    /// @param matches how many there are in all, when it was asked for
    record Found(List<Row> rows, long matches) {}

    Found find(App app, RecordQuery query, Requester requester) {
        var subqueries = new Subqueries(app.id(), store, requester, inner -> {
            Permissions.check(app, inner.className(), Operation.FIND, requester);
            return matching(app, inner, requester).rows();
        });
        ObjectNode where = subqueries.resolve(query.where());
        return matching(
                app,
                new RecordQuery(
                        query.className(),
                        where,
                        query.order(),
                        query.skip(),
                        query.limit(),
                        query.count(),
                        query.keys(),
                        query.include(),
                        query.withAcl()),
                requester);
    }

    private Found matching(App app, RecordQuery query, Requester requester) {
        Filter filter = compile(query.className(), query.where());
        Predicate<Row> test =
                within(row -> Acl.mayRead(row.data(), requester) && filter.matches(Documents.searchable(row)));
        Optional<List<Row>> candidates = candidates(app, query);
        Optional<Walk> walk = walk(query);
        if (candidates.isEmpty() && walk.isPresent() && nearest(query.where()).isEmpty())
            return inOrder(app, query, walk.get(), test);
        var first = new FirstRows(order(query), query.skip(), query.limit(), MAX_SORTED);
        if (candidates.isPresent()) candidates.get().stream().filter(test).forEach(first::add);
        else
            visit(app, query, Span.narrowest(query.where()), row -> {
                if (test.test(row)) first.add(row);
                return true;
            });
        return new Found(first.page(), first.matches());
    }

    private void visit(App app, RecordQuery query, Span span, Predicate<Row> visitor) {
        store.visit(app.id(), query.className(), span.walk(), row -> !span.endsBefore(row) && visitor.test(row));
    }

    static Filter compile(String className, ObjectNode where) {
        Filter filter = Filter.compile(where, Filter.Rules.RECORDS);
        if (filter.names(Acl.COLUMN)) throw Refusal.of(ErrorCode.INVALID_QUERY, "rows cannot be searched by their ACL");
        for (String secret : Documents.secrets(className))
            if (filter.names(secret))
                throw Refusal.of(ErrorCode.INVALID_QUERY, "rows of %s cannot be searched by %s", className, secret);
        return filter;
    }

    private static Predicate<Row> within(Predicate<Row> test) {
        long deadline = System.nanoTime() + BUDGET.toNanos();
        return row -> {
            if (System.nanoTime() - deadline > 0) throw tooMuch();
            return test.test(row);
        };
    }

    static Refusal tooMuch() {
        return Refusal.of(
                ErrorCode.QUERY_TOO_EXPENSIVE,
                "the query takes longer than %d s or has to sort more than %d rows; narrow it",
                BUDGET.toSeconds(),
                MAX_SORTED);
    }

    /// Ends as soon as the page is full, unless all matches are to be counted.
    private Found inOrder(App app, RecordQuery query, Walk walk, Predicate<Row> test) {
        List<Row> page = new ArrayList<>();
        var matches = new AtomicLong();
        visit(app, query, Span.of(query.where(), walk), row -> {
            if (!test.test(row)) return true;
            if (matches.getAndIncrement() >= query.skip() && page.size() < query.limit()) page.add(row);
            return query.count() || page.size() < query.limit();
        });
        return new Found(List.copyOf(page), matches.get());
    }

    /// The rows that an index finds, when the condition says directly what to look for.
    private Optional<List<Row>> candidates(App app, RecordQuery query) {
        Optional<List<Row>> found = candidates(app, query.className(), query.where());
        for (JsonNode part : query.where().path("$and"))
            if (found.isEmpty() && part instanceof ObjectNode where) found = candidates(app, query.className(), where);
        return found;
    }

    private Optional<List<Row>> candidates(App app, String className, ObjectNode where) {
        Optional<Set<String>> ids = Filter.required(where, "objectId");
        if (ids.isPresent()) return Optional.of(store.find(app.id(), className, ids.get()));
        for (Map.Entry<String, JsonNode> entry : where.properties()) {
            if (!Index.covers(className, entry.getKey())) continue;
            Optional<Set<String>> values = Filter.required(where, entry.getKey());
            if (values.isPresent()) return Optional.of(store.findBy(app.id(), className, entry.getKey(), values.get()));
        }
        return Optional.empty();
    }

    /// An order that the store can walk in; rows without one are told as they were created.
    private static Optional<Walk> walk(RecordQuery query) {
        String order = query.order().strip();
        boolean descending = order.startsWith("-");
        return switch (descending || order.startsWith("+") ? order.substring(1) : order) {
            case "", "createdAt" -> Optional.of(new Walk(By.CREATED, descending, Optional.empty()));
            case "updatedAt" -> Optional.of(new Walk(By.UPDATED, descending, Optional.empty()));
            case "objectId" -> Optional.of(new Walk(By.ID, descending, Optional.empty()));
            default -> Optional.empty();
        };
    }

    private static Comparator<JsonNode> order(RecordQuery query) {
        if (!query.order().isBlank()) return JsonOrder.by(query.order());
        return nearest(query.where()).orElseGet(() -> JsonOrder.by("createdAt,objectId"));
    }

    /// Rows near a place are told from the nearest on.
    private static Optional<Comparator<JsonNode>> nearest(ObjectNode where) {
        for (Map.Entry<String, JsonNode> entry : where.properties()) {
            Optional<GeoPoint> center = GeoPoint.of(entry.getValue().path("$nearSphere"));
            if (center.isPresent())
                return Optional.of(Comparator.comparingDouble(document -> GeoPoint.of(document.path(entry.getKey()))
                        .map(place -> place.radiansTo(center.get()))
                        .orElse(Double.MAX_VALUE)));
        }
        return Optional.empty();
    }
}
