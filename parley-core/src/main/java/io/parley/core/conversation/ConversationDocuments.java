package io.parley.core.conversation;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.core.command.ClientId;
import io.parley.core.command.Content;
import io.parley.core.command.Kind;
import io.parley.core.command.StoredMessage;
import io.parley.core.command.Subscription;
import io.parley.core.conversation.ConversationStore.Found;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Collection;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Conversations as the documents that queries return. Source: protocol 5.1.
public final class ConversationDocuments {
    /// Three fractional digits and a capital Z, always: Swift and C# parse with a fixed pattern. Source: protocol
    /// 0.2.
    private static final DateTimeFormatter ISO =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private ConversationDocuments() {}

    public static String iso(Instant time) {
        return ISO.format(time);
    }

    static ObjectNode date(long millis) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("__type", "Date")
                .put("iso", iso(Instant.ofEpochMilli(millis)));
    }

    /// The whole document. Never holds a null, which some SDKs cannot read.
    static ObjectNode of(Found found) {
        Conversation conversation = found.conversation();
        ObjectNode document = conversation.attributes().deepCopy();
        document.put("objectId", conversation.id().value());
        conversation.creator().ifPresent(creator -> document.put("c", creator.value()));
        document.put("createdAt", iso(conversation.createdAt()));
        document.put("updatedAt", iso(conversation.updatedAt()));
        document.put("conv_type", conversation.kind().number());
        if (conversation.kind() == Kind.CHAT_ROOM) document.put("tr", true);
        if (conversation.kind() == Kind.SERVICE) document.put("sys", true);
        if (conversation.kind() == Kind.NORMAL || conversation.kind() == Kind.TEMPORARY) {
            document.set("m", ids(conversation.members()));
            document.set("mu", ids(conversation.muted()));
        }
        if (conversation.unique()) document.put("unique", true);
        conversation.uniqueId().ifPresent(digest -> document.put("uniqueId", digest));
        // In a service conversation everybody sees other messages. Source: semantics 4.4
        if (conversation.kind() != Kind.SERVICE)
            found.lastMessageAt().ifPresent(time -> document.set("lm", date(time)));
        conversation.expiresAt().ifPresent(end -> {
            document.put("temp", true);
            // The whole life time: Swift adds it to createdAt.
            document.put("ttl", Duration.between(conversation.createdAt(), end).toSeconds());
        });
        return document;
    }

    /// The document as rows of the class `_Conversation` look: flags instead of a kind. Source: rest 20.
    public static ObjectNode row(Conversation conversation, OptionalLong lastMessageAt) {
        ObjectNode row = of(new Found(conversation, lastMessageAt));
        row.remove("conv_type");
        if (conversation.kind() == Kind.NORMAL) row.put("tr", false).put("sys", false);
        return row;
    }

    /// How the asking client stands to a service conversation.
    static void addSubscription(ObjectNode document, @Nullable Subscription subscription) {
        document.put("joined", subscription != null);
        if (subscription != null) document.put("joinedAt", subscription.since().toEpochMilli());
        // Swift's tests want the key even when the client does not subscribe.
        document.put("muted", subscription != null && subscription.muted());
    }

    private static ArrayNode ids(Collection<ClientId> clients) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode(clients.size());
        for (ClientId client : clients) array.add(client.value());
        return array;
    }

    /// Leaves out what a compact query does not want. The key must be absent, not empty: legacy-json 8.2.
    static void compact(ObjectNode document) {
        document.remove("m");
        document.remove("mu");
    }

    static void addLastMessage(ObjectNode document, StoredMessage message) {
        switch (message.content()) {
            case Content.Text text -> document.put("msg", text.value()).put("bin", false);
            case Content.Binary binary ->
                document.put("msg", Base64.getEncoder().encodeToString(binary.value()))
                        .put("bin", true);
        }
        document.put("msg_mid", message.id().value());
        document.put("msg_from", message.from().value());
        document.put("msg_timestamp", message.timestamp());
        if (message.patchedAt() > 0) document.put("patch_timestamp", message.patchedAt());
        if (message.mentions().all()) document.put("mention_all", true);
        if (!message.mentions().clients().isEmpty())
            document.set("mention_pids", ids(message.mentions().clients()));
    }
}
