package io.parley.core.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.core.command.ClientId;
import io.parley.core.command.Content;
import io.parley.core.command.ConversationId;
import io.parley.core.command.Kind;
import io.parley.core.command.MessageId;
import io.parley.core.record.Row;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What a conversation holds, in a few numbers: equal digests mean equal conversations. Computed from an archive and
/// from a store in the same way, by the functions below.
///
/// @param row the conversation itself with its members
/// @param messages all that are stored
/// @param first smallest timestamp of a message, 0 when there is none
/// @param last largest timestamp of a message
/// @param rules roles, silenced and blocked clients, subscriptions
public record Digest(ConversationId id, Sum.Value row, Sum.Value messages, long first, long last, Sum.Value rules) {

    public static void addMessage(Sum sum, MessageId id, long timestamp, ClientId from, Content content) {
        byte[] body = switch (content) {
            case Content.Text text -> text.value().getBytes(StandardCharsets.UTF_8);
            case Content.Binary binary -> binary.value();
        };
        String head = timestamp + (content instanceof Content.Binary ? "b" : "t");
        sum.add(
                id.value().getBytes(StandardCharsets.UTF_8),
                head.getBytes(StandardCharsets.UTF_8),
                from.value().getBytes(StandardCharsets.UTF_8),
                body);
    }

    public static void addConversation(
            Sum sum,
            Kind kind,
            Optional<ClientId> creator,
            ObjectNode attributes,
            Collection<ClientId> members,
            Collection<ClientId> muted,
            Optional<String> uniqueId,
            Instant createdAt) {
        sum.add(
                kind.name(),
                creator.map(ClientId::value).orElse(""),
                canonical(attributes),
                texts(members),
                texts(muted.stream().sorted().toList()),
                uniqueId.orElse(""),
                Long.toString(createdAt.toEpochMilli()));
    }

    private static String texts(Collection<ClientId> clients) {
        return clients.stream()
                .map(client -> client.value().length() + ":" + client.value())
                .collect(Collectors.joining());
    }

    public static void addRule(Sum sum, IncomingRule rule) {
        switch (rule) {
            case IncomingRule.HasRole(var conversation, var client, var role) ->
                sum.add("role", client.value(), role.wireName());
            case IncomingRule.IsSilenced(var conversation, var client) -> sum.add("silenced", client.value());
            case IncomingRule.IsBlocked(var conversation, var client) -> sum.add("blocked", client.value());
            case IncomingRule.Subscribes(var conversation, var client, var since) ->
                sum.add("subscribes", client.value(), Long.toString(since.toEpochMilli()));
        }
    }

    public static void addRow(Sum sum, Row row) {
        sum.add(
                row.id(),
                canonical(row.data()),
                Long.toString(row.createdAt().toEpochMilli()),
                Long.toString(row.updatedAt().toEpochMilli()));
    }

    /// One text for all ways to write the same JSON: keys in order, numbers by their value.
    public static String canonical(JsonNode node) {
        StringBuilder text = new StringBuilder();
        canonical(node, text);
        return text.toString();
    }

    private static void canonical(JsonNode node, StringBuilder text) {
        if (node.isObject()) {
            TreeMap<String, JsonNode> sorted = new TreeMap<>();
            node.properties().forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
            text.append('{');
            sorted.forEach((key, value) -> {
                quote(key, text);
                canonical(value, text.append(':'));
                text.append(',');
            });
            text.append('}');
        } else if (node.isArray()) {
            text.append('[');
            List<JsonNode> items = new ArrayList<>();
            node.forEach(items::add);
            for (JsonNode item : items) {
                canonical(item, text);
                text.append(',');
            }
            text.append(']');
        } else if (node.isNumber()) {
            BigDecimal value = node.isFloatingPointNumber() && !node.isBigDecimal()
                    ? BigDecimal.valueOf(node.doubleValue())
                    : node.decimalValue();
            text.append(value.signum() == 0 ? "0" : value.stripTrailingZeros().toString());
        } else if (node.isTextual()) {
            quote(node.textValue(), text);
        } else {
            text.append(node.asText());
        }
    }

    private static void quote(String value, StringBuilder text) {
        text.append('"').append(value.length()).append(':').append(value).append('"');
    }
}
