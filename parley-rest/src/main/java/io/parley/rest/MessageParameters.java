package io.parley.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.core.command.ClientId;
import io.parley.core.command.Content;
import io.parley.core.command.ConversationId;
import io.parley.core.command.Mentions;
import io.parley.core.command.MessageCommand.History;
import io.parley.core.command.MessageCommand.History.Bound;
import io.parley.core.command.MessageCommand.History.Direction;
import io.parley.core.command.MessageCommand.Send;
import io.parley.core.command.MessageCommand.Survey;
import io.parley.core.command.MessageId;
import io.parley.core.command.Priority;
import io.parley.core.message.HistoryRange;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/// Parameters that the calls about messages share. Source: rest 6.1, 6.2.
final class MessageParameters {
    private static final int DEFAULT_PAGE = 100;
    private static final int MAX_PAGE = 1000;

    /// Further ones are ignored. Source: rest 22.
    static final int MAX_CLIENTS = 20;

    /// What the second generation of the API calls the sender, and the first.
    static final String FROM = "from_client";

    static final String FROM_OF_OLD = "from_peer";

    private MessageParameters() {}

    static ClientId from(Call call) {
        return new ClientId(call.required(FROM));
    }

    /// A message is a text. An object is taken for what its sender forgot to serialise.
    static Content content(Call call) {
        return new Content.Text(textOrJson(call, "message")
                .orElseThrow(() -> HttpRefusal.badRequest("the parameter message is required")));
    }

    /// JSON text, whether it came as a text or as JSON.
    static Optional<String> textOrJson(Call call, String name) {
        JsonNode node = call.inBody(name);
        return node.isObject() || node.isArray() ? Optional.of(Json.text(node)) : call.text(name);
    }

    static long timestamp(Call call) {
        return call.number("timestamp")
                .orElseThrow(() -> HttpRefusal.badRequest("the parameter timestamp is required"));
    }

    /// A message to a conversation, as the second generation of the API writes it.
    static Send send(Call call, ConversationId to) {
        return send(call, to, call.flag("transient", false), Priority.NORMAL);
    }

    static Send send(Call call, ConversationId to, boolean transientMessage, Priority priority) {
        return new Send(
                to,
                content(call),
                Mentions.of(call.flag("mention_all", false), ClientIds.upTo(call, "mention_client_ids", MAX_CLIENTS)),
                false,
                transientMessage,
                false,
                priority(call, priority),
                Optional.empty(),
                textOrJson(call, "push_data"),
                call.flag("no_sync", false));
    }

    private static Priority priority(Call call, Priority otherwise) {
        return call.text("priority")
                .filter(text -> !text.isEmpty())
                .map(text -> switch (text.toLowerCase(Locale.ROOT)) {
                    case "high" -> Priority.HIGH;
                    case "normal" -> Priority.NORMAL;
                    case "low" -> Priority.LOW;
                    default ->
                        throw HttpRefusal.badRequest(
                                "priority is high, normal or low; got \"" + Call.shown(text) + "\"");
                })
                .orElse(otherwise);
    }

    static boolean isReversed(Call call) {
        return call.flag("reversed", false);
    }

    /// Without a start, or an end, the range is open: times of messages may run ahead of the clock.
    static History history(Call call, ConversationId of) {
        return new History(of, direction(call), start(call), end(call), limit(call), OptionalInt.empty());
    }

    static Survey survey(Call call, Optional<ClientId> from) {
        return new Survey(from, direction(call), start(call), end(call), limit(call));
    }

    static HistoryRange range(Call call) {
        boolean reversed = isReversed(call);
        Optional<Bound> start = start(call);
        Optional<Bound> end = end(call);
        return new HistoryRange(
                reversed ? start : end, reversed ? end : start, direction(call), limit(call), OptionalInt.empty());
    }

    private static Direction direction(Call call) {
        return isReversed(call) ? Direction.NEW : Direction.OLD;
    }

    private static int limit(Call call) {
        return (int) call.number("limit", DEFAULT_PAGE, 1, MAX_PAGE);
    }

    private static Optional<Bound> start(Call call) {
        // The name that the first generation gave it.
        return bound(call, call.parameter("max_ts").isPresent() ? "max_ts" : "timestamp", "msgid", "include_start");
    }

    private static Optional<Bound> end(Call call) {
        return bound(call, "till_timestamp", "till_msgid", "include_stop");
    }

    private static Optional<Bound> bound(Call call, String timestamp, String id, String included) {
        Optional<Long> time = call.number(timestamp);
        boolean inclusive = call.flag(included, false);
        if (time.isEmpty()) return Optional.empty();
        return Optional.of(new Bound(
                time.get(), call.parameter(id).filter(text -> !text.isEmpty()).map(MessageId::new), inclusive));
    }

    static List<ClientId> recipients(Call call, String name) {
        return ClientIds.upTo(call, name, MAX_CLIENTS);
    }
}
