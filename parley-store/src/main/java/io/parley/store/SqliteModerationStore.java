package io.parley.store;

import io.parley.core.command.ClientId;
import io.parley.core.command.ConversationKey;
import io.parley.core.command.Role;
import io.parley.core.moderation.ModerationStore;
import io.parley.core.moderation.Rules;
import io.parley.store.ConversationRows.Numbered;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Roles, silenced clients and blacklists on SQLite. Thread-safe.
final class SqliteModerationStore implements ModerationStore {
    private final Writer writer;
    private final Readers readers;
    private final KnownConversations known;

    SqliteModerationStore(Writer writer, Readers readers, KnownConversations known) {
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
        Map<ClientId, Role> roles = new LinkedHashMap<>();
        db.each(
                "SELECT client, role FROM member_role WHERE conversation = ?",
                row -> {
                    ClientId client = new ClientId(row.getString(1));
                    Role.named(row.getString(2)).ifPresent(role -> roles.put(client, role));
                    return true;
                },
                number);
        return new Rules(
                Collections.unmodifiableMap(roles),
                clients(db, "SELECT client FROM silenced WHERE conversation = ? ORDER BY ordinal", number),
                clients(db, "SELECT client FROM blocked WHERE conversation = ? ORDER BY ordinal", number));
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
                        "INSERT OR REPLACE INTO member_role (conversation, client, role) VALUES (?, ?, ?)",
                        number,
                        client.value(),
                        role.wireName());
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
    public Rules block(ConversationKey conversation, Collection<ClientId> clients, boolean blocked) {
        String sql = blocked
                ? "INSERT OR IGNORE INTO blocked (conversation, client) VALUES (?, ?)"
                : "DELETE FROM blocked WHERE conversation = ? AND client = ?";
        return change(conversation, "changing the blacklist of", (db, number) -> {
            for (ClientId client : clients) db.update(sql, number, client.value());
        });
    }
}
