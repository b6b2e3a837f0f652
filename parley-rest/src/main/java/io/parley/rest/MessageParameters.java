package io.parley.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.parley.core.command.ClientId;
import io.parley.core.command.Content;
import io.parley.core.command.MessageCommand.History.Bound;
import io.parley.core.command.MessageCommand.History.Direction;
import io.parley.core.command.MessageId;
import io.parley.core.message.HistoryRange;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// Parameters that the calls about messages share. Source: rest 6.1, 6.2.
final class MessageParameters {
    private static final int DEFAULT_PAGE = 100;
    private static final int MAX_PAGE = 1000;

    private MessageParameters() {}

    static ClientId from(Call call) {
        return new ClientId(call.required("from_client"));
    }

    /// A message is a text. An object is taken for what its sender forgot to serialise.
    static Content content(Call call) {
        return new Content.Text(textOrJson(call, "message")
                .orElseThrow(() -> HttpRefusal.badRequest("the parameter message is required")));
    }

    /// JSON text, whether it came as a text or as JSON.
    static Optional<String> textOrJson(Call call, String name) {
        Optional<String> text = call.parameter(name);
        if (text.isPresent()) return text;
        JsonNode node = call.body().path(name);
        return node.isObject() || node.isArray() ? Optional.of(Json.text(node)) : Optional.empty();
    }

    /// At most `limit` ids; the rest is ignored. Empty when the parameter is missing.
    static List<ClientId> clients(Call call, String name, int limit) {
        JsonNode node = call.body().path(name);
        if (node.isMissingNode() || node.isNull()) return List.of();
        if (!(node instanceof ArrayNode array))
            throw HttpRefusal.badRequest("the parameter " + name + " is an array of client ids");
        Set<ClientId> clients = new LinkedHashSet<>();
        for (JsonNode id : array) {
            if (!id.isTextual()) throw HttpRefusal.badRequest("the parameter " + name + " holds client ids; got " + id);
            if (clients.size() < limit) clients.add(new ClientId(id.asText()));
        }
        return List.copyOf(clients);
    }

    static boolean isReversed(Call call) {
        return call.flag("reversed");
    }

    /// Without a start, or an end, the range is open: times of messages may run ahead of the clock.
    static HistoryRange range(Call call) {
        boolean reversed = isReversed(call);
        Optional<Bound> start = bound(call, "timestamp", "msgid", "include_start");
        Optional<Bound> end = bound(call, "till_timestamp", "till_msgid", "include_stop");
        return new HistoryRange(
                reversed ? start : end,
                reversed ? end : start,
                reversed ? Direction.NEW : Direction.OLD,
                (int) call.number("limit", DEFAULT_PAGE, 1, MAX_PAGE),
                OptionalInt.empty());
    }

    private static Optional<Bound> bound(Call call, String timestamp, String id, String included) {
        Optional<Long> time = call.number(timestamp);
        if (time.isEmpty()) return Optional.empty();
        return Optional.of(new Bound(
                time.get(),
                call.parameter(id).filter(text -> !text.isEmpty()).map(MessageId::new),
                call.flag(included)));
    }
}
