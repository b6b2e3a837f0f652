package io.parley.core.member;

import io.parley.core.command.AppId;
import io.parley.core.command.ClientId;
import io.parley.core.command.ConversationCommand.Count;
import io.parley.core.command.ConversationId;
import io.parley.core.command.ErrorCode;
import io.parley.core.command.Event.Joined;
import io.parley.core.command.Event.Left;
import io.parley.core.command.Event.MembersJoined;
import io.parley.core.command.Event.MembersLeft;
import io.parley.core.command.Kind;
import io.parley.core.command.MemberCommand.Add;
import io.parley.core.command.MemberCommand.IsMember;
import io.parley.core.command.MemberCommand.ListOnline;
import io.parley.core.command.MemberCommand.Mute;
import io.parley.core.command.MemberCommand.MuteMembers;
import io.parley.core.command.MemberCommand.Remove;
import io.parley.core.command.Refusal;
import io.parley.core.command.Reply;
import io.parley.core.command.Role;
import io.parley.core.conversation.Conversation;
import io.parley.core.conversation.ConversationStore;
import io.parley.core.conversation.ConversationStore.MembersChange;
import io.parley.core.conversation.Conversations;
import io.parley.core.hook.ConversationHooks;
import io.parley.core.moderation.Moderation;
import io.parley.core.moderation.Rules;
import io.parley.core.notice.Notices;
import io.parley.core.outbox.Job;
import io.parley.core.room.Rooms;
import io.parley.core.session.Caller;
import io.parley.core.session.Session;
import io.parley.core.session.Sessions;
import io.parley.core.signature.Signatures;
import io.parley.core.subscription.Subscriptions;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/// Who is in a conversation. Thread-safe; may block. Source: semantics 4.2.
public final class Members {
    private final ConversationStore store;
    private final Conversations conversations;
    private final Moderation moderation;
    private final Rooms rooms;
    private final Subscriptions subscriptions;
    private final Signatures signatures;
    private final Sessions sessions;
    private final Notices notices;
    private final ConversationHooks hooks;

    public Members(
            ConversationStore store,
            Conversations conversations,
            Moderation moderation,
            Rooms rooms,
            Subscriptions subscriptions,
            Signatures signatures,
            Sessions sessions,
            Notices notices,
            ConversationHooks hooks) {
        this.hooks = hooks;
        this.store = store;
        this.conversations = conversations;
        this.moderation = moderation;
        this.rooms = rooms;
        this.subscriptions = subscriptions;
        this.signatures = signatures;
        this.sessions = sessions;
        this.notices = notices;
    }

    /// Adding oneself is joining, which anybody may who is not blocked.
    public Reply add(Caller caller, Add add) {
        List<ClientId> clients = orSelf(caller, add.members());
        Conversation conversation = conversations.get(caller.app(), add.conversation());
        if (caller.app().settings().conversationSignature()
                && !caller.isApplication()
                && conversation.kind() != Kind.TEMPORARY)
            signatures.checkInvite(caller.app(), caller.client(), conversation.id(), clients, add.signature());
        return switch (conversation.kind()) {
            case NORMAL -> addMembers(caller, conversation, clients);
            case CHAT_ROOM -> addListeners(caller, conversation, clients);
            case SERVICE -> subscribe(caller, conversation, clients);
            case TEMPORARY -> throw wrongKind(conversation);
        };
    }

    private Reply addMembers(Caller caller, Conversation conversation, List<ClientId> clients) {
        checkMayChangeOthers(caller, conversation, clients);
        if (!caller.isApplication() && !isSelf(caller, clients)) checkRoleForAdding(caller, conversation);
        Predicate<ClientId> barred = barred(caller, conversation, clients);
        List<ClientId> allowed = clients.stream().filter(barred.negate()).toList();
        List<Reply.Failed> failed = failed(ErrorCode.BLOCKED_BY_CONV, clients, barred);
        refuseInsteadOfFailing(caller, clients, failed);
        askAdd(caller, conversation, allowed);
        MembersChange change = store.addMembers(
                        conversation.key(), allowed, caller.app().settings().maxMembers(), added(caller, conversation))
                .orElseThrow(() -> Conversations.notFound(conversation.id()));
        if (change.full())
            throw Refusal.of(
                    ErrorCode.CONVERSATION_FULL,
                    "a conversation has at most %d members; it has %d, and %d were to be added",
                    caller.app().settings().maxMembers(),
                    conversation.members().size(),
                    clients.size());
        Conversation after = change.conversation();
        if (!change.changed().isEmpty()) announceJoined(caller, after, change.changed());
        return new Reply.MembersChanged(after.id(), true, allowed, failed, after.updatedAt());
    }

