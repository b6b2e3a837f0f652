package io.parley.core.conversation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.core.app.App;
import io.parley.core.command.ClientId;
import io.parley.core.command.ConversationId;
import io.parley.core.command.ConversationKey;
import io.parley.core.command.ErrorCode;
import io.parley.core.command.Kind;
import io.parley.core.command.ObjectIds;
import io.parley.core.command.Refusal;
import io.parley.core.conversation.ConversationStore.NewConversation;
import io.parley.core.query.Filter;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Conversations as rows of the class `_Conversation`: what is written here takes effect at once, but nobody is
/// told. Thread-safe; may block. Source: rest 13.
public final class ConversationClass {
    private final ConversationStore store;
    private final ConversationQueries queries;
    private final Conversations conversations;
    private final Clock clock;

    ConversationClass(ConversationStore store, ConversationQueries queries, Conversations conversations, Clock clock) {
        this.store = store;
        this.queries = queries;
        this.conversations = conversations;
        this.clock = clock;
    }

    public FoundRows find(App app, FoundRows.Query query) {
        return queries.rows(app.id(), query);
    }

    /// Empty also for temporary conversations, which are no rows.
    public Optional<Conversation> find(App app, ConversationId id) {
        return conversations.find(app, id).filter(found -> found.kind() != Kind.TEMPORARY);
    }

    /// Makes a row; `tr` and `sys` say of which kind. Of more members than the app allows, the first ones count.
    public Conversation create(App app, ObjectNode columns) {
        Kind kind = flag(columns, "sys") ? Kind.SERVICE : flag(columns, "tr") ? Kind.CHAT_ROOM : Kind.NORMAL;
        Set<ClientId> members = kind == Kind.NORMAL ? first(app, changed("m", Set.of(), columns.path("m"))) : Set.of();
        boolean unique = kind == Kind.NORMAL && flag(columns, "unique");
        return store.create(new NewConversation(
                        new ConversationKey(app.id(), new ConversationId(ObjectIds.next())),
                        kind,
                        Optional.of(columns.path("c").asText())
                                .filter(id -> !id.isEmpty())
                                .map(ClientId::new),
                        // The JavaScript SDK sends operations for rows that are yet to be made, too.
                        Attributes.cleaned(new AttributeChange(columns).applyTo(JsonNodeFactory.instance.objectNode())),
                        members,
                        unique ? Optional.of(Conversations.digest(members)) : Optional.empty(),
                        clock.instant().truncatedTo(ChronoUnit.MILLIS),
                        Optional.empty()))
                .conversation();
    }

    private static Set<ClientId> first(App app, Set<ClientId> members) {
        return members.stream().limit(app.settings().maxMembers()).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static boolean flag(ObjectNode columns, String name) {
        JsonNode value = columns.path(name);
        if (!value.isMissingNode() && !value.isNull() && !value.isBoolean())
            throw Refusal.of(ErrorCode.CONVERSATION_UPDATE_FAILED, "%s is true or false; got %s", name, value);
        return value.asBoolean();
    }

    private static List<ClientId> clients(String name, JsonNode value) {
        if (value.isMissingNode() || value.isNull()) return List.of();
        if (!(value instanceof ArrayNode array))
            throw Refusal.of(ErrorCode.CONVERSATION_UPDATE_FAILED, "%s is an array of client ids; got %s", name, value);
        List<ClientId> clients = new ArrayList<>();
        for (JsonNode id : array) {
            if (!id.isTextual())
                throw Refusal.of(ErrorCode.CONVERSATION_UPDATE_FAILED, "%s holds client ids; got %s", name, id);
            clients.add(new ClientId(id.asText()));
        }
        return clients;
    }

    /// Changes columns of a row, members and mute flags included.
    public Conversation update(App app, ConversationId id, ObjectNode changes) {
        Conversation conversation = find(app, id).orElseThrow(() -> Conversations.notFound(id));
        AttributeChange change = new AttributeChange(changes);
        if (conversation.kind() == Kind.NORMAL && changes.has("m"))
            conversation = setMembers(conversation, first(app, changed("m", conversation.members(), changes.get("m"))));
        if (conversation.kind() == Kind.NORMAL && changes.has("mu"))
            conversation = setMuted(conversation, changed("mu", conversation.muted(), changes.get("mu")));
        if (change.isEmpty()) return conversation;
        return store.update(conversation.key(), change::applyTo).orElseThrow(() -> Conversations.notFound(id));
    }

    private Conversation setMembers(Conversation conversation, Set<ClientId> wanted) {
        ConversationKey key = conversation.key();
        List<ClientId> gone = conversation.members().stream()
                .filter(member -> !wanted.contains(member))
                .toList();
        if (!gone.isEmpty()) store.removeMembers(key, gone);
        if (!conversation.members().containsAll(wanted)) store.addMembers(key, List.copyOf(wanted), Integer.MAX_VALUE);
        return store.find(key).orElseThrow(() -> Conversations.notFound(key.id()));
    }

    private Conversation setMuted(Conversation conversation, Set<ClientId> wanted) {
        ConversationKey key = conversation.key();
        for (ClientId member : conversation.members())
            if (wanted.contains(member) != conversation.muted().contains(member))
                store.mute(key, member, wanted.contains(member));
        return store.find(key).orElseThrow(() -> Conversations.notFound(key.id()));
    }

    /// A plain array, or one of the operations on arrays.
    private static Set<ClientId> changed(String name, Set<ClientId> before, JsonNode change) {
        if (!change.isObject()) return new LinkedHashSet<>(clients(name, change));
        String operation = change.path("__op").asText();
        List<ClientId> clients = clients(name + ".objects", change.path("objects"));
        Set<ClientId> after = new LinkedHashSet<>(before);
        switch (operation) {
            case "Add", "AddUnique" -> after.addAll(clients);
            case "Remove" -> clients.forEach(after::remove);
            case "Delete" -> after.clear();
            default ->
                throw Refusal.of(
                        ErrorCode.CONVERSATION_UPDATE_FAILED,
                        "operation \"%s\" of %s is none of Add, AddUnique, Remove, Delete",
                        operation,
                        name);
        }
        return after;
    }

    /// The touched columns with their values, for callers that want them back.
    public static ObjectNode touched(Conversation after, ObjectNode changes) {
        ObjectNode row = ConversationDocuments.row(after, java.util.OptionalLong.empty());
        ObjectNode touched = JsonNodeFactory.instance.objectNode();
        changes.fieldNames().forEachRemaining(name -> {
            String top = name.contains(".") ? name.substring(0, name.indexOf('.')) : name;
            if (row.has(top)) touched.set(top, row.get(top));
        });
        return touched;
    }

    /// Whether a row meets a condition: for changes that depend on one. Source: rest 5.2
    public static boolean meets(Conversation conversation, ObjectNode where) {
        return Filter.compile(where, Filter.Rules.CONVERSATIONS)
                .matches(ConversationDocuments.row(conversation, java.util.OptionalLong.empty()));
    }

    public void delete(App app, ConversationId id) {
        if (!store.delete(new ConversationKey(app.id(), id))) throw Conversations.notFound(id);
    }
}
