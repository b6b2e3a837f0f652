package io.parley.core.conversation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.core.app.App;
import io.parley.core.app.AppSettings;
import io.parley.core.command.AppId;
import io.parley.core.command.ClientId;
import io.parley.core.command.ConversationCommand.Query;
import io.parley.core.command.ConversationCommand.Start;
import io.parley.core.command.ConversationCommand.Update;
import io.parley.core.command.ConversationId;
import io.parley.core.command.ConversationKey;
import io.parley.core.command.ErrorCode;
import io.parley.core.command.Event.ConversationUpdated;
import io.parley.core.command.Event.Joined;
import io.parley.core.command.Event.MembersJoined;
import io.parley.core.command.Event.Timed;
import io.parley.core.command.Kind;
import io.parley.core.command.ObjectIds;
import io.parley.core.command.Refusal;
import io.parley.core.command.Reply;
import io.parley.core.conversation.ConversationStore.Created;
import io.parley.core.conversation.ConversationStore.NewConversation;
import io.parley.core.hook.ConversationHooks;
import io.parley.core.notice.Notices;
import io.parley.core.room.Rooms;
import io.parley.core.session.Caller;
import io.parley.core.session.Session;
import io.parley.core.session.Sessions;
import io.parley.core.signature.Signatures;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Conversations: creation, attributes, search. Thread-safe; may block.
public final class Conversations {
    private final ConversationStore store;
    private final ConversationQueries queries;
    private final Notices notices;
    private final Rooms rooms;
    private final Sessions sessions;
    private final Signatures signatures;
    private final ConversationHooks hooks;
    private final Clock clock;

    public Conversations(
            ConversationStore store,
            ConversationQueries queries,
            Notices notices,
            Rooms rooms,
            Sessions sessions,
            Signatures signatures,
            ConversationHooks hooks,
            Clock clock) {
        this.hooks = hooks;
        this.rooms = rooms;
        this.sessions = sessions;
        this.signatures = signatures;
        this.store = store;
        this.queries = queries;
        this.notices = notices;
        this.clock = clock;
    }

    /// Empty also when the conversation was temporary and is over.
    public Optional<Conversation> find(ConversationKey key) {
        return store.find(key)
                .filter(conversation ->
                        conversation.expiresAt().map(clock.instant()::isBefore).orElse(true));
    }

    public Optional<Conversation> find(App app, ConversationId id) {
        return find(new ConversationKey(app.id(), id));
    }

    /// The conversation, or a refusal with CONVERSATION_NOT_FOUND or TEMPORARY_CONVERSATION_EXPIRED.
    public Conversation get(App app, ConversationId id) {
        return find(app, id).orElseThrow(() -> notFound(id));
    }

    public static Refusal notFound(ConversationId id) {
        if (id.isTemporary())
            return Refusal.of(
                    ErrorCode.TEMPORARY_CONVERSATION_EXPIRED, "the temporary conversation \"%s\" is over", id);
        return Refusal.of(ErrorCode.CONVERSATION_NOT_FOUND, "there is no conversation \"%s\"", id);
    }

    public Reply start(Caller caller, Start start) {
        // SDKs do not sign temporary conversations. Source: protocol 4.3.1
        if (caller.app().settings().conversationSignature()
                && !caller.isApplication()
                && start.kind() != Kind.TEMPORARY)
            signatures.checkCreation(
                    caller.app(), caller.client(), start.members(), start.kind() == Kind.CHAT_ROOM, start.signature());
        if (!caller.isApplication()) askStart(caller, start);
        return switch (start.kind()) {
            case NORMAL -> startNormal(caller, start);
            case CHAT_ROOM -> startRoom(caller, start);
            case TEMPORARY -> startTemporary(caller, start);
            case SERVICE -> startService(caller, start);
        };
    }

    private void askStart(Caller caller, Start start) {
        hooks.start(caller.app(), caller.client(), withCreator(caller, start), Attributes.cleaned(start.attributes()));
    }

