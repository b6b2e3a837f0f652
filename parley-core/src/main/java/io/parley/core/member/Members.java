package io.parley.core.member;

import io.parley.core.app.App;
import io.parley.core.command.ClientId;
import io.parley.core.command.ConversationId;
import io.parley.core.command.ErrorCode;
import io.parley.core.command.Event.Joined;
import io.parley.core.command.Event.Left;
import io.parley.core.command.Event.MembersJoined;
import io.parley.core.command.Event.MembersLeft;
import io.parley.core.command.Kind;
import io.parley.core.command.MemberCommand.Add;
import io.parley.core.command.MemberCommand.IsMember;
import io.parley.core.command.MemberCommand.Mute;
import io.parley.core.command.MemberCommand.Remove;
import io.parley.core.command.Refusal;
import io.parley.core.command.Reply;
import io.parley.core.conversation.Conversation;
import io.parley.core.conversation.ConversationStore;
import io.parley.core.conversation.ConversationStore.MembersChange;
import io.parley.core.conversation.Conversations;
import io.parley.core.notice.Notices;
import io.parley.core.session.Session;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Who is in a conversation. Thread-safe; may block. Source: semantics 4.2.
public final class Members {
    private final ConversationStore store;
    private final Conversations conversations;
    private final Notices notices;

    public Members(ConversationStore store, Conversations conversations, Notices notices) {
        this.store = store;
        this.conversations = conversations;
        this.notices = notices;
    }

    /// Adding oneself is joining, which anybody may.
    public Reply add(Session caller, Add add) {
        List<ClientId> clients = orSelf(caller, add.members());
        Conversation conversation = changeable(caller, add.conversation(), clients);
        App app = caller.app();
        MembersChange change = store.addMembers(
                        conversation.key(), clients, app.settings().maxMembers())
                .orElseThrow(() -> Conversations.notFound(conversation.id()));
        if (change.full())
            throw Refusal.of(
                    ErrorCode.CONVERSATION_FULL,
                    "a conversation has at most %d members; it has %d, and %d were to be added",
                    app.settings().maxMembers(),
                    conversation.members().size(),
                    clients.size());
        Conversation after = conversations.remember(change.conversation());
        List<ClientId> added = change.changed();
        if (!added.isEmpty()) {
            ClientId by = caller.client();
            notices.publish(
                    app.id(),
                    added,
                    new Joined(after.id(), after.kind(), by, after.updatedAt(), Duration.ZERO),
                    Optional.empty());
            notices.publish(
                    app.id(),
                    after.members(),
                    new MembersJoined(after.id(), after.kind(), added, by, after.updatedAt()),
                    Optional.empty());
        }
        return new Reply.MembersChanged(after.id(), true, clients, List.of(), after.updatedAt());
    }

    /// Removing oneself is leaving.
    public Reply remove(Session caller, Remove remove) {
        List<ClientId> clients = orSelf(caller, remove.members());
        Conversation conversation = changeable(caller, remove.conversation(), clients);
        MembersChange change = store.removeMembers(conversation.key(), clients)
                .orElseThrow(() -> Conversations.notFound(conversation.id()));
        Conversation after = conversations.remember(change.conversation());
        List<ClientId> removed = change.changed();
        if (!removed.isEmpty()) {
            ClientId by = caller.client();
            notices.publish(caller.app().id(), removed, new Left(after.id(), by, after.updatedAt()), Optional.empty());
            notices.publish(
                    caller.app().id(),
                    after.members(),
                    new MembersLeft(after.id(), removed, by, after.updatedAt()),
                    Optional.empty());
        }
        return new Reply.MembersChanged(after.id(), false, clients, List.of(), after.updatedAt());
    }

    private static List<ClientId> orSelf(Session caller, List<ClientId> members) {
        return members.isEmpty()
                ? List.of(caller.client())
                : members.stream().distinct().toList();
    }

    private Conversation changeable(Session caller, ConversationId id, List<ClientId> clients) {
        Conversation conversation = conversations.get(caller.app(), id);
        if (conversation.kind() != Kind.NORMAL)
            throw Refusal.of(ErrorCode.NORMAL_CONVERSATION_REQUIRED, "\"%s\" is of kind %s", id, conversation.kind());
        boolean onlySelf = clients.equals(List.of(caller.client()));
        if (!onlySelf && !conversation.hasMember(caller.client()))
            throw Refusal.of(
                    ErrorCode.CONVERSATION_MEMBERSHIP_REQUIRED,
                    "\"%s\" is not a member of \"%s\" and changes no other members there",
                    caller.client(),
                    id);
        return conversation;
    }

    public Reply mute(Session caller, Mute mute) {
        Conversation conversation = conversations.get(caller.app(), mute.conversation());
        if (!conversation.hasMember(caller.client()))
            throw Refusal.of(
                    ErrorCode.CONVERSATION_MEMBERSHIP_REQUIRED,
                    "\"%s\" is not a member of \"%s\"",
                    caller.client(),
                    conversation.id());
        Conversation after = conversations.remember(store.mute(conversation.key(), caller.client(), mute.muted())
                .orElseThrow(() -> Conversations.notFound(conversation.id())));
        return new Reply.Muted(after.id(), after.updatedAt());
    }

    public Reply isMember(Session caller, IsMember question) {
        Map<ConversationId, Boolean> answers = new LinkedHashMap<>();
        for (ConversationId id : question.conversations())
            answers.put(
                    id,
                    conversations
                            .find(caller.app(), id)
                            .filter(conversation -> conversation.hasMember(caller.client()))
                            .isPresent());
        return new Reply.Membership(answers);
    }
}
