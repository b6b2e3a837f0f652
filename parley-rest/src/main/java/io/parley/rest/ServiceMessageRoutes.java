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
import io.parley.rest.CallLimits.Group;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// What the application says in service conversations: to subscribers, to some clients, to everybody. Needs the
/// master key. Source: rest 8, 10.
final class ServiceMessageRoutes {
    private static final String MESSAGES = "/1.2/rtm/service-conversations/:id/messages";
    private static final String BROADCASTS = "/1.2/rtm/broadcasts";

    private final ServiceConversations services;
    private final CallLimits limits;
    private final Clock clock;

    ServiceMessageRoutes(Dispatcher dispatcher, CallLimits limits, Clock clock) {
        this.services = dispatcher.serviceConversations();
        this.limits = limits;
        this.clock = clock;
    }

    void mount(RestServer server) {
        // Despite its name not the broadcast to everybody. Source: rest 8, S9
        server.post("/1.2/rtm/service-conversations/:id/broadcasts", this::sendToSubscribers);
        server.post(MESSAGES, this::send);
        server.put(MESSAGES + "/:message", this::edit);
        server.put(MESSAGES + "/:message/recall", this::recall);
        server.get("/1.2/rtm/service-conversations/:id/subscribers/:client/messages", this::history);
        server.delete("/1.2/rtm/service-conversations/:id/subscribers/:client/messages/:message", this::delete);
        server.post(BROADCASTS, this::broadcast);
        server.get(BROADCASTS, this::broadcasts);
        server.delete(BROADCASTS + "/:message", this::withdraw);
    }

    private Answer sendToSubscribers(Call call) {
        App app = call.master();
        Outbound message = message(call, MessageParameters.FROM, "push", false);
        limits.count(app, Group.TO_SUBSCRIBERS);
        return MessageJson.sent(services.sendToSubscribers(app, id(call), message));
    }

    private Answer send(Call call) {
        App app = call.master();
        List<ClientId> clients = MessageParameters.recipients(call, "to_clients");
        if (clients.isEmpty()) throw HttpRefusal.badRequest("the parameter to_clients names at least one client");
        Outbound message = message(call, MessageParameters.FROM, "push_data", call.flag("transient", false));
        limits.count(app, Group.MESSAGES);
        return MessageJson.sent(services.send(app, id(call), clients, message));
    }

    private Answer broadcast(Call call) {
        return broadcast(call, MessageParameters.FROM);
    }

    /// @param from what the generation of the API calls the sender
    Answer broadcast(Call call, String from) {
        App app = call.master();
        Optional<Instant> validTill = call.number("valid_till").map(Instant::ofEpochMilli);
        if (validTill.filter(clock.instant()::isAfter).isPresent())
            throw HttpRefusal.badRequest("valid_till is a time to come, in milliseconds; got "
                    + validTill.get().toEpochMilli());
        ConversationId service = new ConversationId(call.required("conv_id"));
        Outbound message = message(call, from, "push", call.flag("transient", false));
        limits.count(app, Group.BROADCASTS);
        return MessageJson.sent(services.broadcast(app, service, message, validTill));
    }

    static Outbound message(Call call, String from, String push, boolean transientMessage) {
        return new Outbound(
                new ClientId(call.required(from)),
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
        Change change = change(call, content);
        List<ClientId> clients = MessageParameters.recipients(call, "to_clients");
        limits.count(app, clients.isEmpty() ? Group.TO_SUBSCRIBERS : Group.MESSAGES);
        services.modify(app, id(call), change, clients);
        return MessageJson.done();
    }

    private static Change change(Call call, Optional<Content> content) {
        return new Change(
                new MessageId(call.pathValue("message")),
                MessageParameters.from(call),
                MessageParameters.timestamp(call),
                content);
    }

    private Answer delete(Call call) {
        App app = call.master();
        services.delete(app, id(call), new ClientId(call.pathValue("client")), change(call, Optional.empty()));
        return Answer.ok(Json.object());
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

    Answer broadcasts(Call call) {
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
