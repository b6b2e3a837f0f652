package io.parley.core.conversation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.core.command.AppId;
import io.parley.core.command.ClientId;
import io.parley.core.command.ConversationId;
import io.parley.core.command.ConversationKey;
import io.parley.core.command.Kind;
import io.parley.core.outbox.Job;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/// Conversations and their members. Thread-safe; every method may block. Each change is one atomic step, durable
/// on return, and moves `updatedAt` forward strictly.
public interface ConversationStore {

    /// Creates the conversation; or, when `uniqueId` is present, returns the live normal conversation of the app
    /// that was created unique and has exactly these members.
    ///
    /// @param jobs are added to the outbox with a new conversation
    Created create(NewConversation conversation, List<Job> jobs);

    default Created create(NewConversation conversation) {
        return create(conversation, List.of());
    }

    /// @param existing an equal unique conversation was found and is returned unchanged
    record Created(Conversation conversation, boolean existing) {}

    /// @param members with the creator, without duplicates
    /// @param uniqueId digest of the members, when the conversation is to be unique by them
    record NewConversation(
            ConversationKey key,
            Kind kind,
            Optional<ClientId> creator,
            ObjectNode attributes,
            Set<ClientId> members,
            Optional<String> uniqueId,
            Instant createdAt,
            Optional<Instant> expiresAt) {}

    /// Asked for every command: implementations keep recently used conversations in memory and answer without
    /// blocking then. What is returned is never older than the last change that returned.
    Optional<Conversation> find(ConversationKey key);

    /// Adds those who are not members yet. New members' read and delivery marks start at the newest message, so
    /// that nothing older counts as unread. `changed` is empty, and nothing is stored, when all were members
    /// already or when the conversation would have more than `limit` members (then `full` is true). Empty when
    /// there is no such conversation. A unique conversation's digest follows its members; it stops being unique
    /// when another one owns the new digest.
    ///
    /// @param jobs to be added to the outbox with those who were added; computes, and nothing else
    Optional<MembersChange> addMembers(
            ConversationKey key, List<ClientId> clients, int limit, Function<List<ClientId>, List<Job>> jobs);

    default Optional<MembersChange> addMembers(ConversationKey key, List<ClientId> clients, int limit) {
        return addMembers(key, clients, limit, added -> List.of());
    }

    /// Removes those who are members, with their mute flags and their read and delivery marks.
    ///
    /// @param jobs to be added to the outbox with the removal; computes, and nothing else
    Optional<MembersChange> removeMembers(
            ConversationKey key, List<ClientId> clients, Function<List<ClientId>, List<Job>> jobs);

    default Optional<MembersChange> removeMembers(ConversationKey key, List<ClientId> clients) {
        return removeMembers(key, clients, removed -> List.of());
    }

    /// @param changed who was really added or removed
    /// @param conversation after the change
    record MembersChange(List<ClientId> changed, Conversation conversation, boolean full) {}

    /// Switches offline push for a member. Empty when there is no such conversation.
    Optional<Conversation> mute(ConversationKey key, ClientId client, boolean muted);

    /// Replaces the attributes by `change.apply(current)`, atomically. `change` is a quick pure function that
    /// returns a new node; a [io.parley.core.command.Refusal] that it throws is passed on, and nothing is stored.
    /// Empty when there is no such conversation.
    Optional<Conversation> update(ConversationKey key, UnaryOperator<ObjectNode> change);

    /// Removes the conversation with its members, rules, subscriptions and messages: for everybody at once, in
    /// one step; the space is given back in many small ones before this returns. False when there is no such
    /// conversation.
    boolean delete(ConversationKey key);

    /// Conversations of the app, other than temporary ones, that have neither changed nor got a message since, in no
    /// particular order.
    List<ConversationKey> idle(AppId app, Instant since, int limit);

    /// Like [#delete], if the conversation is still idle; otherwise nothing happens and false is returned.
    boolean deleteIdle(ConversationKey key, Instant since);

    /// Hands conversations that may match a query to `visitor`, in no particular order, until it answers false.
    /// The visitor is called on the caller's thread and must not call this store.
    void visit(AppId app, Candidates candidates, Predicate<Found> visitor);

    /// @param lastMessageAt timestamp of the newest stored message, milliseconds since the epoch
    record Found(Conversation conversation, OptionalLong lastMessageAt) {}

    /// What an index can narrow a query to. Implementations may hand over more than asked for, never less.
    sealed interface Candidates {
        record ByIds(Set<ConversationId> ids) implements Candidates {}

        /// Those that all of them are members of, at least one.
        record OfMembers(Set<ClientId> members) implements Candidates {}

        /// For kinds of which there are few.
        record OfKind(Kind kind) implements Candidates {}

        record All() implements Candidates {}

        /// Ascending by id, by the bytes of its UTF-8 form.
        ///
        /// @param id only later ones; empty means from the first one on
        record After(String id) implements Candidates {}
    }
}
