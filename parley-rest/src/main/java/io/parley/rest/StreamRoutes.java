package io.parley.rest;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.core.Dispatcher;
import io.parley.core.command.ConversationId;
import io.parley.core.command.ErrorCode;
import io.parley.core.command.Kind;
import io.parley.core.command.Refusal;
import io.parley.core.command.Reply;
import io.parley.core.conversation.Conversation;
import io.parley.core.session.Application;
import io.parley.rest.CallLimits.Group;
import java.io.IOException;
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
    }

    private Answer stream(Call call, boolean room) {
        Application caller = call.application().as(MessageParameters.from(call));
        ConversationId to = ConversationAccess.id(call);
        checkTarget(ConversationAccess.target(dispatcher.conversations(), call, to), room);
        Optional<ObjectNode> attributes = call.queryParameter("attributes")
                .filter(text -> !text.isBlank())
                .map(Json::parseObject);
        ReplyText text = text(call);
        limits.count(caller.app(), Group.MESSAGES);
        StreamedReply reply = new StreamedReply(dispatcher, caller, to, attributes);
        boolean whole = copy(text, reply);
        Optional<Reply.Accepted> sent = reply.end();
        if (!whole) log.debug("the caller of a streamed reply went away conversation={}", to);
        return MessageJson.sent(
                sent.orElseThrow(() -> HttpRefusal.badRequest("the body is the text of the reply; it is empty")));
    }

    private static void checkTarget(Conversation target, boolean room) {
        if (target.kind() == Kind.SERVICE)
            throw Refusal.of(
                    ErrorCode.NORMAL_CONVERSATION_REQUIRED,
                    "\"%s\" is a service conversation, in which replies are not streamed",
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
