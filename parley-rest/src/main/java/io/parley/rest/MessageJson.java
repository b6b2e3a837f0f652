package io.parley.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.core.app.App;
import io.parley.core.command.Content;
import io.parley.core.command.ConversationId;
import io.parley.core.command.Reply;
import io.parley.core.command.Reply.Surveyed.Located;
import io.parley.core.command.StoredMessage;
import io.parley.core.message.MessageLog.Ticket;
import java.util.Base64;
import java.util.List;

/// Messages as the REST side shows them. Source: rest 6.2, 6.3.
final class MessageJson {
    private static final int OBJECT_ID = 24;

    private MessageJson() {}

    static boolean padded(App app) {
        return app.settings().rest().paddedConversationIds();
    }

    static ArrayNode items(Reply.Surveyed found, boolean ascending, boolean padded) {
        ArrayNode items = Json.array();
        List<Located> messages = ascending ? found.messages() : found.messages().reversed();
        for (Located one : messages) items.add(item(one.conversation(), one.message(), padded));
        return items;
    }

    static ObjectNode item(ConversationId conversation, StoredMessage message) {
        return item(conversation, message, false);
    }

    /// An item of history, with every key that customers read.
    ///
    /// @param padded `conv-id` is not the id itself, which is in `to`, but 32 characters, as in samples of old
    static ObjectNode item(ConversationId conversation, StoredMessage message, boolean padded) {
        boolean pad = padded && conversation.value().length() == OBJECT_ID;
        ObjectNode item = Json.object()
                .put("timestamp", message.timestamp())
                .put("conv-id", pad ? conversation.value() + "00000000" : conversation.value())
                .put("to", conversation.value())
                .put("from", message.from().value())
                .put("msg-id", message.id().value())
                .put("is-conv", true)
                .put("is-room", false)
                .put("from-ip", message.address().orElse(null));
        switch (message.content()) {
            case Content.Text text -> item.put("data", text.value()).put("bin", false);
            case Content.Binary binary ->
                item.put("data", Base64.getEncoder().encodeToString(binary.value()))
                        .put("bin", true);
        }
        if (message.deliveredAt() > 0) item.put("ack-at", message.deliveredAt());
        if (message.patchedAt() > 0) item.put("patch-timestamp", message.patchedAt());
        if (message.mentions().all()) item.put("mention-all", true);
        if (!message.mentions().clients().isEmpty()) {
            var mentioned = item.putArray("mention-client-ids");
            message.mentions().clients().forEach(client -> mentioned.add(client.value()));
        }
        return item;
    }

    /// Of an edit, a recall, and what else has no result.
    static Answer done() {
        return Answer.ok(Json.object().set("result", Json.object()));
    }

    /// Of a send. What a socket is told in an acknowledgement is an error here.
    static Answer sent(Reply reply) {
        if (reply instanceof Reply.SendRefused refused) throw refused.refusal();
        Reply.Accepted accepted = (Reply.Accepted) reply;
        return sent(new Ticket(accepted.message(), accepted.timestamp()));
    }

    /// Two shapes in one: the documents name one, Swift and ObjC read the other.
    static Answer sent(Ticket ticket) {
        ObjectNode inner = Json.object().put("msg-id", ticket.id().value()).put("timestamp", ticket.timestamp());
        ObjectNode body = inner.deepCopy();
        body.set("result", inner);
        return Answer.ok(body);
    }
}
