package io.parley.core.conversation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.core.command.AppId;
import io.parley.core.command.ClientId;
import io.parley.core.command.ClientKey;
import io.parley.core.command.ConversationCommand.Query;
import io.parley.core.command.ConversationId;
import io.parley.core.command.ErrorCode;
import io.parley.core.command.Kind;
import io.parley.core.command.Refusal;
import io.parley.core.command.StoredMessage;
import io.parley.core.command.Subscription;
import io.parley.core.conversation.ConversationStore.Candidates;
import io.parley.core.conversation.ConversationStore.Found;
import io.parley.core.query.Filter;
import io.parley.core.query.JsonOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;

/// Searches conversations: the store narrows by an index, what is left is tested, sorted and paged here, so that
/// every store answers alike. Thread-safe; may block. Source: semantics 5.
public final class ConversationQueries {
    /// Longer than this, and the query is refused.
    private static final Duration BUDGET = Duration.ofSeconds(3);

    private static final int MAX_MATCHES = 100_000;
    private static final String DEFAULT_SORT = "-lm,-createdAt";

    private final ConversationStore store;
    private final LastMessages lastMessages;
    private final Subscribed subscribed;

    /// The newest message of each conversation that has one.
    @FunctionalInterface
    public interface LastMessages {
        Map<ConversationId, StoredMessage> of(AppId app, Collection<ConversationId> conversations);
    }

    /// A client's subscriptions of service conversations.
    @FunctionalInterface
    public interface Subscribed {
        Collection<Subscription> of(ClientKey client);
    }

    public ConversationQueries(ConversationStore store, LastMessages lastMessages, Subscribed subscribed) {
        this.store = store;
        this.lastMessages = lastMessages;
        this.subscribed = subscribed;
    }

    /// @param room listed with the caller's own conversations when the query has no condition
    /// @return the matching documents, sorted and paged
    ArrayNode find(AppId app, ClientId caller, Optional<ConversationId> room, Query query) {
        if (query.limit() == 0) return JsonNodeFactory.instance.arrayNode();
        ArrayNode page = page(app, query, matching(app, caller, room, query.where()));
        addSubscriptions(new ClientKey(app, caller), page);
        return page;
    }

    /// What the application finds, as rows of the class `_Conversation`.
    public FoundRows rows(AppId app, FoundRows.Query query) {
        Filter filter = Filter.compile(query.where(), Filter.Rules.CONVERSATIONS);
        Predicate<Found> wanted =
                found -> query.kinds().contains(found.conversation().kind());
        Candidates candidates = candidates(query);
        // In the order in which they are kept, all need not be found before the first can be given.
        boolean inOrder = query.order().isBlank() && !query.count();
        List<ObjectNode> rows = new ArrayList<>();
        Matching matching = new Matching(
                found -> {
                    if (!wanted.test(found)) return false;
                    ObjectNode row = ConversationDocuments.row(found.conversation(), found.lastMessageAt());
                    return filter.matches(row) && rows.add(row);
                },
                inOrder ? query.skip() + query.limit() : Integer.MAX_VALUE);
        if (query.limit() > 0 || query.count()) store.visit(app, candidates, matching);
        if (!query.order().isBlank()) rows.sort(JsonOrder.by(query.order()));
        int from = Math.min(query.skip(), rows.size());
        return new FoundRows(
                List.copyOf(rows.subList(from, Math.min(from + query.limit(), rows.size()))),
                query.count() ? OptionalLong.of(rows.size()) : OptionalLong.empty());
    }

    private static Candidates candidates(FoundRows.Query query) {
        if (query.after().isPresent()) return new Candidates.After(query.after().get());
        Candidates narrowed = candidates(query.where());
        if (narrowed instanceof Candidates.ByIds
                || narrowed instanceof Candidates.OfMembers
                || query.kinds().size() != 1) return narrowed;
        Kind kind = query.kinds().iterator().next();
        return kind == Kind.NORMAL ? narrowed : new Candidates.OfKind(kind);
    }

    /// Tests conversations one after the other, until enough match or it takes too long.
    private static final class Matching implements Predicate<Found> {
        private final long deadline = System.nanoTime() + BUDGET.toNanos();
        private final Predicate<Found> test;
        private final int enough;
        private int matches;

        Matching(Predicate<Found> test, int enough) {
            this.test = test;
            this.enough = enough;
        }

        @Override
        public boolean test(Found found) {
            if (System.nanoTime() - deadline > 0 || matches > MAX_MATCHES)
                throw Refusal.of(
                        ErrorCode.CONVERSATION_QUERY_FAILED,
                        "the query takes longer than %d s or matches more than %d conversations; narrow it",
                        BUDGET.toSeconds(),
                        MAX_MATCHES);
            if (test.test(found)) matches++;
            return matches < enough;
        }
    }

    /// The documents of these conversations, sorted and paged as the query asks.
    ArrayNode page(AppId app, List<Conversation> conversations, Query query) {
        List<ObjectNode> documents = new ArrayList<>();
        for (Conversation conversation : conversations)
            documents.add(ConversationDocuments.of(new Found(conversation, OptionalLong.empty())));
        return page(app, query, documents);
    }

