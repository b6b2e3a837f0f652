package io.parley.rest;

import io.parley.core.Dispatcher;
import io.parley.core.app.App;
import io.parley.core.command.ClientId;
import io.parley.core.command.Content;
import io.parley.core.command.ConversationId;
import io.parley.core.command.Kind;
import io.parley.core.command.MessageCommand.Delete;
import io.parley.core.command.MessageCommand.Modify;
import io.parley.core.command.MessageCommand.Replace;
import io.parley.core.command.MessageId;
import io.parley.core.command.Priority;
import io.parley.core.command.Reply;
import io.parley.core.command.StoredMessage;
import io.parley.core.conversation.Conversation;
import io.parley.core.conversation.Conversations;
import io.parley.core.message.ServiceLog;
import io.parley.core.service.Change;
import io.parley.core.service.Outbound;
import io.parley.core.service.ServiceConversations;
import io.parley.core.session.Application;
import io.parley.rest.CallLimits.Group;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// Messages as the first generation of the API has them, which the JS storage SDK, the Python SDK and old servers still
/// call. Source: rest 12.
final class FirstGenerationRoutes {
    private static final String LOGS = "/1.1/rtm/messages/logs";
    private static final String BROADCAST = "/1.1/rtm/broadcast";
    private static final String SILENCE = "/1.1/rtm/conversation/blacklist";

    private final Dispatcher dispatcher;
    private final ServiceConversations services;
    private final ServiceMessageRoutes serviceMessages;
    private final ModerationRoutes moderation;
    private final HistoryAccess access;
    private final CallLimits limits;

    FirstGenerationRoutes(
            Dispatcher dispatcher,
            ServiceMessageRoutes serviceMessages,
            ModerationRoutes moderation,
            CallLimits limits) {
        this.dispatcher = dispatcher;
        this.services = dispatcher.serviceConversations();
        this.serviceMessages = serviceMessages;
        this.moderation = moderation;
        this.access = new HistoryAccess(dispatcher.signatures());
        this.limits = limits;
    }

    void mount(RestServer server) {
        server.post("/1.1/rtm/messages", this::send);
        server.get("/1.1/rtm/messages/history", this::history);
        server.delete(LOGS, this::delete);
        server.put(LOGS, this::replace);
        server.post("/1.1/rtm/patch/message", this::patch);
        server.post(BROADCAST, call -> serviceMessages.broadcast(call, MessageParameters.FROM_OF_OLD));
        server.delete(BROADCAST, this::withdraw);
        server.get(BROADCAST, serviceMessages::broadcasts);
        server.post(BROADCAST + "/subscriber", this::sendToSubscribers);
        // Despite its name this is silence for some time.
        server.post(SILENCE, call -> moderation.silence(masters(call), conversation(call)));
        server.delete(SILENCE, call -> moderation.endSilence(masters(call), conversation(call)));
    }

    private static Call masters(Call call) {
        call.master();
        return call;
    }

    private static ConversationId conversation(Call call) {
        return new ConversationId(call.required("conv_id"));
    }

    /// Not stored unless the call says so.
    private Answer send(Call call) {
        Application caller = call.application();
        ClientId from = new ClientId(call.required(MessageParameters.FROM_OF_OLD));
        boolean transientMessage = call.flag("transient", true);
        ConversationId to = conversation(call);
        var send = MessageParameters.send(call, to, transientMessage, Priority.HIGH);
        Conversation target = ConversationAccess.target(dispatcher.conversations(), call, to);
        List<ClientId> peers = MessageParameters.recipients(call, "to_peers");
        limits.count(caller.app(), Group.MESSAGES);
        if (target.kind() != Kind.SERVICE) return MessageJson.sent(dispatcher.handle(caller.as(from), send));
        if (peers.isEmpty())
            throw HttpRefusal.badRequest("the parameter to_peers names at least one client of a service conversation");
        return MessageJson.sent(services.send(
                caller.app(), to, peers, new Outbound(from, send.content(), transientMessage, send.pushData())));
    }

    private Answer sendToSubscribers(Call call) {
        App app = call.master();
        Outbound message = ServiceMessageRoutes.message(call, MessageParameters.FROM_OF_OLD, "push", false);
        ConversationId to = conversation(call);
        limits.count(app, Group.TO_SUBSCRIBERS);
        return MessageJson.sent(services.sendToSubscribers(app, to, message));
    }

