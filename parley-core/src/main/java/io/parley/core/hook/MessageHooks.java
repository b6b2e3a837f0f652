package io.parley.core.hook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.core.app.App;
import io.parley.core.app.Hook;
import io.parley.core.command.ClientId;
import io.parley.core.command.Content;
import io.parley.core.command.ConversationId;
import io.parley.core.command.Correction;
import io.parley.core.command.ErrorCode;
import io.parley.core.command.Kind;
import io.parley.core.command.MessageId;
import io.parley.core.outbox.Job;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The application's say about messages. Thread-safe. Source: semantics 10.3.
public final class MessageHooks {
    private static final Logger log = LoggerFactory.getLogger(MessageHooks.class);

    private final Hooks hooks;

    public MessageHooks(Hooks hooks) {
        this.hooks = hooks;
    }

    /// What a hook is told of a message.
    ///
    /// @param recipients without the sender; empty for chat rooms, and in service conversations unless the
    ///     application named them
    /// @param timestamp milliseconds since the epoch
    /// @param address of the sender's device
    public record Offer(
            ConversationId conversation,
            Kind kind,
            ClientId from,
            Collection<ClientId> recipients,
            Content content,
            boolean transientMessage,
            boolean receipt,
            long timestamp,
            Optional<String> address) {}

    /// What a hook made of a message.
    ///
    /// @param correction present when the content is another now
    /// @param recipients present when only these shall get it
    public record Verdict(Content content, Optional<Correction> correction, Optional<Set<ClientId>> recipients) {}

    public boolean hasReceived(App app) {
        return hooks.has(app, Hook.MESSAGE_RECEIVED);
    }

    /// Before a message is stored or passed on. A refusal when the hook drops it.
    public Verdict received(App app, Offer offer) {
        ObjectNode parameters = parameters(offer);
        boolean uncounted = offer.kind() == Kind.CHAT_ROOM
                || offer.kind() == Kind.SERVICE && offer.recipients().isEmpty();
        if (!uncounted) parameters.set("toPeers", names(offer.recipients()));
        parameters.put("transient", offer.transientMessage());
        parameters.put("receipt", offer.receipt());
        if (offer.kind() == Kind.SERVICE) parameters.put("system", true);
        else parameters.putNull("system");
        parameters.putNull("groupId");
        return verdict(
                offer,
                hooks.askOrRefuse(app, Hook.MESSAGE_RECEIVED, parameters, ErrorCode.MESSAGE_REJECTED_BY_APP, "drop"));
    }

    public boolean hasUpdate(App app) {
        return hooks.has(app, Hook.MESSAGE_UPDATE);
    }

    /// Before a stored message is edited or recalled.
    public Verdict updated(App app, Offer offer, MessageId message, boolean recall) {
        ObjectNode parameters = parameters(offer);
        parameters.set("toPeers", names(offer.recipients()));
        parameters.put("msgId", message.value());
        parameters.put("recall", recall);
        parameters.put("system", offer.kind() == Kind.SERVICE);
        return verdict(
                offer,
                hooks.askOrRefuse(
                        app, Hook.MESSAGE_UPDATE, parameters, ErrorCode.MESSAGE_UPDATE_REJECTED_BY_APP, "drop"));
    }

    public boolean hasSent(App app) {
        return hooks.has(app, Hook.MESSAGE_SENT);
    }

    /// After a message was accepted.
    public Job sent(
            App app, Offer offer, MessageId message, Collection<ClientId> online, Collection<ClientId> offline) {
        ObjectNode parameters = parameters(offer);
        parameters.put("msgId", message.value());
        parameters.set("onlinePeers", names(online));
        parameters.set("offlinePeers", names(offline));
        parameters.put("transient", offer.transientMessage());
        parameters.put("system", offer.kind() == Kind.SERVICE);
        parameters.put("receipt", offer.receipt());
        return Hooks.job(app, Hook.MESSAGE_SENT, offer.conversation().value(), parameters);
    }

    private static ObjectNode parameters(Offer offer) {
        ObjectNode parameters = JsonNodeFactory.instance.objectNode();
        parameters.put("fromPeer", offer.from().value());
        parameters.put("convId", offer.conversation().value());
        switch (offer.content()) {
            case Content.Text text -> parameters.put("bin", false).put("content", text.value());
            case Content.Binary binary ->
                parameters.put("bin", true).put("content", Base64.getEncoder().encodeToString(binary.value()));
        }
        parameters.put("timestamp", offer.timestamp());
        offer.address().ifPresent(address -> parameters.put("sourceIP", address));
        return parameters;
    }

    static ArrayNode names(Collection<ClientId> clients) {
        ArrayNode names = JsonNodeFactory.instance.arrayNode();
        for (ClientId client : clients) names.add(client.value());
        return names;
    }

    private static Verdict verdict(Offer offer, JsonNode answer) {
        Content content = content(offer.content(), answer);
        Optional<Correction> correction = content.equals(offer.content())
                ? Optional.empty()
                : Optional.of(
                        new Correction(Hooks.code(answer), answer.path("detail").asText("")));
        return new Verdict(content, correction, recipients(offer, answer));
    }

    private static Content content(Content before, JsonNode answer) {
        JsonNode replacement = answer.path("content");
        if (!replacement.isTextual()) return before;
        boolean binary = answer.has("bin") ? Hooks.truthy(answer.path("bin")) : before instanceof Content.Binary;
        if (!binary) return new Content.Text(replacement.textValue());
        try {
            return new Content.Binary(Base64.getDecoder().decode(replacement.textValue()));
        } catch (IllegalArgumentException e) {
            log.warn("a hook replaced a message by what is not base64; the message stays as it was");
            return before;
        }
    }

    /// Nobody can be added: who is no member sees no history either.
    private static Optional<Set<ClientId>> recipients(Offer offer, JsonNode answer) {
        if (!answer.path("toPeers").isArray()) return Optional.empty();
        List<ClientId> chosen = clients(answer.path("toPeers"));
        Set<ClientId> kept = new LinkedHashSet<>(offer.recipients());
        kept.retainAll(Set.copyOf(chosen));
        return kept.size() == offer.recipients().size() ? Optional.empty() : Optional.of(kept);
    }

    static List<ClientId> clients(JsonNode names) {
        return names.valueStream()
                .map(name -> name.asText(""))
                .filter(name -> !name.isEmpty() && name.length() <= ClientId.MAX_LENGTH)
                .map(ClientId::new)
                .toList();
    }
}
