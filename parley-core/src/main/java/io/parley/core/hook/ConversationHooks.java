package io.parley.core.hook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.core.app.App;
import io.parley.core.app.Hook;
import io.parley.core.command.ClientId;
import io.parley.core.command.ConversationId;
import io.parley.core.command.ErrorCode;
import io.parley.core.outbox.Job;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// The application's say about conversations and their members. Thread-safe. Each question is answered with a refusal
/// when the hook says no. Source: semantics 10.4.
public final class ConversationHooks {
    private static final ErrorCode REFUSAL = ErrorCode.CONVERSATION_REJECTED_BY_APP;

    private final Hooks hooks;

    public ConversationHooks(Hooks hooks) {
        this.hooks = hooks;
    }

    /// @param members the creator among them
    public void start(App app, ClientId by, Collection<ClientId> members, ObjectNode attributes) {
        if (!hooks.has(app, Hook.CONVERSATION_START)) return;
        ObjectNode parameters = by(by);
        parameters.set("members", MessageHooks.names(members));
        parameters.set("attr", attributes);
        ask(app, Hook.CONVERSATION_START, parameters);
    }

    /// What is to be stored together with a new conversation.
    public List<Job> started(App app, Optional<ClientId> by, ConversationId conversation) {
        if (by.isEmpty() || !hooks.has(app, Hook.CONVERSATION_STARTED)) return List.of();
        return List.of(Hooks.job(
                app,
                Hook.CONVERSATION_STARTED,
                conversation.value(),
                JsonNodeFactory.instance.objectNode().put("convId", conversation.value())));
    }

    public void add(App app, ClientId by, ConversationId conversation, Collection<ClientId> members) {
        if (hooks.has(app, Hook.CONVERSATION_ADD))
            ask(app, Hook.CONVERSATION_ADD, members(by(by), conversation, members));
    }

    /// What is to be stored together with the members who came.
    public Function<List<ClientId>, List<Job>> added(App app, ClientId by, ConversationId conversation) {
        if (!hooks.has(app, Hook.CONVERSATION_ADDED)) return members -> List.of();
        return members -> List.of(
                Hooks.job(app, Hook.CONVERSATION_ADDED, conversation.value(), members(by(by), conversation, members)));
    }

    public void remove(App app, ClientId by, ConversationId conversation, Collection<ClientId> members) {
        if (hooks.has(app, Hook.CONVERSATION_REMOVE))
            ask(app, Hook.CONVERSATION_REMOVE, members(by(by), conversation, members));
    }

    /// What is to be stored together with the end of memberships.
    public Function<List<ClientId>, List<Job>> removed(App app, ClientId by, ConversationId conversation) {
        if (!hooks.has(app, Hook.CONVERSATION_REMOVED)) return members -> List.of();
        return members -> List.of(Hooks.job(
                app, Hook.CONVERSATION_REMOVED, conversation.value(), members(by(by), conversation, members)));
    }

    /// For changes that store nothing.
    public void tell(List<Job> jobs) {
        hooks.add(jobs);
    }

    /// @return the change to be made, which the hook may have replaced
    public ObjectNode update(App app, ClientId by, ConversationId conversation, ObjectNode changes) {
        if (!hooks.has(app, Hook.CONVERSATION_UPDATE)) return changes;
        ObjectNode parameters = by(by).put("convId", conversation.value());
        parameters.set("attr", changes);
        return ask(app, Hook.CONVERSATION_UPDATE, parameters).path("attr") instanceof ObjectNode replaced
                ? replaced
                : changes;
    }

    /// @return whether to mute, which the hook may have replaced
    public boolean mute(App app, ClientId by, ConversationId conversation, boolean muted) {
        if (!hooks.has(app, Hook.CONVERSATION_UPDATE)) return muted;
        ObjectNode parameters = by(by).put("convId", conversation.value()).put("mute", muted);
        JsonNode replaced = ask(app, Hook.CONVERSATION_UPDATE, parameters).path("mute");
        return Optional.of(replaced)
                .filter(JsonNode::isBoolean)
                .map(JsonNode::booleanValue)
                .orElse(muted);
    }

    private static ObjectNode by(ClientId by) {
        return JsonNodeFactory.instance.objectNode().put("initBy", by.value());
    }

    private static ObjectNode members(
            ObjectNode parameters, ConversationId conversation, Collection<ClientId> members) {
        parameters.set("members", MessageHooks.names(members));
        return parameters.put("convId", conversation.value());
    }

    private JsonNode ask(App app, Hook hook, ObjectNode parameters) {
        return hooks.askOrRefuse(app, hook, parameters, REFUSAL, "reject");
    }
}