    private ArrayNode page(AppId app, Query query, List<ObjectNode> documents) {
        ArrayNode page = JsonNodeFactory.instance.arrayNode();
        documents.sort(order(query));
        for (ObjectNode document : documents.subList(
                Math.min(query.skip(), documents.size()), Math.min(query.skip() + query.limit(), documents.size())))
            page.add(document);
        if (query.lastMessage()) addLastMessages(app, page);
        if (query.compact()) page.forEach(document -> ConversationDocuments.compact((ObjectNode) document));
        return page;
    }

    private List<ObjectNode> matching(
            AppId app, ClientId caller, Optional<ConversationId> room, Optional<ObjectNode> where) {
        if (where.isEmpty() || where.get().isEmpty()) {
            List<ObjectNode> documents = new ArrayList<>();
            store.visit(app, new Candidates.OfMembers(Set.of(caller)), found -> {
                if (isListed(found.conversation(), caller)) documents.add(ConversationDocuments.of(found));
                return true;
            });
            room.ifPresent(one -> store.visit(
                    app, new Candidates.ByIds(Set.of(one)), found -> documents.add(ConversationDocuments.of(found))));
            return documents;
        }
        // Chat rooms and service conversations are found only by who asks for them. Source: semantics 5
        Filter filter = Filter.compile(where.get(), Filter.Rules.CONVERSATIONS);
        boolean everyKind = filter.names("tr") || filter.names("sys") || filter.names("objectId");
        return matching(
                app,
                filter,
                candidates(where.get()),
                kind -> kind == Kind.NORMAL || everyKind && kind != Kind.TEMPORARY);
    }

    private List<ObjectNode> matching(AppId app, Filter filter, Candidates candidates, Predicate<Kind> kinds) {
        List<ObjectNode> documents = new ArrayList<>();
        Predicate<Found> test = found -> {
            if (!kinds.test(found.conversation().kind())) return false;
            ObjectNode document = ConversationDocuments.of(found);
            return filter.matches(document) && documents.add(document);
        };
        store.visit(app, candidates, new Matching(test, Integer.MAX_VALUE));
        return documents;
    }

    private static boolean isListed(Conversation conversation, ClientId caller) {
        return conversation.kind() == Kind.NORMAL && conversation.hasMember(caller);
    }

    private static Candidates candidates(ObjectNode where) {
        Optional<Set<String>> ids = Filter.required(where, "objectId");
        if (ids.isPresent()) {
            Set<ConversationId> wanted = new HashSet<>();
            for (String id : ids.get()) if (!id.isEmpty() && id.length() <= 128) wanted.add(new ConversationId(id));
            return new Candidates.ByIds(wanted);
        }
        if (where.path("sys").asBoolean()) return new Candidates.OfKind(Kind.SERVICE);
        if (where.path("tr").asBoolean()) return new Candidates.OfKind(Kind.CHAT_ROOM);
        JsonNode members = where.path("m");
        // `$in` needs any of them, so it cannot be narrowed to one member.
        if (!members.path("$in").isMissingNode()) return new Candidates.All();
        Set<ClientId> wanted = new HashSet<>();
        for (String id : Filter.required(where, "m").orElse(Set.of()))
            if (!id.isEmpty() && id.length() <= ClientId.MAX_LENGTH) wanted.add(new ClientId(id));
        return wanted.isEmpty() ? new Candidates.All() : new Candidates.OfMembers(wanted);
    }

    private static Comparator<JsonNode> order(Query query) {
        if (!query.sort().isBlank()) return JsonOrder.by(query.sort());
        return query.where()
                .flatMap(where ->
                        Filter.compile(where, Filter.Rules.CONVERSATIONS).nearestFirst())
                .orElseGet(() -> JsonOrder.by(DEFAULT_SORT));
    }

    private static boolean isService(JsonNode document) {
        return document.path("conv_type").asInt() == Kind.SERVICE.number();
    }

    private void addSubscriptions(ClientKey client, ArrayNode page) {
        Map<String, Subscription> subscriptions = new HashMap<>();
        boolean known = false;
        for (JsonNode document : page) {
            if (!isService(document)) continue;
            if (!known)
                for (Subscription one : subscribed.of(client))
                    subscriptions.put(one.conversation().value(), one);
            known = true;
            ConversationDocuments.addSubscription(
                    (ObjectNode) document,
                    subscriptions.get(document.path("objectId").asText()));
        }
    }

    private void addLastMessages(AppId app, ArrayNode page) {
        List<ConversationId> ids = new ArrayList<>();
        for (JsonNode document : page) // the newest message of a service conversation may be somebody else's
        if (!isService(document))
                ids.add(new ConversationId(document.path("objectId").asText()));
        Map<ConversationId, StoredMessage> last = lastMessages.of(app, ids);
        for (JsonNode document : page) {
            StoredMessage message =
                    last.get(new ConversationId(document.path("objectId").asText()));
            if (message != null) ConversationDocuments.addLastMessage((ObjectNode) document, message);
        }
    }
}