    /// What the application does itself, its hooks are not asked about. Source: semantics 10.2.
    private void askAdd(Caller caller, Conversation conversation, List<ClientId> clients) {
        if (!caller.isApplication()) hooks.add(caller.app(), caller.client(), conversation.id(), clients);
    }

    private Function<List<ClientId>, List<Job>> added(Caller caller, Conversation conversation) {
        return caller.isApplication()
                ? clients -> List.of()
                : hooks.added(caller.app(), caller.client(), conversation.id());
    }

    /// Who quits by itself is not held. Source: semantics 10.4.
    private void askRemove(Caller caller, Conversation conversation, List<ClientId> clients) {
        if (!caller.isApplication() && !isSelf(caller, clients))
            hooks.remove(caller.app(), caller.client(), conversation.id(), clients);
    }

    private Function<List<ClientId>, List<Job>> removed(Caller caller, Conversation conversation) {
        return caller.isApplication()
                ? clients -> List.of()
                : hooks.removed(caller.app(), caller.client(), conversation.id());
    }

    /// Who is kept out by the conversation, or keeps away from it: the latter may still come by itself, and stays when
    /// it is in. Source: semantics 8.3
    private Predicate<ClientId> barred(Caller caller, Conversation conversation, List<ClientId> clients) {
        Rules rules = moderation.rules(conversation.key());
        if (rules.refusing().isEmpty() || isSelf(caller, clients)) return rules.blocked()::contains;
        return client -> rules.blocked().contains(client)
                || (rules.refusing().contains(client) && !conversation.hasMember(client));
    }

    private void announceJoined(Caller caller, Conversation after, List<ClientId> added) {
        AppId app = caller.app().id();
        Optional<ClientId> by = caller.actor();
        notices.publish(
                app,
                added,
                new Joined(after.id(), after.kind(), by, after.updatedAt(), Duration.ZERO),
                Optional.empty());
        notices.publish(
                app,
                after.members(),
                new MembersJoined(after.id(), after.kind(), added, by, after.updatedAt()),
                Optional.empty());
    }

    /// Joining a room makes the session a listener. The clients of 2016 could also put others in, as far as they were
    /// online. Source: semantics 4.3, contradiction C-10.
    private Reply addListeners(Caller caller, Conversation room, List<ClientId> clients) {
        checkRoomInvite(caller, room, clients);
        Set<ClientId> blocked = moderation.rules(room.key()).blocked();
        List<Reply.Failed> failed = failed(ErrorCode.BLOCKED_BY_CONV, clients, blocked::contains);
        refuseInsteadOfFailing(caller, clients, failed);
        List<ClientId> allowed =
                clients.stream().filter(client -> !blocked.contains(client)).toList();
        askAdd(caller, room, allowed);
        for (ClientId client : allowed) {
            if (client.equals(caller.client())) rooms.join(caller.requireSession(), room.key());
            else for (Session session : sessions.of(caller.app().id(), client)) rooms.join(session, room.key());
        }
        hooks.tell(added(caller, room).apply(allowed));
        return new Reply.MembersChanged(room.id(), true, allowed, failed, room.updatedAt());
    }

    /// Removing oneself is leaving.
    public Reply remove(Caller caller, Remove remove) {
        List<ClientId> clients = orSelf(caller, remove.members());
        Conversation conversation = conversations.get(caller.app(), remove.conversation());
        // Leaving is never signed: Java cannot. Source: semantics 11.1
        if (caller.app().settings().conversationSignature() && !caller.isApplication() && !isSelf(caller, clients))
            signatures.checkKick(caller.app(), caller.client(), conversation.id(), clients, remove.signature());
        return switch (conversation.kind()) {
            case NORMAL -> removeMembers(caller, conversation, clients);
            case CHAT_ROOM -> removeListeners(caller, conversation, clients);
            case SERVICE -> unsubscribe(caller, conversation, clients);
            case TEMPORARY -> throw wrongKind(conversation);
        };
    }

    private Reply removeMembers(Caller caller, Conversation conversation, List<ClientId> clients) {
        checkMayChangeOthers(caller, conversation, clients);
        boolean roles = caller.app().settings().roles() && !caller.isApplication();
        Predicate<ClientId> owner =
                client -> roles && conversation.creator().filter(client::equals).isPresent();
        if (roles && !isSelf(caller, clients)) checkRoleForRemoving(caller, conversation, clients, owner);
        List<Reply.Failed> failed = failed(ErrorCode.CONVERSATION_NEED_OWNER, clients, owner);
        refuseInsteadOfFailing(caller, clients, failed);
        List<ClientId> allowed = clients.stream().filter(owner.negate()).toList();
        askRemove(caller, conversation, allowed);
        MembersChange change = store.removeMembers(conversation.key(), allowed, removed(caller, conversation))
                .orElseThrow(() -> Conversations.notFound(conversation.id()));
        moderation.forget(conversation.key()); // who leaves loses the role
        Conversation after = change.conversation();
        if (!change.changed().isEmpty()) announceLeft(caller, after, change.changed());
        return new Reply.MembersChanged(after.id(), false, allowed, failed, after.updatedAt());
    }

