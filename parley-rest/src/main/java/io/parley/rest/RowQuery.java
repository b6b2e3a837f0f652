package io.parley.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.core.command.Kind;
import io.parley.core.conversation.FoundRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What the query string says about the rows that are wanted. Source: rest 5.3.
final class RowQuery {
    private RowQuery() {}

    static FoundRows.Query of(Call call, Set<Kind> kinds) {
        return new FoundRows.Query(
                kinds,
                where(call),
                call.parameter("order").orElse(""),
                (int) call.number("skip", 0, 0, Integer.MAX_VALUE - FoundRows.Query.MAX_LIMIT),
                limit(call),
                call.flag("count", false),
                Optional.empty());
    }

    /// Numbers that are not allowed mean the default.
    static int limit(Call call) {
        long limit = call.number("limit").orElse((long) FoundRows.Query.DEFAULT_LIMIT);
        boolean countOnly = limit == 0 && call.flag("count", false);
        return countOnly || (limit >= 1 && limit <= FoundRows.Query.MAX_LIMIT)
                ? (int) limit
                : FoundRows.Query.DEFAULT_LIMIT;
    }

    static ObjectNode where(Call call) {
        Optional<String> text = call.parameter("where").filter(value -> !value.isBlank());
        if (text.isPresent()) return where(Json.parse(text.get()));
        JsonNode inBody = call.inBody("where");
        return inBody.isMissingNode() || inBody.isTextual() ? Json.object() : where(inBody);
    }

    /// An array means that all its conditions hold.
    static ObjectNode where(JsonNode where) {
        if (where instanceof ArrayNode all) return Json.object().set("$and", all);
        if (where instanceof ObjectNode object) return object;
        throw HttpRefusal.badRequest("where is a JSON object, or an array of them; got " + Call.shown(where));
    }

    /// The columns that `keys` asks for. Ids and times always come along.
    static ObjectNode projected(Call call, ObjectNode row) {
        String keys = call.parameter("keys").orElse("");
        if (keys.isBlank()) return row;
        List<String> wanted = new ArrayList<>();
        List<String> unwanted = new ArrayList<>();
        for (String key : keys.split(",", -1)) {
            String name = key.strip();
            if (name.startsWith("-")) unwanted.add(top(name.substring(1)));
            else if (!name.isEmpty()) wanted.add(top(name));
        }
        ObjectNode result = row.deepCopy();
        if (!wanted.isEmpty()) {
            wanted.addAll(List.of("objectId", "createdAt", "updatedAt"));
            result.retain(wanted);
        }
        result.remove(unwanted);
        return result;
    }

    private static String top(String key) {
        int dot = key.indexOf('.');
        return dot < 0 ? key : key.substring(0, dot);
    }

    static ObjectNode json(Call call, FoundRows rows) {
        ObjectNode body = Json.object();
        ArrayNode results = body.putArray("results");
        for (ObjectNode row : rows.page()) results.add(projected(call, row));
        rows.count().ifPresent(count -> body.put("count", count));
        return body;
    }
}
