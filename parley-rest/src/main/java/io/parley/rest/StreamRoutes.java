package io.parley.rest;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.core.Dispatcher;
import io.parley.core.app.App;
import io.parley.core.command.ClientId;
import io.parley.core.command.ConversationId;
import io.parley.core.command.ErrorCode;
import io.parley.core.command.Kind;
import io.parley.core.command.Refusal;
import io.parley.core.conversation.Conversation;
import io.parley.core.message.MessageLog.Ticket;
import io.parley.core.session.Application;
import io.parley.rest.CallLimits.Group;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Replies of bots that are shown while they are written: the body of one call is the text of one message, and
/// clients see its edits. When the caller goes away, what has come so far stays. Needs the master key.
final class StreamRoutes {
    private static final Logger log = LoggerFactory.getLogger(StreamRoutes.class);

    private final Dispatcher dispatcher;
    private final CallLimits limits;

    StreamRoutes(Dispatcher dispatcher, CallLimits limits) {
        this.dispatcher = dispatcher;
        this.limits = limits;
    }

    void mount(RestServer server) {
        server.streaming("POST", "/1.2/rtm/conversations/:id/streams", call -> stream(call, false));
        server.streaming("POST", "/1.2/rtm/chatrooms/:id/streams", call -> stream(call, true));
        server.streaming("POST", "/1.2/rtm/service-conversations/:id/streams", this::streamFromService);
    }

    private Answer stream(Call call, boolean room) {
        Application caller = call.application().as(MessageParameters.from(call));
        ConversationId to = ConversationAccess.id(call);
        checkTarget(ConversationAccess.target(dispatcher.conversations(), call, to), room);
        return stream(call, Voice.in(dispatcher, caller, to), Group.MESSAGES);
    }

    /// To the clients that are named, or to all who subscribe.
    private Answer streamFromService(Call call) {
        App app = call.master();
        List<ClientId> clients = MessageParameters.recipients(call, "to_clients");
        if (clients.isEmpty() && call.queryParameter("to_clients").isPresent())
            throw HttpRefusal.badRequest("the parameter to_clients names at least one client");
        Voice voice = Voice.ofService(
                dispatcher.serviceConversations(),
                app,
                dispatcher
                        .serviceConversations()
                        .get(app, ConversationAccess.id(call))
                        .id(),
                MessageParameters.from(call),
                clients);
        return stream(call, voice, clients.isEmpty() ? Group.TO_SUBSCRIBERS : Group.MESSAGES);
    }

    private Answer stream(Call call, Voice voice, Group counted) {
        Optional<ObjectNode> attributes = call.queryParameter("attributes")
                .filter(text -> !text.isBlank())
                .map(Json::parseObject);
        ReplyText text = text(call);
        limits.count(call.master(), counted);
        StreamedReply reply = new StreamedReply(voice, dispatcher.streamedReplies(), attributes);
        boolean whole = copy(text, reply);
        Optional<Ticket> sent = reply.end();
        if (!whole)
            log.debug(
                    "the caller of a streamed reply went away conversation={}",
                    voice.conversation().id());
        return MessageJson.sent(
                sent.orElseThrow(() -> HttpRefusal.badRequest("the body is the text of the reply; it is empty")));
    }

    private static void checkTarget(Conversation target, boolean room) {
        if (target.kind() == Kind.SERVICE)
            throw Refusal.of(
                    ErrorCode.NORMAL_CONVERSATION_REQUIRED,
                    "\"%s\" is a service conversation: its replies are streamed under service-conversations",
                    target.id());
        if (room && target.kind() != Kind.CHAT_ROOM)
            throw Refusal.of(
                    ErrorCode.TRANSIENT_CONVERSATION_REQUIRED,
                    "\"%s\" is of kind %s, not a chat room",
                    target.id(),
                    target.kind());
    }

    private static ReplyText text(Call call) {
        boolean events = call.header("Content-Type")
                .filter(type -> type.toLowerCase(Locale.ROOT).startsWith("text/event-stream"))
                .isPresent();
        return events ? ReplyText.events(call.stream(), field(call)) : ReplyText.plain(call.stream());
    }

    private static Optional<JsonPointer> field(Call call) {
        return call.queryParameter("field").filter(path -> !path.isEmpty()).map(path -> {
            try {
                return JsonPointer.compile("/" + path.replace('.', '/'));
            } catch (IllegalArgumentException e) {
                throw HttpRefusal.badRequest(
                        "field is a path such as choices.0.delta.content; got \"" + Call.shown(path) + "\"");
            }
        });
    }

    /// @return whether the text came to its end
    private static boolean copy(ReplyText text, StreamedReply reply) {
        try {
            for (Optional<String> piece = text.next(); piece.isPresent() && !reply.failed(); piece = text.next())
                reply.append(piece.get());
            return true;
        } catch (IOException gone) {
            return false;
        } catch (HttpRefusal malformed) {
            reply.end(); // what came before it stays
            throw malformed;
        }
    }
}
