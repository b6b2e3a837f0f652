package io.parley.core.conversation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.parley.core.app.App;
import io.parley.core.command.AppId;
import io.parley.core.command.ClientId;
import io.parley.core.command.ConversationCommand.Count;
import io.parley.core.command.ConversationCommand.Query;
import io.parley.core.command.ConversationCommand.Start;
import io.parley.core.command.ConversationCommand.Update;
import io.parley.core.command.ConversationId;
import io.parley.core.command.ConversationKey;
import io.parley.core.command.ErrorCode;
import io.parley.core.command.Event.ConversationUpdated;
import io.parley.core.command.Event.Joined;
import io.parley.core.command.Event.MembersJoined;
import io.parley.core.command.Kind;
import io.parley.core.command.ObjectIds;
import io.parley.core.command.Refusal;
import io.parley.core.command.Reply;
import io.parley.core.conversation.ConversationStore.Created;
import io.parley.core.conversation.ConversationStore.NewConversation;
import io.parley.core.notice.Notices;
import io.parley.core.session.Session;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Conversations: creation, lookup through a cache, attributes, search. Thread-safe; may block.
public final class Conversations {
    /// Members in cached snapshots, altogether.
    private static final long MAX_CACHED_MEMBERS = 4_000_000;

    private final ConversationStore store;
    private final ConversationQueries queries;
    private final Notices notices;
    private final Clock clock;
    private final Cache<ConversationKey, Conversation> cache = Caffeine.newBuilder()
            .maximumWeight(MAX_CACHED_MEMBERS)
            .weigher((ConversationKey key, Conversation conversation) ->
                    4 + conversation.members().size())
            .build();

    public Conversations(ConversationStore store, ConversationQueries queries, Notices notices, Clock clock) {
        this.store = store;
        this.queries = queries;
        this.notices = notices;
        this.clock = clock;
    }

    public Optional<Conversation> find(ConversationKey key) {
        return Optional.ofNullable(cache.get(key, missing -> store.find(missing).orElse(null)));
    }

    public Optional<Conversation> find(App app, ConversationId id) {
        return find(new ConversationKey(app.id(), id));
    }

    /// The conversation, or a refusal with CONVERSATION_NOT_FOUND.
    public Conversation get(App app, ConversationId id) {
        return find(app, id).orElseThrow(() -> notFound(id));
    }

    public static Refusal notFound(ConversationId id) {
        return Refusal.of(ErrorCode.CONVERSATION_NOT_FOUND, "there is no conversation \"%s\"", id);
    }

    /// Takes a snapshot that is newer than the cached one.
    public Conversation remember(Conversation changed) {
        cache.asMap()
                .merge(
                        changed.key(),
                        changed,
                        (known, candidate) -> candidate.updatedAt().isBefore(known.updatedAt()) ? known : candidate);
        return changed;
    }

    public Reply start(Session caller, Start start) {
        if (start.kind() != Kind.NORMAL)
            throw Refusal.of(
                    ErrorCode.NORMAL_CONVERSATION_REQUIRED, "conversations of kind %s cannot be started", start.kind());
        App app = caller.app();
        Set<ClientId> members = new LinkedHashSet<>(start.members());
        members.add(caller.client());
        if (members.size() > app.settings().maxMembers())
            throw Refusal.of(
                    ErrorCode.CONVERSATION_FULL,
                    "a conversation has at most %d members; %d were given",
                    app.settings().maxMembers(),
                    members.size());
        Created created = store.create(new NewConversation(
                new ConversationKey(app.id(), new ConversationId(ObjectIds.next())),
                Kind.NORMAL,
                Optional.of(caller.client()),
                Attributes.cleaned(start.attributes()),
                members,
                start.unique() ? Optional.of(digest(members)) : Optional.empty(),
                clock.instant().truncatedTo(ChronoUnit.MILLIS),
                Optional.empty()));
        Conversation conversation = remember(created.conversation());
        if (!created.existing()) announce(conversation, caller.client());
        return new Reply.Started(
                conversation.id(),
                conversation.createdAt(),
                conversation.uniqueId(),
                created.existing(),
                Duration.ZERO);
    }

    private void announce(Conversation conversation, ClientId by) {
        AppId app = conversation.key().app();
        notices.publish(
                app,
                conversation.members(),
                new Joined(conversation.id(), conversation.kind(), by, conversation.updatedAt(), Duration.ZERO),
                Optional.empty());
        notices.publish(
                app,
                conversation.members(),
                new MembersJoined(
                        conversation.id(),
                        conversation.kind(),
                        List.copyOf(conversation.members()),
                        by,
                        conversation.updatedAt()),
                Optional.empty());
    }

    /// Digest of a member set: hexadecimal MD5 of the ascending ids, concatenated. Source: semantics 3.
    public static String digest(Collection<ClientId> members) {
        try {
            MessageDigest md5 = MessageDigest.getInstance("MD5");
            for (ClientId member : new TreeSet<>(members))
                md5.update(member.value().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(md5.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has MD5", e);
        }
    }

    public Reply update(Session caller, Update update) {
        Conversation before = get(caller.app(), update.conversation());
        if (!before.hasMember(caller.client()))
            throw Refusal.of(
                    ErrorCode.CONVERSATION_UPDATE_REJECTED,
                    "\"%s\" is not a member of \"%s\"",
                    caller.client(),
                    before.id());
        AttributeChange change = new AttributeChange(update.changes());
        Conversation after = change.isEmpty()
                ? before
                : remember(store.update(before.key(), change::applyTo).orElseThrow(() -> notFound(before.id())));
        ObjectNode modified = change.modified(after.attributes());
        if (!change.isEmpty())
            notices.publish(
                    caller.app().id(),
                    after.members(),
                    new ConversationUpdated(
                            after.id(), change.plain(after.attributes()), modified, caller.client(), after.updatedAt()),
                    Optional.of(caller));
        return new Reply.Updated(after.id(), after.updatedAt(), update.changes(), modified);
    }

    public Reply query(Session caller, Query query) {
        return new Reply.Conversations(queries.find(caller.app().id(), caller.client(), query));
    }

    public Reply count(Session caller, Count count) {
        Conversation conversation = get(caller.app(), count.conversation());
        return new Reply.Counted(conversation.id(), conversation.members().size());
    }
}
