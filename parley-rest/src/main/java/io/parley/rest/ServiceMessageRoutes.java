package io.parley.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.parley.core.Dispatcher;
import io.parley.core.app.App;
import io.parley.core.command.ClientId;
import io.parley.core.command.Content;
import io.parley.core.command.ConversationId;
import io.parley.core.command.MessageId;
import io.parley.core.command.StoredMessage;
import io.parley.core.message.ServiceLog.Broadcast;
import io.parley.core.service.Change;
import io.parley.core.service.Outbound;
import io.parley.core.service.ServiceConversations;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// What the application says in service conversations: to subscribers, to some clients, to everybody. Needs the
/// master key. Source: rest 8, 10.
public final class ServiceMessageRoutes {
    private static final String MESSAGES = "/1.2/rtm/service-conversations/:id/messages";
    private static final String BROADCASTS = "/1.2/rtm/broadcasts";

    /// Further ones are ignored. Source: rest 22.
    private static final int MAX_RECIPIENTS = 20;

    private final ServiceConversations services;
    private final Clock clock;

    public ServiceMessageRoutes(Dispatcher dispatcher, Clock clock) {
        this.services = dispatcher.serviceConversations();
        this.clock = clock;
    }

    public void mount(RestServer server) {
        // Despite its name not the broadcast to everybody. Source: rest 8, S9
        server.post("/1.2/rtm/service-conversations/:id/broadcasts", this::sendToSubscribers);
        server.post(MESSAGES, this::send);
        server.put(MESSAGES + "/:message", this::edit);
        server.put(MESSAGES + "/:message/recall", this::recall);
        server.get("/1.2/rtm/service-conversations/:id/subscribers/:client/messages", this::history);
        server.post(BROADCASTS, this::broadcast);
        server.get(BROADCASTS, this::broadcasts);
        server.delete(BROADCASTS + "/:message", this::withdraw);
    }

    private Answer sendToSubscribers(Call call) {
        App app = call.master();
        return MessageJson.sent(services.sendToSubscribers(app, id(call), message(call, "push", false)));
    }

    private Answer send(Call call) {
        App app = call.master();
        List<ClientId> clients = MessageParameters.clients(call, "to_clients", MAX_RECIPIENTS);
        if (clients.isEmpty()) throw HttpRefusal.badRequest("the parameter to_clients names at least one client");
        return MessageJson.sent(
                services.send(app, id(call), clients, message(call, "push_data", call.flag("transient"))));
    }

    private Answer broadcast(Call call) {
        App app = call.master();
        Optional<Instant> validTill = call.number("valid_till").map(Instant::ofEpochMilli);
        if (validTill.filter(clock.instant()::isAfter).isPresent())
            throw HttpRefusal.badRequest("valid_till is a time to come, in milliseconds; got "
                    + validTill.get().toEpochMilli());
        return MessageJson.sent(services.broadcast(
                app,
                new ConversationId(call.required("conv_id")),
                message(call, "push", call.flag("transient")),
                validTill));
    }

    private static Outbound message(Call call, String push, boolean transientMessage) {
        return new Outbound(
                MessageParameters.from(call),
                MessageParameters.content(call),
                transientMessage,
                MessageParameters.textOrJson(call, push));
    }

    private Answer edit(Call call) {
        App app = call.master();
        return modify(app, call, Optional.of(MessageParameters.content(call)));
    }

    private Answer recall(Call call) {
        return modify(call.master(), call, Optional.empty());
    }

    private Answer modify(App app, Call call, Optional<Content> content) {
        Change change = new Change(
                new MessageId(call.pathValue("message")),
                MessageParameters.from(call),
                call.number("timestamp")
                        .orElseThrow(() -> HttpRefusal.badRequest("the parameter timestamp is required")),
                content);
        services.modify(app, id(call), change, MessageParameters.clients(call, "to_clients", MAX_RECIPIENTS));
        return Answer.ok(Json.object().set("result", Json.object()));
    }

    private Answer history(Call call) {
        App app = call.master();
        ConversationId id = id(call);
        List<StoredMessage> page = new ArrayList<>(
                services.history(app, id, new ClientId(call.pathValue("client")), MessageParameters.range(call)));
        if (!MessageParameters.isReversed(call)) Collections.reverse(page);
        ArrayNode items = Json.array();
        for (StoredMessage message : page) items.add(MessageJson.item(id, message));
        return Answer.ok(items);
    }

    private Answer broadcasts(Call call) {
        App app = call.master();
        ConversationId id = new ConversationId(call.required("conv_id"));
        ArrayNode items = Json.array();
        for (Broadcast broadcast : services.broadcasts(
                app, id, (int) call.number("skip", 0, 0, Integer.MAX_VALUE), (int) call.number("limit", 100, 1, 1000)))
            items.add(MessageJson.item(id, broadcast.message())
                    .put("valid-till", broadcast.validTill().toEpochMilli()));
        return Answer.ok(items);
    }

    private Answer withdraw(Call call) {
        services.withdraw(call.master(), new MessageId(call.pathValue("message")));
        return Answer.ok(Json.object());
    }

    private static ConversationId id(Call call) {
        return new ConversationId(call.pathValue("id"));
    }
}
