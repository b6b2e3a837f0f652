package io.parley.core.moderation;

import io.parley.core.command.AppId;
import io.parley.core.command.ClientId;
import io.parley.core.command.ClientKey;
import io.parley.core.command.ConversationId;
import io.parley.core.command.ConversationKey;
import io.parley.core.command.ErrorCode;
import io.parley.core.command.Event.Blocked;
import io.parley.core.command.Event.Left;
import io.parley.core.command.Event.MembersBlocked;
import io.parley.core.command.Event.MembersLeft;
import io.parley.core.command.Kind;
import io.parley.core.command.ModerationCommand.Block;
import io.parley.core.command.ModerationCommand.CheckBlocked;
import io.parley.core.command.ModerationCommand.ListBlocked;
import io.parley.core.command.ModerationCommand.ListRefused;
import io.parley.core.command.ModerationCommand.Refuse;
import io.parley.core.command.Refusal;
import io.parley.core.command.Reply;
import io.parley.core.conversation.Conversation;
import io.parley.core.conversation.ConversationStore;
import io.parley.core.conversation.ConversationStore.MembersChange;
import io.parley.core.conversation.Conversations;
import io.parley.core.notice.Notices;
import io.parley.core.room.Rooms;
import io.parley.core.session.Caller;
import io.parley.core.signature.Signatures;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Clients that a conversation keeps out. Thread-safe; may block. Source: semantics 8.3.
public final class Blacklists {
    private final Moderation moderation;
    private final ModerationStore store;
    private final ConversationStore members;
    private final Rooms rooms;
    private final Leaving services;
    private final Signatures signatures;
    private final Notices notices;

    /// How a client stops subscribing to a service conversation.
    @FunctionalInterface
    public interface Leaving {
        void unsubscribe(ConversationKey service, ClientId client);
    }

    public Blacklists(
            Moderation moderation,
            ModerationStore store,
            ConversationStore members,
            Rooms rooms,
            Leaving services,
            Signatures signatures,
            Notices notices) {
        this.moderation = moderation;
        this.store = store;
        this.members = members;
        this.rooms = rooms;
        this.services = services;
        this.signatures = signatures;
        this.notices = notices;
    }

    public Reply block(Caller caller, Block command) {
        Conversation conversation = listed(caller, command.conversation());
        if (caller.app().settings().blacklistSignature() && !caller.isApplication())
            signatures.checkBlacklist(
                    caller.app(),
                    caller.client(),
                    conversation.id(),
                    command.targets(),
                    command.blocked(),
                    command.signature());
        // Without roles every member is as good as another.
        if (caller.app().settings().roles() && !caller.isApplication())
            moderation.checkAbove(caller, conversation, command.targets());
        if (command.blocked()) enter(caller, conversation, command.targets());
        else unblock(caller, conversation, command.targets());
        return new Reply.Blocked(conversation.id(), command.blocked(), command.targets(), List.of());
    }

    private void enter(Caller caller, Conversation conversation, List<ClientId> targets) {
        Moderation.checkRoom(
                moderation.rules(conversation.key()).blocked(),
                targets,
                Moderation.limit(conversation, caller.app().settings().maxBlocked()),
                ErrorCode.BLACKLIST_FULL);
        store.block(conversation.key(), targets, true);
        MembersChange change = members.removeMembers(conversation.key(), targets)
                .orElseThrow(() -> Conversations.notFound(conversation.id()));
        moderation.forget(conversation.key()); // their roles are gone, too
        rooms.expel(conversation.key(), targets);
        if (conversation.kind() == Kind.SERVICE)
            for (ClientId target : targets) services.unsubscribe(conversation.key(), target);
        Conversation after = change.conversation();
        AppId app = caller.app().id();
        Optional<ClientId> by = caller.actor();
        notices.publish(app, targets, new Blocked(after.id(), true, by, after.updatedAt()), Optional.empty());
        notices.publish(app, change.changed(), new Left(after.id(), by, after.updatedAt()), Optional.empty());
        notices.publish(
                app,
                after.members(),
                new MembersBlocked(after.id(), targets, true, by, after.updatedAt()),
                Optional.empty());
        if (!change.changed().isEmpty())
            notices.publish(
                    app,
                    after.members(),
                    new MembersLeft(after.id(), change.changed(), by, after.updatedAt()),
                    Optional.empty());
    }

    private void unblock(Caller caller, Conversation conversation, List<ClientId> targets) {
        store.block(conversation.key(), targets, false);
        moderation.forget(conversation.key());
        AppId app = caller.app().id();
        notices.publish(
                app,
                targets,
                new Blocked(conversation.id(), false, caller.actor(), moderation.now()),
                Optional.empty());
        notices.publish(
                app,
                conversation.members(),
                new MembersBlocked(conversation.id(), targets, false, caller.actor(), moderation.now()),
                Optional.empty());
    }

    public Reply list(Caller caller, ListBlocked command) {
        Conversation conversation = listed(caller, command.conversation());
        List<ClientId> all = List.copyOf(moderation.rules(conversation.key()).blocked());
        return new Reply.BlockedList(
                conversation.id(), Moderation.slice(all, command.page()), Moderation.next(all, command.page()));
    }

    public Reply check(Caller caller, CheckBlocked command) {
        Conversation conversation = listed(caller, command.conversation());
        Set<ClientId> blocked = moderation.rules(conversation.key()).blocked();
        return new Reply.BlockedChecked(
                conversation.id(),
                command.clients().stream().filter(blocked::contains).toList());
    }

    private Conversation listed(Caller caller, ConversationId id) {
        checkOn(caller);
        Conversation conversation = moderation.conversation(caller, id);
        // A service conversation is the application's; clients have no say in it.
        return conversation.kind() == Kind.SERVICE && caller.isApplication()
                ? conversation
                : moderation.visible(caller, id);
    }

    private static void checkOn(Caller caller) {
        if (!caller.app().settings().blacklist()) throw Refusal.of(ErrorCode.BLACKLIST_FEATURE_DISABLED);
    }

    /// A client does not want to be brought into a conversation. Source: rest 9, K7.
    public Reply refuse(Caller caller, Refuse command) {
        checkOn(caller);
        Conversation conversation = moderation.conversation(caller, command.conversation());
        store.refuse(conversation.key(), command.client(), command.refused());
        moderation.forget(conversation.key());
        return new Reply.Done();
    }

    public Reply listRefused(Caller caller, ListRefused command) {
        checkOn(caller);
        List<ConversationId> all = store.refused(new ClientKey(caller.app().id(), command.client()));
        return new Reply.RefusedList(Moderation.slice(all, command.page()), Moderation.next(all, command.page()));
    }
}
