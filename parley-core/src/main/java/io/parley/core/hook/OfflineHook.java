package io.parley.core.hook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.core.app.App;
import io.parley.core.app.Hook;
import io.parley.core.command.ClientId;
import io.parley.core.command.Content;
import io.parley.core.command.ConversationId;
import io.parley.core.command.ErrorCode;
import io.parley.core.command.Mentions;
import io.parley.core.command.StoredMessage;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// The application's say about who is notified, with what. Thread-safe. Source: semantics 10.3.
public final class OfflineHook {
    private final Hooks hooks;

    public OfflineHook(Hooks hooks) {
        this.hooks = hooks;
    }

    public boolean has(App app) {
        return hooks.has(app, Hook.RECEIVERS_OFFLINE);
    }

    /// @param offline who is to be notified
    /// @param data what the notification says, a text or an object; absent: what it would say without the hook
    /// @param force also those who muted the conversation
    public record Verdict(Collection<ClientId> offline, Optional<JsonNode> data, boolean force) {}

    /// Fails with a refusal only when the settings want that, and then no notification may be sent.
    public Verdict ask(App app, ConversationId conversation, StoredMessage message, Collection<ClientId> offline) {
        ObjectNode parameters = JsonNodeFactory.instance.objectNode();
        parameters.put("fromPeer", message.from().value());
        parameters.put("convId", conversation.value());
        parameters.set("offlinePeers", MessageHooks.names(offline));
        parameters.put(
                "content",
                switch (message.content()) {
                    case Content.Text text -> text.value();
                    case Content.Binary binary -> Base64.getEncoder().encodeToString(binary.value());
                });
        parameters.put("timestamp", message.timestamp());
        Mentions mentions = message.mentions();
        parameters.put("mentionAll", mentions.all());
        List<ClientId> mentioned = mentions.all()
                ? List.of()
                : offline.stream().filter(mentions::mention).toList();
        parameters.set("mentionOfflinePeers", MessageHooks.names(mentioned));
        JsonNode answer = hooks.ask(app, Hook.RECEIVERS_OFFLINE, parameters, ErrorCode.INTERNAL_ERROR);
        if (Hooks.truthy(answer.path("skip"))) return new Verdict(List.of(), Optional.empty(), false);
        Collection<ClientId> chosen = offline;
        if (answer.path("offlinePeers").isArray()) {
            List<ClientId> named = MessageHooks.clients(answer.path("offlinePeers"));
            chosen = offline.stream().filter(named::contains).toList();
        }
        JsonNode data = answer.path("pushMessage");
        boolean given = data.isObject() || data.isTextual() && !data.textValue().isEmpty();
        return new Verdict(chosen, given ? Optional.of(data) : Optional.empty(), Hooks.truthy(answer.path("force")));
    }
}
