package io.parley.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.core.command.Content;
import io.parley.core.command.ConversationId;
import io.parley.core.command.StoredMessage;
import io.parley.core.message.MessageLog.Ticket;
import java.util.Base64;

/// Messages as the REST side shows them. Source: rest 6.2, 6.3.
final class MessageJson {
    private MessageJson() {}

    /// An item of history, with every key that customers read.
    static ObjectNode item(ConversationId conversation, StoredMessage message) {
        ObjectNode item = Json.object()
                .put("timestamp", message.timestamp())
                .put("conv-id", conversation.value())
                .put("to", conversation.value())
                .put("from", message.from().value())
                .put("msg-id", message.id().value())
                .put("is-conv", true)
                .put("is-room", false)
                .putNull("from-ip");
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

    /// Two shapes in one: the documents name one, Swift and ObjC read the other.
    static Answer sent(Ticket ticket) {
        ObjectNode inner = Json.object().put("msg-id", ticket.id().value()).put("timestamp", ticket.timestamp());
        ObjectNode body = inner.deepCopy();
        body.set("result", inner);
        return Answer.ok(body);
    }
}
