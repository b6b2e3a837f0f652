package io.parley.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.parley.core.push.Audience;
import io.parley.core.push.PushContent;
import io.parley.core.push.PushRequest;
import io.parley.core.query.Filter;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Bodies of pushes. Source: rest 16.
final class PushParameters {
    /// Vendors take no larger notification.
    private static final int MAX_BODY = 4096;

    private static final int MAX_DEVICES = 500;
    private static final int MAX_CHANNELS = 100;
    private static final long MAX_EXPIRY_SECONDS = 28L * 24 * 3600;
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9]{1,16}");

    private PushParameters() {}

    static PushRequest toMatching(Call call) {
        if (call.bytes().length > MAX_BODY)
            throw HttpRefusal.badRequest(
                    "the body of a push has at most " + MAX_BODY + " bytes; this one has " + call.bytes().length);
        ObjectNode where = call.json("where").orElseGet(Json::object);
        Filter.compile(where, Filter.Rules.RECORDS); // refuses what it does not understand
        return request(call, new Audience.Matching(where, texts(call, "channels", MAX_CHANNELS)));
    }

    static PushRequest toDevices(Call call) {
        String type = call.required("device_type");
        if (!type.equals("ios") && !type.equals("android"))
            throw HttpRefusal.badRequest("device_type is ios or android; got \"" + Call.shown(type) + "\"");
        List<String> ids = texts(call, "device_ids", MAX_DEVICES);
        if (ids.isEmpty()) throw HttpRefusal.badRequest("the parameter device_ids names at least one device");
        return request(
                call, new Audience.Devices(type.equals("ios"), ids, call.text("vendor"), call.text("device_profile")));
    }

    private static List<String> texts(Call call, String name, int limit) {
        JsonNode node = call.inBody(name);
        if (node.isMissingNode()) return List.of();
        if (node.isTextual()) return List.of(node.textValue());
        if (!node.isArray() || node.size() > limit)
            throw HttpRefusal.badRequest("the parameter " + name + " is an array of at most " + limit + " texts");
        List<String> texts = new ArrayList<>();
        for (JsonNode text : node) {
            if (!text.isTextual() || text.textValue().isEmpty())
                throw HttpRefusal.badRequest("the parameter " + name + " holds texts; got " + Call.shown(text));
            texts.add(text.textValue());
        }
        return texts;
    }

    private static PushRequest request(Call call, Audience audience) {
        Optional<Instant> pushAt = time(call, "push_time");
        Optional<Instant> expiresAt = time(call, "expiration_time");
        Optional<Long> interval = call.number("expiration_interval");
        if (interval.filter(seconds -> seconds < 1 || seconds > MAX_EXPIRY_SECONDS)
                .isPresent())
            throw HttpRefusal.badRequest("expiration_interval is a number of seconds from 1 to " + MAX_EXPIRY_SECONDS);
        if (expiresAt.isEmpty() && interval.isPresent())
            expiresAt = Optional.of(pushAt.orElseGet(Instant::now).plusSeconds(interval.get()));
        return new PushRequest(
                call.body(),
                content(call),
                audience,
                id(call, "notification_id"),
                id(call, "req_id"),
                pushAt,
                expiresAt);
    }

    private static PushContent content(Call call) {
        PushContent content = PushContent.of(call.inBody("data"))
                .orElseThrow(() -> HttpRefusal.badRequest("the parameter data says what to show: an object or a text"));
        Optional<String> channel = call.text("_notificationChannel").or(() -> call.text("channel"));
        if (channel.isPresent()) content = content.with("_notificationChannel", TextNode.valueOf(channel.get()));
        Optional<String> topic = call.text("topic");
        if (topic.isPresent()) content = content.ofTopic(topic.get());
        Optional<String> team = call.text("apns_team_id");
        if (team.isPresent()) content = content.ofTeam(team.get());
        boolean development = call.text("prod")
                .map(prod -> prod.equals("dev"))
                .orElseGet(() -> call.header("X-LC-Prod")
                        .filter(prod -> !prod.equals("1"))
                        .isPresent());
        return development ? content.inDevelopment() : content;
    }

    private static Optional<String> id(Call call, String name) {
        Optional<String> id = call.text(name);
        if (id.filter(text -> !ID.matcher(text).matches()).isPresent())
            throw HttpRefusal.badRequest(
                    "the parameter " + name + " has 1 to 16 letters and digits; got \"" + Call.shown(id.get()) + "\"");
        return id;
    }

    /// A text such as `2026-01-02T03:04:05.678Z`, the same in a Date, or milliseconds since the epoch.
    private static Optional<Instant> time(Call call, String name) {
        JsonNode node = call.inBody(name);
        if (node.isMissingNode()) return Optional.empty();
        if (node.isIntegralNumber()) return Optional.of(Instant.ofEpochMilli(node.longValue()));
        String text = node.isObject() ? node.path("iso").asText("") : node.asText("");
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            throw HttpRefusal.badRequest(
                    "the parameter " + name + " is a time such as 2026-01-02T03:04:05.678Z; got " + Call.shown(node));
        }
    }
}
