package io.parley.core.push;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.core.command.AppId;
import io.parley.core.command.ClientId;
import io.parley.core.outbox.Job;
import io.parley.core.outbox.Purpose;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// A job of the outbox for notifications.
sealed interface PushJob {
    ObjectMapper JSON = new ObjectMapper();

    /// Of the push: the message's, or that of a call to `/1.1/push`.
    String id();

    /// For all platforms.
    PushContent content();

    Instant expiresAt();

    /// Whether the outcome of each device is noted, or numbers only.
    boolean detailed();

    /// Finds the devices, a portion at a time, so that a push to everybody needs no more memory than another one.
    ///
    /// @param scheduled goes only if the application has not deleted its record meanwhile
    /// @param after where the portion before ended
    record Find(
            String id,
            PushContent content,
            Instant expiresAt,
            Audience audience,
            boolean scheduled,
            Optional<String> after)
            implements PushJob {
        Find next(String last) {
            return new Find(id, content, expiresAt, audience, scheduled, Optional.of(last));
        }

        @Override
        public boolean detailed() {
            return audience.isSmall();
        }
    }

    /// Notifies devices of one platform. Their tokens are read when it is done: they may change before.
    record Send(
            String id,
            PushContent content,
            Instant expiresAt,
            boolean detailed,
            Platform platform,
            List<Receiver> receivers)
            implements PushJob {}

    /// @param device id of an installation
    /// @param client whose device it is, when that matters
    record Receiver(String device, Optional<ClientId> client, OptionalInt badge) {}

    default Job job(AppId app, String lane, Optional<Instant> notBefore) {
        ObjectNode json = JSON.createObjectNode()
                .put("push", id())
                .put("expires", expiresAt().toEpochMilli())
                .put("detailed", detailed());
        json.set("data", content().data());
        switch (this) {
            case Find find -> {
                json.put("scheduled", find.scheduled).set("audience", find.audience.json());
                find.after.ifPresent(after -> json.put("after", after));
            }
            case Send send -> {
                json.put("platform", send.platform.name());
                ArrayNode devices = json.putArray("devices");
                for (Receiver receiver : send.receivers) {
                    ObjectNode device = devices.addObject().put("id", receiver.device);
                    receiver.client.ifPresent(client -> device.put("client", client.value()));
                    receiver.badge.ifPresent(badge -> device.put("badge", badge));
                }
            }
        }
        return new Job(app, Purpose.PUSH, lane, json.toString(), notBefore);
    }

    default Job job(AppId app, String lane) {
        return job(app, lane, Optional.empty());
    }

    static PushJob of(String payload) {
        JsonNode json;
        try {
            json = JSON.readTree(payload);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the outbox holds a push that is no JSON", e);
        }
        String id = json.path("push").asText();
        var content = new PushContent(json.path("data") instanceof ObjectNode data ? data : JSON.createObjectNode());
        Instant expiresAt = Instant.ofEpochMilli(json.path("expires").asLong());
        if (json.has("audience"))
            return new Find(
                    id,
                    content,
                    expiresAt,
                    Audience.of(json.path("audience")),
                    json.path("scheduled").asBoolean(),
                    Optional.ofNullable(json.get("after")).map(JsonNode::asText));
        List<Receiver> receivers = new ArrayList<>();
        for (JsonNode device : json.path("devices"))
            receivers.add(new Receiver(
                    device.path("id").asText(),
                    Optional.ofNullable(device.get("client")).map(client -> new ClientId(client.asText())),
                    device.has("badge") ? OptionalInt.of(device.path("badge").asInt()) : OptionalInt.empty()));
        Platform platform = Platform.valueOf(json.path("platform").asText());
        return new Send(id, content, expiresAt, json.path("detailed").asBoolean(), platform, receivers);
    }
}