    private void announceLeft(Caller caller, Conversation after, List<ClientId> removed) {
        AppId app = caller.app().id();
        Optional<ClientId> by = caller.actor();
        notices.publish(app, removed, new Left(after.id(), by, after.updatedAt()), Optional.empty());
        notices.publish(
                app, after.members(), new MembersLeft(after.id(), removed, by, after.updatedAt()), Optional.empty());
    }

    private Reply removeListeners(Caller caller, Conversation room, List<ClientId> clients) {
        checkRoomInvite(caller, room, clients);
        askRemove(caller, room, clients);
        for (ClientId client : clients) {
            if (client.equals(caller.client())) rooms.leave(caller.requireSession(), room.key());
            else for (Session session : sessions.of(caller.app().id(), client)) rooms.leave(session, room.key());
        }
        hooks.tell(removed(caller, room).apply(clients));
        return new Reply.MembersChanged(room.id(), false, clients, List.of(), room.updatedAt());
    }

    private Reply subscribe(Caller caller, Conversation service, List<ClientId> clients) {
        checkOnlySelf(caller, service, clients);
        askAdd(caller, service, clients);
        subscriptions.subscribe(service, caller.client());
        hooks.tell(added(caller, service).apply(clients));
        return new Reply.MembersChanged(service.id(), true, clients, List.of(), service.updatedAt());
    }

    private Reply unsubscribe(Caller caller, Conversation service, List<ClientId> clients) {
        checkOnlySelf(caller, service, clients);
        subscriptions.unsubscribe(service, caller.client());
        hooks.tell(removed(caller, service).apply(clients));
        return new Reply.MembersChanged(service.id(), false, clients, List.of(), service.updatedAt());
    }

    private static void checkOnlySelf(Caller caller, Conversation service, List<ClientId> clients) {
        if (!isSelf(caller, clients))
            throw Refusal.of(
                    ErrorCode.NORMAL_CONVERSATION_REQUIRED,
                    "\"%s\" is a service conversation: clients subscribe and unsubscribe by themselves",
                    service.id());
    }

    private static boolean isSelf(Caller caller, List<ClientId> clients) {
        return caller.session().isPresent() && clients.equals(List.of(caller.client()));
    }

    private static Refusal wrongKind(Conversation conversation) {
        return Refusal.of(
                ErrorCode.NORMAL_CONVERSATION_REQUIRED,
                "\"%s\" is of kind %s, whose members do not change",
                conversation.id(),
                conversation.kind());
    }

    private static void checkRoomInvite(Caller caller, Conversation room, List<ClientId> clients) {
        if (isSelf(caller, clients)) return;
        boolean allowed = !caller.isApplication() && invitesAllowed(caller);
        if (!allowed)
            throw Refusal.of(
                    ErrorCode.NORMAL_CONVERSATION_REQUIRED,
                    "\"%s\" is a chat room: clients join and leave it by themselves",
                    room.id());
    }

    private static boolean invitesAllowed(Caller caller) {
        return caller.app()
                .settings()
                .roomInvites()
                .allow(caller.session()
                        .filter(session -> session.capabilities().legacyJson())
                        .isPresent());
    }

    private static void checkMayChangeOthers(Caller caller, Conversation conversation, List<ClientId> clients) {
        if (!caller.isApplication() && !isSelf(caller, clients) && !conversation.hasMember(caller.client()))
            throw Refusal.of(
                    ErrorCode.CONVERSATION_MEMBERSHIP_REQUIRED,
                    "\"%s\" is not a member of \"%s\" and changes no other members there",
                    caller.client(),
                    conversation.id());
    }

    private void checkRoleForAdding(Caller caller, Conversation conversation) {
        if (caller.app().settings().roles()
                && !caller.app().settings().membersMayAdd()
                && moderation.role(conversation, caller.client()) == Role.MEMBER)
            throw Refusal.of(
                    ErrorCode.CONVERSATION_OPERATION_UNAUTHORIZED,
                    "only the owner and managers add members to \"%s\"",
                    conversation.id());
    }

    private void checkRoleForRemoving(
            Caller caller, Conversation conversation, List<ClientId> clients, Predicate<ClientId> owner) {
        Role own = moderation.role(conversation, caller.client());
        for (ClientId client : clients)
            if (own == Role.MEMBER
                    || (!owner.test(client)
                            && !client.equals(caller.client())
                            && !own.isAbove(moderation.role(conversation, client))))
                throw Refusal.of(
                        ErrorCode.CONVERSATION_OPERATION_UNAUTHORIZED,
                        "as %s, \"%s\" does not remove \"%s\" from \"%s\"",
                        own.wireName(),
                        caller.client(),
                        client,
                        conversation.id());
    }