    private Reply startNormal(Caller caller, Start start) {
        Set<ClientId> members = withCreator(caller, start);
        checkCount(members, caller.app().settings().maxMembers());
        return create(
                caller,
                start,
                new ConversationId(ObjectIds.next()),
                members,
                start.unique() ? Optional.of(digest(members)) : Optional.empty(),
                Optional.empty());
    }

    /// A room has listeners, not members; its creator is the first one. Source: semantics 4.3.
    private Reply startRoom(Caller caller, Start start) {
        Reply.Started started = create(
                caller, start, new ConversationId(ObjectIds.next()), Set.of(), Optional.empty(), Optional.empty());
        ConversationKey room = new ConversationKey(caller.app().id(), started.conversation());
        caller.session().ifPresent(session -> enter(session, room, start.members()));
        return started;
    }

    /// Those who are listed go in with the creator, as far as they are online and invitations are allowed. Source:
    /// contradiction C-11.
    private void enter(Session creator, ConversationKey room, List<ClientId> listed) {
        rooms.join(creator, room);
        if (!creator.app().settings().roomInvites().allow(creator.capabilities().legacyJson())) return;
        for (ClientId client : listed) {
            if (client.equals(creator.client())) continue;
            for (Session session : sessions.of(room.app(), client)) rooms.join(session, room);
        }
    }

    /// A service conversation is made by the application. Source: semantics 4.4.
    private Reply startService(Caller caller, Start start) {
        if (!caller.isApplication())
            throw Refusal.of(ErrorCode.CONVERSATION_NOT_ALLOWED, "service conversations are not started by clients");
        return create(
                caller, start, new ConversationId(ObjectIds.next()), Set.of(), Optional.empty(), Optional.empty());
    }

    /// While one with the same members lives, it is returned. Source: semantics 4.5.
    private Reply startTemporary(Caller caller, Start start) {
        AppSettings settings = caller.app().settings();
        Set<ClientId> members = withCreator(caller, start);
        checkCount(members, settings.maxTemporaryMembers());
        Duration ttl = start.ttl().isPositive() ? start.ttl() : settings.temporaryTtl();
        if (ttl.compareTo(settings.maxTemporaryTtl()) > 0) ttl = settings.maxTemporaryTtl();
        return create(
                caller,
                start,
                new ConversationId(ConversationId.TEMPORARY_PREFIX + ObjectIds.next()),
                members,
                Optional.of(digest(members)),
                Optional.of(ttl));
    }

    private static Set<ClientId> withCreator(Caller caller, Start start) {
        Set<ClientId> members = new LinkedHashSet<>(start.members());
        caller.actor().ifPresent(members::add);
        return members;
    }

    private static void checkCount(Set<ClientId> members, int limit) {
        if (members.size() > limit)
            throw Refusal.of(
                    ErrorCode.CONVERSATION_FULL,
                    "this kind of conversation has at most %d members; %d were given",
                    limit,
                    members.size());
    }

