package io.parley.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.core.app.App;
import io.parley.core.command.ConversationId;
import io.parley.core.command.MessageId;
import io.parley.core.command.StoredMessage;
import io.parley.core.delivery.Arrivals.Arrival;
import io.parley.core.push.PushOutcome;
import io.parley.core.session.Visit;
import io.parley.core.trace.Trace;
import io.parley.core.trace.Trace.Recipient;
import io.parley.core.trace.Trace.SessionNow;
import io.parley.core.trace.Traces;
import java.time.Instant;
import java.util.Locale;

/// "Where is my message?" With the master key only, since it tells who is where.
public final class TraceRoutes {
    private final Traces traces;

    public TraceRoutes(Traces traces) {
        this.traces = traces;
    }

    public void mount(RestServer server) {
        server.get("/1.2/rtm/messages/:id/trace", this::trace);
    }

    private Answer trace(Call call) {
        App app = call.master();
        Trace trace = traces.of(
                app,
                new MessageId(call.pathValue("id")),
                call.parameter("conv_id").map(ConversationId::new));
        StoredMessage message = trace.message();
        ObjectNode json = Json.object()
                .put("messageId", message.id().value())
                .put("conversation", trace.conversation().value())
                .put("kind", trace.kind().name().toLowerCase(Locale.ROOT))
                .put("from", message.from().value())
                .put("storedAt", iso(message.timestamp()))
                .put("position", message.position());
        if (message.patchedAt() != 0)
            json.put(message.recalled() ? "recalledAt" : "editedAt", iso(message.patchedAt()));
        if (message.deliveredAt() != 0) json.put("firstDeliveredAt", iso(message.deliveredAt()));
        ArrayNode recipients = json.putArray("recipients");
        for (Recipient recipient : trace.recipients()) recipients.add(json(recipient));
        return Answer.ok(json.put("complete", trace.complete()));
    }

    private static ObjectNode json(Recipient recipient) {
        ObjectNode json = Json.object()
                .put("client", recipient.client().value())
                .put("online", !recipient.sessions().isEmpty())
                .put("acknowledged", recipient.acknowledged())
                .put("read", recipient.read())
                .put("muted", recipient.muted());
        ArrayNode sessions = json.putArray("sessions");
        for (SessionNow session : recipient.sessions()) sessions.add(json(session));
        ArrayNode devices = json.putArray("devices");
        for (Arrival arrival : recipient.devices()) devices.add(json(arrival));
        ArrayNode pushes = json.putArray("pushes");
        for (PushOutcome push : recipient.pushes()) pushes.add(json(push));
        return json;
    }

    private static ObjectNode json(SessionNow session) {
        ObjectNode json = Json.object().put("deviceId", session.device().deviceId());
        session.tag().ifPresent(tag -> json.put("tag", tag));
        return json.put("userAgent", session.userAgent());
    }

    private static ObjectNode json(Arrival arrival) {
        Visit visit = arrival.visit();
        ObjectNode json = Json.object().put("deviceId", visit.device().deviceId());
        visit.tag().ifPresent(tag -> json.put("tag", tag));
        json.put("userAgent", visit.userAgent());
        arrival.delivered().ifPresent(time -> json.put("deliveredAt", Json.iso(time)));
        arrival.acknowledged().ifPresent(time -> json.put("acknowledgedAt", Json.iso(time)));
        return json;
    }

    private static ObjectNode json(PushOutcome push) {
        return Json.object()
                .put("device", push.device())
                .put("platform", push.platform().name().toLowerCase(Locale.ROOT))
                .put("status", push.status().name().toLowerCase(Locale.ROOT))
                .put("reason", push.reason())
                .put("at", Json.iso(push.at()));
    }

    private static String iso(long time) {
        return Json.iso(Instant.ofEpochMilli(time));
    }
}
