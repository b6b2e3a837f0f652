package io.parley.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.parley.core.Dispatcher;
import io.parley.core.command.ClientId;
import io.parley.core.command.Content;
import io.parley.core.command.ConversationId;
import io.parley.core.command.ErrorCode;
import io.parley.core.command.Kind;
import io.parley.core.command.MessageCommand.Delete;
import io.parley.core.command.MessageCommand.Modify;
import io.parley.core.command.MessageCommand.Send;
import io.parley.core.command.MessageId;
import io.parley.core.command.Refusal;
import io.parley.core.command.Reply;
import io.parley.core.command.StoredMessage;
import io.parley.core.conversation.Conversation;
import io.parley.core.session.Application;
import io.parley.rest.CallLimits.Group;
import java.util.List;
import java.util.Optional;

/// Messages in normal conversations and chat rooms, and those of the whole app. Source: rest 6, 7, 9, 10.
final class MessageRoutes {
    private static final String NORMAL = "/1.2/rtm/conversations/:id/messages";
    private static final String ROOMS = "/1.2/rtm/chatrooms/:id/messages";

    private final Dispatcher dispatcher;
    private final HistoryAccess access;
    private final CallLimits limits;

    MessageRoutes(Dispatcher dispatcher, CallLimits limits) {
        this.dispatcher = dispatcher;
        this.access = new HistoryAccess(dispatcher.signatures());
        this.limits = limits;
    }

    void mount(RestServer server) {
        mount(server, NORMAL, false);
        mount(server, ROOMS, true);
        server.get("/1.2/rtm/messages", call -> survey(call, Optional.empty()));
        server.get(
                "/1.2/rtm/clients/:client/messages",
                call -> survey(call, Optional.of(new ClientId(call.pathValue("client")))));
    }

    private void mount(RestServer server, String base, boolean room) {
        server.post(base, call -> send(call, room));
        server.get(base, call -> history(call, room));
        server.put(base + "/:message", call -> edit(call, room));
        server.put(base + "/:message/recall", call -> recall(call, room));
        server.delete(base + "/:message", call -> delete(call, room));
    }

    private Answer send(Call call, boolean room) {
        Application caller = call.application();
        Send send = MessageParameters.send(call, ConversationAccess.id(call));
        Conversation target = ConversationAccess.target(dispatcher.conversations(), call, send.to());
        checkRoom(target, room);
        limits.count(caller.app(), Group.MESSAGES);
        return MessageJson.sent(dispatcher.handle(caller.as(MessageParameters.from(call)), send));
    }

    /// What is said to chat rooms goes to chat rooms.
    private static void checkRoom(Conversation target, boolean room) {
        if (room && target.kind() != Kind.CHAT_ROOM)
            throw Refusal.of(
                    ErrorCode.TRANSIENT_CONVERSATION_REQUIRED,
                    "\"%s\" is of kind %s, not a chat room",
                    target.id(),
                    target.kind());
    }

    private Answer history(Call call, boolean room) {
        ConversationId id = ConversationAccess.id(call);
        Application caller = access.check(call, id.value(), "client_id");
        Conversation conversation = known(call, room);
        if (conversation.kind() == Kind.SERVICE)
            throw Refusal.of(
                    ErrorCode.NORMAL_CONVERSATION_REQUIRED,
                    "\"%s\" is a service conversation, of which each client sees its own part",
                    id);
        Reply.History found = (Reply.History) dispatcher.handle(caller, MessageParameters.history(call, id));
        ArrayNode items = Json.array();
        List<StoredMessage> messages = MessageParameters.isReversed(call)
                ? found.messages()
                : found.messages().reversed();
        boolean padded = MessageJson.padded(caller.app());
        for (StoredMessage message : messages)
            items.add(HistoryAccess.shown(call, MessageJson.item(id, message, padded)));
        return Answer.ok(items);
    }

    private Conversation known(Call call, boolean room) {
        Conversation conversation = dispatcher.conversations().get(call.caller().app(), ConversationAccess.id(call));
        checkRoom(conversation, room);
        return conversation;
    }

    private Answer survey(Call call, Optional<ClientId> from) {
        Application caller = call.application();
        return Answer.ok(MessageJson.items(
                (Reply.Surveyed) dispatcher.handle(caller, MessageParameters.survey(call, from)),
                MessageParameters.isReversed(call),
                MessageJson.padded(caller.app())));
    }

    private Answer edit(Call call, boolean room) {
        call.application();
        return modify(call, room, Optional.of(MessageParameters.content(call)));
    }

    private Answer recall(Call call, boolean room) {
        return modify(call, room, Optional.empty());
    }

    private Answer modify(Call call, boolean room, Optional<Content> content) {
        Application caller = call.application().as(MessageParameters.from(call));
        Modify modify = new Modify(
                ConversationAccess.id(call),
                new MessageId(call.pathValue("message")),
                MessageParameters.timestamp(call),
                content,
                Optional.empty());
        known(call, room);
        limits.count(caller.app(), Group.MESSAGES);
        dispatcher.handle(caller, modify);
        return MessageJson.done();
    }

    private Answer delete(Call call, boolean room) {
        Application caller = call.application().as(MessageParameters.from(call));
        Delete delete = new Delete(
                ConversationAccess.id(call),
                new MessageId(call.pathValue("message")),
                MessageParameters.timestamp(call));
        known(call, room);
        dispatcher.handle(caller, delete);
        return Answer.ok(Json.object());
    }
}
