package io.parley.core.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.core.command.AppId;
import io.parley.core.command.ErrorCode;
import io.parley.core.command.Refusal;
import io.parley.core.query.Pointers;
import io.parley.core.query.Relations;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// Replaces conditions that ask for other rows (`$inQuery`, `$select`, `$relatedTo`, …) by conditions on what
/// those rows are now. One object per query. Source: rest 5.3.
final class Subqueries {
    private static final int MAX_QUERIES = 10;

    private final AppId app;
    private final RecordStore store;
    private final Requester requester;
    private final Function<RecordQuery, List<Row>> search;
    private int queries;

    /// @param search finds rows that the requester may see
    Subqueries(AppId app, RecordStore store, Requester requester, Function<RecordQuery, List<Row>> search) {
        this.app = app;
        this.store = store;
        this.requester = requester;
        this.search = search;
    }

    ObjectNode resolve(ObjectNode where) {
        ObjectNode resolved = JsonNodeFactory.instance.objectNode();
        ArrayNode more = JsonNodeFactory.instance.arrayNode();
        for (Map.Entry<String, JsonNode> entry : where.properties()) {
            JsonNode value = entry.getValue();
            switch (entry.getKey()) {
                case "$and", "$or" -> resolved.set(entry.getKey(), each(value));
                case "$relatedTo" -> more.addObject().set("objectId", relatedTo(value));
                default -> resolved.set(entry.getKey(), condition(entry.getKey(), value, more));
            }
        }
        if (more.isEmpty()) return resolved;
        // One condition on ids stays at the top, where the search can use it.
        if (more.size() == 1 && resolved.isEmpty()) return (ObjectNode) more.get(0);
        if (!resolved.isEmpty()) more.add(resolved);
        return JsonNodeFactory.instance.objectNode().set("$and", more);
    }

    private JsonNode each(JsonNode list) {
        if (!(list instanceof ArrayNode array)) return list; // refused by whoever compiles it
        ArrayNode resolved = JsonNodeFactory.instance.arrayNode();
        for (JsonNode item : array) resolved.add(item instanceof ObjectNode where ? resolve(where) : item);
        return resolved;
    }

    private JsonNode condition(String key, JsonNode condition, ArrayNode more) {
        if (!(condition instanceof ObjectNode operators)) return condition;
        ObjectNode left = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> operator : operators.properties()) {
            JsonNode operand = operator.getValue();
            switch (operator.getKey()) {
                case "$inQuery" -> more.addObject().putObject(key).set("$in", pointers(operand));
                case "$notInQuery" -> more.addObject().putObject(key).set("$nin", pointers(operand));
                case "$select" -> more.addObject().putObject(key).set("$in", values(operand));
                case "$dontSelect" -> more.addObject().putObject(key).set("$nin", values(operand));
                default -> left.set(operator.getKey(), operand);
            }
        }
        // What is left of a condition that was a subquery only: anything.
        return left.isEmpty() && !operators.isEmpty() ? exists() : left;
    }

    private static ObjectNode exists() {
        ArrayNode nothing = JsonNodeFactory.instance.arrayNode();
        return JsonNodeFactory.instance.objectNode().set("$nin", nothing);
    }

    private ArrayNode pointers(JsonNode query) {
        ArrayNode pointers = JsonNodeFactory.instance.arrayNode();
        for (Row row : rows(query)) pointers.add(Pointers.to(row.key().className(), row.id()));
        return pointers;
    }

    private ArrayNode values(JsonNode operand) {
        String[] path = operand.path("key").asText("").split("\\.");
        ArrayNode values = JsonNodeFactory.instance.arrayNode();
        for (Row row : rows(operand.path("query"))) {
            JsonNode value = Documents.searchable(row);
            for (String part : path) value = value.path(part);
            if (!value.isMissingNode()) values.add(value);
        }
        return values;
    }

    private List<Row> rows(JsonNode query) {
        if (!query.path("className").isTextual())
            throw Refusal.of(ErrorCode.INVALID_QUERY, "a query inside a query has className and where; got %s", query);
        if (++queries > MAX_QUERIES)
            throw Refusal.of(ErrorCode.INVALID_QUERY, "a query has at most %d queries inside", MAX_QUERIES);
        ObjectNode where =
                query.path("where") instanceof ObjectNode object ? object : JsonNodeFactory.instance.objectNode();
        return search.apply(new RecordQuery(
                ClassNames.check(query.get("className").asText()),
                resolve(where),
                query.path("order").asText(""),
                query.path("skip").asInt(0),
                query.path("limit").asInt(RecordQuery.MAX_LIMIT),
                false,
                "",
                "",
                false));
    }

    private ObjectNode relatedTo(JsonNode operand) {
        JsonNode owner = operand.path("object");
        if (!Pointers.isPointer(owner) || !operand.path("key").isTextual())
            throw Refusal.of(ErrorCode.INVALID_QUERY, "$relatedTo has object and key; got %s", operand);
        ArrayNode ids = JsonNodeFactory.instance.arrayNode();
        var key = new RecordKey(
                app, owner.get("className").asText(), owner.get("objectId").asText());
        store.find(key)
                .filter(row -> Acl.mayRead(row.data(), requester))
                .ifPresent(
                        row -> Relations.ids(row.data().path(operand.get("key").asText()))
                                .forEach(ids::add));
        return JsonNodeFactory.instance.objectNode().set("$in", ids);
    }
}