    private Reply.Started create(
            Caller caller,
            Start start,
            ConversationId id,
            Set<ClientId> members,
            Optional<String> uniqueId,
            Optional<Duration> ttl) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        var made = new NewConversation(
                new ConversationKey(caller.app().id(), id),
                start.kind(),
                caller.actor(),
                Attributes.cleaned(start.attributes()),
                members,
                uniqueId,
                now,
                ttl.map(now::plus));
        Optional<ClientId> by = caller.isApplication() ? Optional.empty() : caller.actor();
        Created created = store.create(made, hooks.started(caller.app(), by, id));
        Conversation conversation = created.conversation();
        // What the application makes, clients learn of by its first message.
        if (!created.existing() && !members.isEmpty() && !caller.isApplication())
            announce(conversation, caller.actor());
        return new Reply.Started(
                conversation.id(),
                conversation.createdAt(),
                conversation.kind() == Kind.NORMAL ? conversation.uniqueId() : Optional.empty(),
                created.existing(),
                lifeTime(conversation));
    }

    private static Duration lifeTime(Conversation conversation) {
        return conversation
                .expiresAt()
                .map(end -> Duration.between(conversation.createdAt(), end))
                .orElse(Duration.ZERO);
    }

    private void announce(Conversation conversation, Optional<ClientId> by) {
        AppId app = conversation.key().app();
        notices.publish(
                app,
                conversation.members(),
                new Joined(
                        conversation.id(), conversation.kind(), by, conversation.updatedAt(), lifeTime(conversation)),
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

    public Reply update(Caller caller, Update update) {
        Conversation before = get(caller.app(), update.conversation());
        if (!caller.isApplication() || before.kind() == Kind.TEMPORARY) checkMayUpdate(caller, before);
        ObjectNode changes = caller.isApplication()
                ? update.changes()
                : hooks.update(caller.app(), caller.client(), before.id(), update.changes());
        AttributeChange change = new AttributeChange(changes);
        Conversation after = change.isEmpty()
                ? before
                : store.update(before.key(), change::applyTo).orElseThrow(() -> notFound(before.id()));
        ObjectNode modified = change.modified(after.attributes());
        if (!change.isEmpty()) announce(caller, change, modified, after);
        return new Reply.Updated(after.id(), after.updatedAt(), update.changes(), modified);
    }

    public void delete(Conversation conversation) {
        if (!store.delete(conversation.key())) throw notFound(conversation.id());
    }

    private void checkMayUpdate(Caller caller, Conversation conversation) {
        switch (conversation.kind()) {
            case NORMAL -> {
                if (!conversation.hasMember(caller.client()))
                    throw Refusal.of(
                            ErrorCode.CONVERSATION_UPDATE_REJECTED,
                            "\"%s\" is not a member of \"%s\"",
                            caller.client(),
                            conversation.id());
            }
            case CHAT_ROOM -> {
                if (!rooms.isIn(caller.requireSession(), conversation.key()))
                    throw Refusal.of(
                            ErrorCode.CONVERSATION_UPDATE_REJECTED,
                            "\"%s\" does not listen in \"%s\"",
                            caller.client(),
                            conversation.id());
            }
            case SERVICE, TEMPORARY ->
                throw Refusal.of(
                        ErrorCode.CONVERSATION_READ_ONLY,
                        "\"%s\" is of kind %s, which clients do not change",
                        conversation.id(),
                        conversation.kind());
        }
    }

    private void announce(Caller caller, AttributeChange change, ObjectNode modified, Conversation after) {
        var updated = new ConversationUpdated(
                after.id(), change.plain(after.attributes()), modified, caller.actor(), after.updatedAt());
        if (after.kind() == Kind.CHAT_ROOM)
            rooms.deliver(after.key(), new Timed(updated, clock.millis()), false, caller.session());
        else notices.publish(caller.app().id(), after.members(), updated, caller.session());
    }

    public Reply query(Caller caller, Query query) {
        if (query.temporary().isEmpty())
            return new Reply.Conversations(queries.find(caller.app().id(), caller.client(), listedRoom(caller), query));
        List<Conversation> live = new ArrayList<>();
        for (ConversationId id : query.temporary())
            if (id.isTemporary()) find(caller.app(), id).ifPresent(live::add);
        return new Reply.Conversations(queries.page(caller.app().id(), live, query));
    }

    /// The clients of 2016 list the room they are in with their own conversations. Source: contradiction C-16.
    private Optional<ConversationId> listedRoom(Caller caller) {
        return caller.session()
                .filter(session -> session.capabilities().legacyJson())
                .flatMap(rooms::roomOf)
                .map(ConversationKey::id);
    }

    /// The same conversations as rows of a class.
    public ConversationClass asClass() {
        return new ConversationClass(store, queries, this, clock);
    }
}
