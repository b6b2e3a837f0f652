package io.parley.core.push;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.core.command.ClientId;
import io.parley.core.command.ConversationId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Whose devices are notified.
public sealed interface Audience {
    /// Every device that the settings reach.
    ///
    /// @param where a condition on installations; an empty object means none
    /// @param channels at least one of them; empty means any
    record Matching(ObjectNode where, List<String> channels) implements Audience {}

    /// @param service whose subscribers
    record Subscribers(ConversationId service) implements Audience {}

    /// Those of them who are offline when it is their turn, and have not muted the conversation.
    record Clients(ConversationId service, List<ClientId> clients) implements Audience {}

    /// @param ios ids are device tokens; else registration ids or installation ids
    record Devices(boolean ios, List<String> ids, Optional<String> vendor, Optional<String> profile)
            implements Audience {}

    static Audience everybody() {
        return new Matching(JsonNodeFactory.instance.objectNode(), List.of());
    }

    /// Whether the outcome of each device is worth a note: not when there may be a million of them.
    default boolean isSmall() {
        return this instanceof Clients || this instanceof Devices;
    }

    /// As it is written into jobs.
    default ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        switch (this) {
            case Matching(var where, var channels) -> {
                json.put("kind", "matching").set("where", where);
                put(json.putArray("channels"), channels);
            }
            case Subscribers(var service) -> json.put("kind", "subscribers").put("service", service.value());
            case Clients(var service, var clients) -> {
                json.put("kind", "clients").put("service", service.value());
                put(
                        json.putArray("clients"),
                        clients.stream().map(ClientId::value).toList());
            }
            case Devices(var ios, var ids, var vendor, var profile) -> {
                json.put("kind", "devices").put("ios", ios);
                put(json.putArray("ids"), ids);
                vendor.ifPresent(value -> json.put("vendor", value));
                profile.ifPresent(value -> json.put("profile", value));
            }
        }
        return json;
    }

    private static void put(ArrayNode array, List<String> texts) {
        texts.forEach(array::add);
    }

    static Audience of(JsonNode json) {
        return switch (json.path("kind").asText()) {
            case "matching" ->
                new Matching(
                        json.path("where") instanceof ObjectNode where ? where : JsonNodeFactory.instance.objectNode(),
                        texts(json.path("channels")));
            case "subscribers" ->
                new Subscribers(new ConversationId(json.path("service").asText()));
            case "clients" ->
                new Clients(
                        new ConversationId(json.path("service").asText()),
                        texts(json.path("clients")).stream().map(ClientId::new).toList());
            case "devices" ->
                new Devices(
                        json.path("ios").asBoolean(),
                        texts(json.path("ids")),
                        text(json, "vendor"),
                        text(json, "profile"));
            default -> throw new IllegalStateException("the outbox holds a push for nobody that is known");
        };
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>(array.size());
        for (JsonNode text : array) texts.add(text.asText());
        return texts;
    }

    private static Optional<String> text(JsonNode json, String key) {
        return Optional.ofNullable(json.get(key)).map(JsonNode::asText);
    }
}
