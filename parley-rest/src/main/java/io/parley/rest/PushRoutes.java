package io.parley.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.core.app.App;
import io.parley.core.push.Platform;
import io.parley.core.push.Push;
import io.parley.core.push.PushOutcome.Status;
import io.parley.core.push.PushRecord;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Notifications that the application asks for, and what became of them. Source: rest 16.
public final class PushRoutes {
    private static final String NOTIFICATIONS = "/1.1/notifications";
    private static final String SCHEDULED = "/1.1/scheduledPushMessages";
    private static final int MAX_PAGE = 1000;

    private final Push push;
    private final Clock clock;

    public PushRoutes(Push push, Clock clock) {
        this.push = push;
        this.clock = clock;
    }

    public void mount(RestServer server) {
        server.post("/1.1/push", this::toMatching);
        server.post("/1.1/push/devices", this::toDevices);
        server.get("/1.1/tables/Notifications/:id", this::show);
        server.get(NOTIFICATIONS, call -> list(call, false));
        server.get(NOTIFICATIONS + "/:id", this::showToMaster);
        server.delete(NOTIFICATIONS + "/:id", this::delete);
        server.get(SCHEDULED, call -> list(call, true));
        server.get(SCHEDULED + "/:id", this::showToMaster);
        server.delete(SCHEDULED + "/:id", this::delete);
    }

    private Answer toMatching(Call call) {
        App app = call.caller().app();
        return accepted(push.request(
                app.settings().push().clientsMayPush() ? app : call.master(), PushParameters.toMatching(call)));
    }

    private Answer toDevices(Call call) {
        return accepted(push.request(call.master(), PushParameters.toDevices(call)));
    }

    private static Answer accepted(PushRecord record) {
        return Answer.ok(Json.object().put("objectId", record.id()).put("createdAt", Json.iso(record.createdAt())));
    }

    private Answer show(Call call) {
        return show(call.caller().app(), call.pathValue("id"));
    }

    private Answer showToMaster(Call call) {
        return show(call.master(), call.pathValue("id"));
    }

    private Answer show(App app, String id) {
        return Answer.ok(json(push.find(app.id(), id).orElseThrow(() -> unknown(id))));
    }

    private Answer list(Call call, boolean scheduled) {
        App app = call.master();
        Optional<Instant> before = call.number("before").map(Instant::ofEpochMilli);
        int limit = (int) call.number("limit", 100, 1, MAX_PAGE);
        ArrayNode results = Json.array();
        for (PushRecord record : push.list(app.id(), before, scheduled ? MAX_PAGE : limit))
            if (results.size() < limit && (!scheduled || isScheduled(record))) results.add(json(record));
        return Answer.ok(Json.object().set("results", results));
    }

    private boolean isScheduled(PushRecord record) {
        return record.pushAt().filter(clock.instant()::isBefore).isPresent();
    }

    private Answer delete(Call call) {
        String id = call.pathValue("id");
        if (!push.delete(call.master().id(), id)) throw unknown(id);
        return Answer.ok(Json.object());
    }

    private static HttpRefusal unknown(String id) {
        return new HttpRefusal(404, 101, "there is no push \"" + Call.shown(id) + "\", or it is older than 7 days");
    }

    private ObjectNode json(PushRecord record) {
        Map<Platform, Map<Status, Long>> counts = push.counts(record.app(), record.id());
        ObjectNode json = Json.object()
                .put("objectId", record.id())
                .put("createdAt", Json.iso(record.createdAt()))
                .put("updatedAt", Json.iso(record.createdAt()))
                .put("expiration_time", Json.iso(record.expiresAt()))
                .put("status", isScheduled(record) ? "scheduled" : counts.isEmpty() ? "in-queue" : "done")
                .put("devices", count(counts, Status.values()))
                .put("successes", count(counts, Status.ACCEPTED))
                .put("invalidTokens", count(counts, Status.INVALID_TOKEN))
                .put("failures", count(counts, Status.REJECTED, Status.GIVEN_UP, Status.EXPIRED));
        record.pushAt().ifPresent(at -> json.put("push_time", Json.iso(at)));
        for (String key : new String[] {"data", "where", "channels", "prod"}) {
            JsonNode value = record.request().path(key);
            if (!value.isMissingNode()) json.set(key, value);
        }
        ObjectNode results = json.putObject("results");
        counts.forEach((platform, statuses) -> {
            ObjectNode ofPlatform = results.putObject(platform.key());
            statuses.forEach((status, devices) -> ofPlatform.put(status.name().toLowerCase(Locale.ROOT), devices));
        });
        return json;
    }

    private static long count(Map<Platform, Map<Status, Long>> counts, Status... statuses) {
        long devices = 0;
        for (Map<Status, Long> ofPlatform : counts.values())
            for (Status status : statuses) devices += ofPlatform.getOrDefault(status, 0L);
        return devices;
    }
}
