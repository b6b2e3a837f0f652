package io.parley.store;

import io.parley.core.command.ClientId;
import io.parley.core.command.ClientKey;
import io.parley.core.command.ConversationId;
import io.parley.core.command.ConversationKey;
import io.parley.core.command.Role;
import io.parley.core.moderation.GivenRole;
import io.parley.core.moderation.ModerationStore;
import io.parley.core.moderation.Rules;
import io.parley.store.ConversationRows.Numbered;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Roles, silenced clients and blacklists on SQLite. Thread-safe.
final class SqliteModerationStore implements ModerationStore {
    private final Writer writer;
    private final Readers readers;
    private final KnownConversations known;
    private final Clock clock;

    SqliteModerationStore(Writer writer, Readers readers, KnownConversations known, Clock clock) {
        this.clock = clock;
        this.writer = writer;
        this.readers = readers;
        this.known = known;
    }

    @Override
    public Rules find(ConversationKey conversation) {
        Optional<Numbered> numbered = known.find(conversation);
        if (numbered.isEmpty()) return Rules.NONE;
        long number = numbered.get().number();
        return readers.read("reading rules of " + conversation, db -> rules(db, number));
    }

    private static Rules rules(Db db, long number) throws SQLException {
        Map<ClientId, GivenRole> roles = new LinkedHashMap<>();
        db.each(
                "SELECT client, role, created_at, updated_at FROM member_role WHERE conversation = ?",
                row -> {
                    ClientId client = new ClientId(row.getString(1));
                    Instant created = Instant.ofEpochMilli(row.getLong(3));
                    Instant updated = Instant.ofEpochMilli(row.getLong(4));
                    Role.named(row.getString(2))
                            .ifPresent(role -> roles.put(client, new GivenRole(role, created, updated)));
                    return true;
                },
                number);
        Map<ClientId, Instant> until = new HashMap<>();
        db.each(
                "SELECT client, until FROM silenced_until WHERE conversation = ?",
                row -> {
                    until.put(new ClientId(row.getString(1)), Instant.ofEpochMilli(row.getLong(2)));
                    return true;
                },
                number);
        return new Rules(
                Collections.unmodifiableMap(roles),
                clients(db, "SELECT client FROM silenced WHERE conversation = ? ORDER BY ordinal", number),
                clients(db, "SELECT client FROM blocked WHERE conversation = ? ORDER BY ordinal", number),
                Map.copyOf(until),
                clients(db, "SELECT client FROM refusal WHERE conversation = ? ORDER BY ordinal", number));
    }

    private static Set<ClientId> clients(Db db, String sql, long number) throws SQLException {
        return Collections.unmodifiableSet(
                new LinkedHashSet<>(db.list(sql, row -> new ClientId(row.getString(1)), number)));
    }

    private interface Change {
        void apply(Db db, long number) throws SQLException;
    }

    private Rules change(ConversationKey conversation, String doing, Change change) {
        Optional<Numbered> numbered = known.find(conversation);
        if (numbered.isEmpty()) return Rules.NONE;
        long number = numbered.get().number();
        return writer.run(Step.of(doing + " " + conversation, db -> {
            change.apply(db, number);
            return rules(db, number);
        }));
    }

    @Override
    public Rules setRole(ConversationKey conversation, ClientId client, Role role) {
        return change(conversation, "setting a role in", (db, number) -> {
            if (role == Role.MEMBER)
                db.update("DELETE FROM member_role WHERE conversation = ? AND client = ?", number, client.value());
            else
                db.update(
                        "INSERT INTO member_role (conversation, client, role, created_at, updated_at)"
                                + " VALUES (?1, ?2, ?3, ?4, ?4) ON CONFLICT (conversation, client)"
                                + " DO UPDATE SET role = ?3, updated_at = ?4 WHERE role <> ?3",
                        number,
                        client.value(),
                        role.wireName(),
                        clock.millis());
        });
    }

    @Override
    public Rules silence(ConversationKey conversation, Collection<ClientId> clients, boolean silenced) {
        String sql = silenced
                ? "INSERT OR IGNORE INTO silenced (conversation, client) VALUES (?, ?)"
                : "DELETE FROM silenced WHERE conversation = ? AND client = ?";
        return change(conversation, "silencing in", (db, number) -> {
            for (ClientId client : clients) db.update(sql, number, client.value());
        });
    }

    @Override
    public Rules silenceUntil(ConversationKey conversation, ClientId client, Optional<Instant> until) {
        return change(conversation, "silencing in", (db, number) -> {
            db.update(
                    "DELETE FROM silenced_until WHERE conversation = ? AND (client = ? OR until <= ?)",
                    number,
                    client.value(),
                    clock.millis());
            if (until.isPresent())
                db.update(
                        "INSERT INTO silenced_until (conversation, client, until) VALUES (?, ?, ?)",
                        number,
                        client.value(),
                        until.get().toEpochMilli());
        });
    }

    @Override
    public Rules refuse(ConversationKey conversation, ClientId client, boolean refused) {
        return change(conversation, "changing who refuses", (db, number) -> {
            if (refused)
                db.update(
                        "INSERT OR IGNORE INTO refusal (conversation, app, client) VALUES (?, ?, ?)",
                        number,
                        conversation.app().value(),
                        client.value());
            else db.update("DELETE FROM refusal WHERE conversation = ? AND client = ?", number, client.value());
        });
    }

    @Override
    public List<ConversationId> refused(ClientKey client) {
        return readers.read(
                "reading what " + client + " refuses",
                db -> db.list(
                        "SELECT c.id FROM refusal r JOIN conversation c ON c.number = r.conversation"
                                + " WHERE r.app = ? AND r.client = ? ORDER BY r.ordinal",
                        row -> new ConversationId(row.getString(1)),
                        client.app().value(),
                        client.client().value()));
    }

    @Override
    public Rules block(ConversationKey conversation, Collection<ClientId> clients, boolean blocked) {
        String sql = blocked
                ? "INSERT OR IGNORE INTO blocked (conversation, client) VALUES (?, ?)"
                : "DELETE FROM blocked WHERE conversation = ? AND client = ?";
        return change(conversation, "changing the blacklist of", (db, number) -> {
            for (ClientId client : clients) db.update(sql, number, client.value());
        });
    }
}
