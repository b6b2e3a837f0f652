package io.parley.store;

import io.parley.core.command.AppId;
import io.parley.core.command.ClientId;
import io.parley.core.command.ConversationId;
import io.parley.core.command.ConversationKey;
import io.parley.core.command.Kind;
import io.parley.core.conversation.Conversation;
import io.parley.core.conversation.ConversationStore.NewConversation;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Conversations and their members, as rows. What changes them is meant for the writer's connection.
final class ConversationRows {
    /// @param number stands for the conversation in all other tables
    record Numbered(long number, Conversation conversation) {}

    /// Columns that [#map] reads, of a table called `c`.
    static final String COLUMNS = "c.number, c.app, c.id, c.kind, c.creator, c.attributes, c.unique_id, c.created_at,"
            + " c.updated_at, c.expires_at";

    private static final Kind[] KINDS = kinds();

    private ConversationRows() {}

    private static Kind[] kinds() {
        Kind[] kinds = new Kind[Kind.values().length + 1];
        for (Kind kind : Kind.values()) kinds[kind.number()] = kind;
        return kinds;
    }

    static Kind kind(int number) {
        return KINDS[number];
    }

    static Optional<Numbered> find(Db db, ConversationKey key) throws SQLException {
        Optional<Numbered> found = db.first(
                "SELECT " + COLUMNS + " FROM conversation c WHERE app = ? AND id = ?",
                ConversationRows::map,
                key.app().value(),
                key.id().value());
        return found.isEmpty() ? found : Optional.of(withMembers(db, found.get()));
    }

    /// A conversation without its members.
    static Numbered map(ResultSet row) throws SQLException {
        long expiresAt = row.getLong(10);
        Optional<Instant> expiry = row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(expiresAt));
        Optional<String> uniqueId = Optional.ofNullable(row.getString(7));
        return new Numbered(
                row.getLong(1),
                new Conversation(
                        new ConversationKey(new AppId(row.getString(2)), new ConversationId(row.getString(3))),
                        kind(row.getInt(4)),
                        Optional.ofNullable(row.getString(5)).map(ClientId::new),
                        Json.parse(row.getString(6)),
                        Set.of(),
                        Set.of(),
                        uniqueId.isPresent(),
                        uniqueId,
                        Instant.ofEpochMilli(row.getLong(8)),
                        Instant.ofEpochMilli(row.getLong(9)),
                        expiry));
    }

    static Numbered withMembers(Db db, Numbered found) throws SQLException {
        Set<ClientId> members = new LinkedHashSet<>();
        Set<ClientId> muted = new LinkedHashSet<>();
        db.each(
                "SELECT client, muted FROM member WHERE conversation = ? ORDER BY ordinal",
                row -> {
                    ClientId client = new ClientId(row.getString(1));
                    members.add(client);
                    if (row.getInt(2) != 0) muted.add(client);
                    return true;
                },
                found.number());
        return new Numbered(found.number(), with(found.conversation(), members, muted));
    }

    private static Conversation with(Conversation c, Set<ClientId> members, Set<ClientId> muted) {
        return new Conversation(
                c.key(),
                c.kind(),
                c.creator(),
                c.attributes(),
                Collections.unmodifiableSet(members),
                muted.isEmpty() ? Set.of() : Collections.unmodifiableSet(muted),
                c.unique(),
                c.uniqueId(),
                c.createdAt(),
                c.updatedAt(),
                c.expiresAt());
    }

    /// The living unique conversation of this kind with exactly these members.
    ///
    /// @param now milliseconds since the epoch
    static Optional<Numbered> findUnique(Db db, AppId app, Kind kind, String uniqueId, Set<ClientId> members, long now)
            throws SQLException {
        List<Numbered> candidates = db.list(
                "SELECT " + COLUMNS + " FROM conversation c WHERE app = ? AND unique_id = ? AND kind = ?"
                        + " AND (expires_at IS NULL OR expires_at > ?)",
                ConversationRows::map,
                app.value(),
                uniqueId,
                kind.number(),
                now);
        for (Numbered candidate : candidates) {
            Numbered complete = withMembers(db, candidate);
            // The digest runs the ids together, so different sets may share it.
            if (complete.conversation().members().equals(members)) return Optional.of(complete);
        }
        return Optional.empty();
    }

    static void insert(Db db, NewConversation made) throws SQLException {
        ConversationKey key = made.key();
        long createdAt = made.createdAt().toEpochMilli();
        db.update(
                "INSERT INTO conversation (app, id, kind, creator, attributes, unique_id, created_at, updated_at,"
                        + " expires_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                key.app().value(),
                key.id().value(),
                made.kind().number(),
                text(made.creator()),
                made.attributes().toString(),
                made.uniqueId().orElse(null),
                createdAt,
                createdAt,
                millis(made.expiresAt()));
        long number = db.number("SELECT last_insert_rowid()");
        insertMembers(db, key.app(), number, made.members(), 0, 0);
    }

    private static @Nullable String text(Optional<ClientId> client) {
        return client.isPresent() ? client.get().value() : null;
    }

    private static @Nullable Long millis(Optional<Instant> time) {
        return time.isPresent() ? time.get().toEpochMilli() : null;
    }

    /// @param mark where their read and delivery marks start
    static void insertMembers(Db db, AppId app, long number, Collection<ClientId> clients, long firstOrdinal, long mark)
            throws SQLException {
        long ordinal = firstOrdinal;
        for (ClientId client : clients)
            db.update(
                    "INSERT INTO member (conversation, client, app, ordinal, delivered, read) VALUES (?, ?, ?, ?, ?, ?)",
                    number,
                    client.value(),
                    app.value(),
                    ordinal++,
                    mark,
                    mark);
    }

    static long nextOrdinal(Db db, long number) throws SQLException {
        return db.number("SELECT max(ordinal) + 1 FROM member WHERE conversation = ?", number);
    }

    /// A unique conversation's digest after its members changed; empty when another conversation already is the unique
    /// one of the new set. Source: semantics 3.
    static Optional<String> uniqueIdAfter(Db db, Conversation changed, Set<ClientId> members, long now)
            throws SQLException {
        if (!changed.unique()) return Optional.empty();
        String digest = digest(members);
        Optional<Numbered> owner = findUnique(db, changed.key().app(), changed.kind(), digest, members, now);
        return owner.isPresent() && !owner.get().conversation().key().equals(changed.key())
                ? Optional.empty()
                : Optional.of(digest);
    }

    /// Lower-case hexadecimal MD5 of the ascending ids, run together. Source: semantics 3.
    private static String digest(Set<ClientId> members) {
        List<ClientId> sorted = new ArrayList<>(members);
        Collections.sort(sorted);
        try {
            MessageDigest md5 = MessageDigest.getInstance("MD5");
            for (ClientId member : sorted) md5.update(member.value().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(md5.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has MD5", e);
        }
    }

    /// Stores what moved besides the members.
    static void touch(Db db, long number, Optional<String> uniqueId, long updatedAt) throws SQLException {
        db.update(
                "UPDATE conversation SET unique_id = ?, updated_at = ? WHERE number = ?",
                uniqueId.orElse(null),
                updatedAt,
                number);
    }

    static OptionalLong lastMessageAt(Db db, long number) throws SQLException {
        long timestamp = db.number("SELECT timestamp FROM head WHERE conversation = ?", number);
        return timestamp == 0 ? OptionalLong.empty() : OptionalLong.of(timestamp);
    }
}
