package io.parley.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.core.command.AppId;
import io.parley.core.outbox.DeadLetter;
import io.parley.core.outbox.Outbox;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/// Work that was given up, for the operator: looking at it, having it done again, forgetting it. With the master key
/// only. Source: rest 25 for the prefix.
public final class OutboxRoutes {
    private static final int DEFAULT_LIMIT = 100;
    private static final int MAX_LIMIT = 1000;

    private final Outbox outbox;

    public OutboxRoutes(Outbox outbox) {
        this.outbox = outbox;
    }

    public void mount(RestServer server) {
        server.get("/x/outbox/dead", this::list);
        server.post("/x/outbox/dead/replay", call -> {
            AppId app = call.master().id();
            return counted("replayed", outbox.replay(app, ids(app, call)));
        });
        server.post("/x/outbox/dead/discard", call -> {
            AppId app = call.master().id();
            return counted("discarded", outbox.discard(app, ids(app, call)));
        });
    }

    private Answer list(Call call) {
        AppId app = call.master().id();
        int limit = (int) call.number("limit", DEFAULT_LIMIT, 1, MAX_LIMIT);
        OptionalLong before = call.number("before").map(OptionalLong::of).orElseGet(OptionalLong::empty);
        ArrayNode results = Json.array();
        for (DeadLetter letter : outbox.dead(app, before, limit)) results.add(json(letter));
        return Answer.ok(Json.object().set("results", results));
    }

    private static ObjectNode json(DeadLetter letter) {
        ObjectNode json = Json.object()
                .put("id", letter.id())
                .put("purpose", letter.purpose().name().toLowerCase(Locale.ROOT))
                .put("lane", letter.lane())
                .put("addedAt", Json.iso(letter.addedAt()))
                .put("diedAt", Json.iso(letter.diedAt()))
                .put("attempts", letter.attempts())
                .put("reason", letter.reason());
        json.set("payload", Json.parseObject(letter.payload()));
        return json;
    }

    /// `{"ids":[1,2]}`, or `{"all":true}` for the newest [#MAX_LIMIT], in the order in which they died.
    private Collection<Long> ids(AppId app, Call call) {
        if (call.flag("all"))
            return outbox.dead(app, OptionalLong.empty(), MAX_LIMIT).stream()
                    .map(DeadLetter::id)
                    .sorted()
                    .toList();
        JsonNode given = call.body().path("ids");
        if (!given.isArray() || given.isEmpty())
            throw HttpRefusal.badRequest("say which: {\"ids\":[1,2]}, or {\"all\":true}");
        if (given.size() > MAX_LIMIT)
            throw HttpRefusal.badRequest("at most " + MAX_LIMIT + " ids at once; got " + given.size());
        List<Long> ids = new ArrayList<>();
        for (JsonNode id : given) {
            if (!id.isIntegralNumber()) throw HttpRefusal.badRequest("an id is a whole number; got " + id);
            ids.add(id.longValue());
        }
        return ids;
    }

    private static Answer counted(String what, int count) {
        return Answer.ok(Json.object().put(what, count));
    }
}
