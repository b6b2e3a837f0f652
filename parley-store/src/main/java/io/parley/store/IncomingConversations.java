package io.parley.store;

import io.parley.core.command.AppId;
import io.parley.core.command.ClientId;
import io.parley.core.command.ConversationKey;
import io.parley.core.conversation.Conversation;
import io.parley.core.intake.IncomingConversation;
import io.parley.core.intake.IntakeStore.Outcome;
import io.parley.store.ConversationRows.Numbered;
import io.parley.store.Heads.Head;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Adds conversations of other servers, or brings known ones up to them. Runs on the writer's thread.
final class IncomingConversations {
    private IncomingConversations() {}

    /// What was done.
    ///
    /// @param now the conversation after a change that caches must learn of
    /// @param markedFrom where the marks of those who came start
    record Taken(Outcome outcome, Optional<Numbered> now, List<ClientId> came, List<ClientId> went, long markedFrom) {
        static Taken simply(Outcome outcome) {
            return new Taken(outcome, Optional.empty(), List.of(), List.of(), 0);
        }
    }

    static Taken take(Db db, Heads heads, AppId app, IncomingConversation incoming) throws SQLException {
        ConversationKey key = new ConversationKey(app, incoming.id());
        Optional<Numbered> before = ConversationRows.find(db, key);
        if (before.isEmpty()) {
            insert(db, heads, app, incoming);
            return Taken.simply(Outcome.ADDED);
        }
        if (!incoming.updatedAt().isAfter(before.get().conversation().updatedAt())) return Taken.simply(Outcome.KNOWN);
        return change(db, heads, incoming, before.get());
    }

    private static void insert(Db db, Heads heads, AppId app, IncomingConversation incoming) throws SQLException {
        db.update(
                "INSERT INTO conversation (app, id, kind, creator, attributes, unique_id, created_at, updated_at)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                app.value(),
                incoming.id().value(),
                incoming.kind().number(),
                incoming.creator().map(ClientId::value).orElse(null),
                incoming.attributes().toString(),
                incoming.uniqueId().orElse(null),
                incoming.createdAt().toEpochMilli(),
                incoming.updatedAt().toEpochMilli());
        long number = db.number("SELECT last_insert_rowid()");
        ConversationRows.insertMembers(db, app, number, incoming.members(), 0, incoming.lastMessageAt());
        mute(db, number, incoming.muted());
        raise(db, heads, number, incoming);
    }

    private static void mute(Db db, long number, Set<ClientId> muted) throws SQLException {
        for (ClientId client : muted)
            db.update("UPDATE member SET muted = 1 WHERE conversation = ? AND client = ?", number, client.value());
    }

    /// The time of the last message outlives the message. Where somebody has written, the messages tell.
    private static void raise(Db db, Heads heads, long number, IncomingConversation incoming) throws SQLException {
        Head head = heads.get(db, number);
        if (head.position() == 0 && incoming.lastMessageAt() > head.timestamp())
            heads.raise(head, incoming.lastMessageAt());
    }

    private static Taken change(Db db, Heads heads, IncomingConversation incoming, Numbered before)
            throws SQLException {
        long number = before.number();
        Conversation old = before.conversation();
        db.update(
                "UPDATE conversation SET kind = ?, creator = ?, attributes = ?, unique_id = ?, created_at = ?,"
                        + " updated_at = ? WHERE number = ?",
                incoming.kind().number(),
                incoming.creator().map(ClientId::value).orElse(null),
                incoming.attributes().toString(),
                incoming.uniqueId().orElse(null),
                incoming.createdAt().toEpochMilli(),
                incoming.updatedAt().toEpochMilli(),
                number);
        raise(db, heads, number, incoming);
        List<ClientId> went = new ArrayList<>(old.members());
        went.removeAll(incoming.members());
        for (ClientId client : went)
            db.update("DELETE FROM member WHERE conversation = ? AND client = ?", number, client.value());
        Set<ClientId> came = new LinkedHashSet<>(incoming.members());
        came.removeAll(old.members());
        long head = heads.get(db, number).timestamp();
        AppId app = old.key().app();
        ConversationRows.insertMembers(db, app, number, came, ConversationRows.nextOrdinal(db, number), head);
        db.update("UPDATE member SET muted = 0 WHERE conversation = ? AND muted = 1", number);
        mute(db, number, incoming.muted());
        order(db, number, incoming);
        return new Taken(Outcome.CHANGED, ConversationRows.find(db, old.key()), List.copyOf(came), went, head);
    }

    private static void order(Db db, long number, IncomingConversation incoming) throws SQLException {
        int ordinal = 0;
        for (ClientId client : incoming.members())
            db.update(
                    "UPDATE member SET ordinal = ? WHERE conversation = ? AND client = ?",
                    ordinal++,
                    number,
                    client.value());
    }
}