    private static List<Reply.Failed> failed(ErrorCode code, List<ClientId> clients, Predicate<ClientId> which) {
        List<ClientId> failed = clients.stream().filter(which).toList();
        return failed.isEmpty() ? List.of() : List.of(new Reply.Failed(code, failed));
    }

    /// SDKs that do not understand a partial failure get a refusal of the whole. So does who joins or leaves, since
    /// Java overlooks a failure there. Source: protocol 4.2.6, bit 5; 4.3.2
    private static void refuseInsteadOfFailing(Caller caller, List<ClientId> clients, List<Reply.Failed> failed) {
        if (!failed.isEmpty() && (!understandsPartialFailures(caller) || isSelf(caller, clients)))
            throw Refusal.of(
                    failed.getFirst().code(),
                    "refused for %s",
                    failed.getFirst().clients());
    }

    private static boolean understandsPartialFailures(Caller caller) {
        return caller.session()
                .filter(session -> session.capabilities().partialFailures())
                .isPresent();
    }

    private static List<ClientId> orSelf(Caller caller, List<ClientId> members) {
        return members.isEmpty()
                ? List.of(caller.client())
                : members.stream().distinct().toList();
    }

    public Reply listOnline(Caller caller, ListOnline question) {
        Conversation room = conversations.get(caller.app(), question.conversation());
        if (room.kind() != Kind.CHAT_ROOM)
            throw Refusal.of(ErrorCode.TRANSIENT_CONVERSATION_REQUIRED, "\"%s\" is not a chat room", room.id());
        return new Reply.OnlineMembers(
                room.id(),
                rooms.online(room.key()).stream().limit(question.limit()).toList());
    }

    public Reply count(Caller caller, Count count) {
        Conversation conversation = conversations.get(caller.app(), count.conversation());
        return new Reply.Counted(
                conversation.id(),
                switch (conversation.kind()) {
                    case CHAT_ROOM -> rooms.online(conversation.key()).size();
                    case SERVICE -> Math.toIntExact(subscriptions.count(conversation));
                    case NORMAL, TEMPORARY -> conversation.members().size();
                });
    }

    public Reply mute(Caller caller, Mute mute) {
        Conversation conversation = conversations.get(caller.app(), mute.conversation());
        // A room has no push to switch off; the call is accepted and means nothing. Source: semantics 4.1
        if (conversation.kind() == Kind.CHAT_ROOM) return new Reply.Muted(conversation.id(), conversation.updatedAt());
        if (conversation.kind() == Kind.SERVICE) {
            subscriptions.mute(conversation, caller.client(), mute.muted());
            return new Reply.Muted(conversation.id(), conversation.updatedAt());
        }
        if (!conversation.hasMember(caller.client()))
            throw Refusal.of(
                    ErrorCode.CONVERSATION_MEMBERSHIP_REQUIRED,
                    "\"%s\" is not a member of \"%s\"",
                    caller.client(),
                    conversation.id());
        boolean muted = caller.isApplication()
                ? mute.muted()
                : hooks.mute(caller.app(), caller.client(), conversation.id(), mute.muted());
        Conversation after = store.mute(conversation.key(), caller.client(), muted)
                .orElseThrow(() -> Conversations.notFound(conversation.id()));
        return new Reply.Muted(after.id(), after.updatedAt());
    }

    /// Source: rest 6, C8, C9.
    public Reply muteMembers(Caller caller, MuteMembers mute) {
        Conversation conversation = conversations.get(caller.app(), mute.conversation());
        if (conversation.kind() != Kind.NORMAL && conversation.kind() != Kind.TEMPORARY) throw wrongKind(conversation);
        Conversation after = conversation;
        for (ClientId member : mute.members())
            if (conversation.hasMember(member))
                after = store.mute(conversation.key(), member, mute.muted())
                        .orElseThrow(() -> Conversations.notFound(conversation.id()));
        return new Reply.Muted(after.id(), after.updatedAt());
    }

    public Reply isMember(Caller caller, IsMember question) {
        Map<ConversationId, Boolean> answers = new LinkedHashMap<>();
        for (ConversationId id : question.conversations())
            answers.put(
                    id,
                    conversations
                            .find(caller.app(), id)
                            .filter(conversation -> isIn(conversation, caller.client()))
                            .isPresent());
        return new Reply.Membership(answers);
    }

    private boolean isIn(Conversation conversation, ClientId client) {
        return conversation.kind() == Kind.SERVICE
                ? subscriptions.isSubscribed(conversation, client)
                : conversation.hasMember(client);
    }
}
