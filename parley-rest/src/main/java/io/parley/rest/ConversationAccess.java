package io.parley.rest;

import io.parley.core.command.ConversationId;
import io.parley.core.command.ErrorCode;
import io.parley.core.command.Kind;
import io.parley.core.command.Refusal;
import io.parley.core.conversation.Conversation;
import io.parley.core.conversation.Conversations;
import io.parley.core.session.Application;

/// Which conversation a call is about, and whether the caller may touch it.
final class ConversationAccess {
    private ConversationAccess() {}

    /// The master key may touch conversations; the app key only where the app's owner said so. Source: rest 2.3.
    static Application ofClass(Call call) {
        if (call.caller() instanceof Application application) return application;
        if (call.caller().app().settings().rest().conversationsByAppKey())
            return new Application(call.caller().app());
        throw HttpRefusal.forbidden("Forbidden to read by class '_Conversation' permissions.");
    }

    static ConversationId id(Call call) {
        return new ConversationId(call.pathValue("id"));
    }

    /// The conversation of the path, which must be a chat room.
    static Conversation room(Conversations conversations, Call call, ConversationId id) {
        Conversation found = conversations.get(call.caller().app(), id);
        if (found.kind() != Kind.CHAT_ROOM)
            throw Refusal.of(
                    ErrorCode.TRANSIENT_CONVERSATION_REQUIRED,
                    "\"%s\" is of kind %s, not a chat room",
                    id,
                    found.kind());
        return found;
    }

    /// The conversation, or a refusal as sends are refused.
    static Conversation target(Conversations conversations, Call call, ConversationId id) {
        return conversations
                .find(call.caller().app(), id)
                .orElseThrow(() -> id.isTemporary()
                        ? Conversations.notFound(id)
                        : Refusal.of(ErrorCode.INVALID_MESSAGING_TARGET, "there is no conversation \"%s\"", id));
    }
}