    private Answer history(Call call) {
        Optional<String> conversation = call.text("convid").filter(id -> !id.isEmpty());
        boolean reversed = MessageParameters.isReversed(call);
        if (conversation.isEmpty()) {
            Application caller = call.application();
            Optional<ClientId> from =
                    call.text("from").filter(id -> !id.isEmpty()).map(ClientId::new);
            return Answer.ok(MessageJson.items(
                    (Reply.Surveyed) dispatcher.handle(caller, MessageParameters.survey(call, from)),
                    reversed,
                    MessageJson.padded(caller.app())));
        }
        Application caller = access.check(call, conversation.get(), "peerid");
        ConversationId id = new ConversationId(conversation.get());
        var found = dispatcher.conversations().find(caller.app(), id).filter(any -> any.kind() != Kind.SERVICE);
        return found.isPresent() ? historyOf(call, caller, id) : viewOf(call, caller, id);
    }

    private Answer historyOf(Call call, Application caller, ConversationId id) {
        Reply.History history = (Reply.History) dispatcher.handle(caller, MessageParameters.history(call, id));
        return items(call, id, history.messages());
    }

    /// What one client sees of a service conversation goes by the digest of both. Source: semantics 4.4.
    private Answer viewOf(Call call, Application caller, ConversationId id) {
        ServiceLog.View view =
                dispatcher.serviceView(caller.app().id(), id.value()).orElseThrow(() -> Conversations.notFound(id));
        ConversationId service = view.service().id();
        return items(
                call, service, services.history(caller.app(), service, view.client(), MessageParameters.range(call)));
    }

    private static Answer items(Call call, ConversationId id, List<StoredMessage> ascending) {
        List<StoredMessage> page = new ArrayList<>(ascending);
        if (!MessageParameters.isReversed(call)) page = page.reversed();
        var items = Json.array();
        boolean padded = MessageJson.padded(call.caller().app());
        for (StoredMessage message : page) items.add(HistoryAccess.shown(call, MessageJson.item(id, message, padded)));
        return Answer.ok(items);
    }

    private Answer delete(Call call) {
        Application caller = call.application().as(new ClientId(call.required("from")));
        dispatcher.handle(
                caller,
                new Delete(
                        new ConversationId(call.required("convid")),
                        new MessageId(call.required("msgid")),
                        MessageParameters.timestamp(call)));
        return Answer.ok(Json.object());
    }

    /// The body is an item of history, with changes.
    private Answer replace(Call call) {
        Application caller = call.application();
        String data = MessageParameters.textOrJson(call, "data")
                .orElseThrow(() -> HttpRefusal.badRequest("the parameter data is required"));
        String conversation = call.text("to").filter(id -> !id.isEmpty()).orElseGet(() -> call.required("conv-id"));
        dispatcher.handle(
                caller,
                new Replace(
                        new ConversationId(conversation),
                        new MessageId(call.required("msg-id")),
                        MessageParameters.timestamp(call),
                        call.flag("bin", false) ? binary(data) : new Content.Text(data)));
        return MessageJson.done();
    }

    private static Content binary(String data) {
        try {
            return new Content.Binary(Base64.getDecoder().decode(data));
        } catch (IllegalArgumentException e) {
            throw HttpRefusal.badRequest("data of a binary message is base64; got \"" + Call.shown(data) + "\"");
        }
    }

    private Answer patch(Call call) {
        Application caller = call.application();
        ConversationId id = conversation(call);
        MessageId message = new MessageId(call.required("msg_id"));
        ClientId from = new ClientId(call.required(MessageParameters.FROM_OF_OLD));
        long timestamp = MessageParameters.timestamp(call);
        boolean recall = call.flag("recall", false);
        Optional<Content> content = recall ? Optional.empty() : Optional.of(MessageParameters.content(call));
        List<ClientId> peers = ClientIds.listed(call, "to_peers", MessageParameters.MAX_CLIENTS);
        limits.count(caller.app(), Group.MESSAGES);
        Conversation conversation = dispatcher.conversations().get(caller.app(), id);
        if (conversation.kind() == Kind.SERVICE)
            services.modify(caller.app(), id, new Change(message, from, timestamp, content), peers);
        else dispatcher.handle(caller.as(from), new Modify(id, message, timestamp, content, Optional.empty()));
        return MessageJson.done();
    }

    private Answer withdraw(Call call) {
        services.withdraw(call.master(), new MessageId(call.required("mid")));
        return Answer.ok(Json.object());
    }
}
