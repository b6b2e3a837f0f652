package io.parley.client.internal.cache;

import io.parley.client.SqlDatabase;
import io.parley.client.internal.ConversationData;
import io.parley.client.internal.Json;
import io.parley.client.internal.StoredMessage;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Keeps everything in SQLite, old versions of which are on phones: 3.18 knows every statement here. */
public final class SqlCache implements Cache {
    private static final int VERSION = 1;

    private final SqlDatabase database;

    /** @param database is closed with the cache */
    public SqlCache(SqlDatabase database) {
        this.database = database;
        database.execute("CREATE TABLE IF NOT EXISTS parley_version (version INTEGER NOT NULL)");
        List<Long> version = database.query("SELECT version FROM parley_version", row -> row.number(0));
        if (!version.equals(List.of((long) VERSION))) database.transaction(this::create);
    }

    /** A cache of another version is not worth converting. */
    private void create() {
        for (String table : List.of("conversations", "queries", "messages"))
            database.execute("DROP TABLE IF EXISTS parley_" + table);
        database.execute("CREATE TABLE parley_conversations (client TEXT NOT NULL, id TEXT NOT NULL,"
                + " document TEXT NOT NULL, PRIMARY KEY (client, id))");
        database.execute("CREATE TABLE parley_queries (client TEXT NOT NULL, query TEXT NOT NULL,"
                + " conversations TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (client, query))");
        database.execute("CREATE TABLE parley_messages (client TEXT NOT NULL, conversation TEXT NOT NULL,"
                + " id TEXT NOT NULL, time INTEGER NOT NULL, message TEXT NOT NULL, gap INTEGER NOT NULL,"
                + " checked INTEGER NOT NULL, PRIMARY KEY (client, conversation, id))");
        database.execute("CREATE INDEX parley_messages_order ON parley_messages (client, conversation, time, id)");
        database.execute("DELETE FROM parley_version");
        database.execute("INSERT INTO parley_version (version) VALUES (?)", (long) VERSION);
    }

    @Override
    public void putConversation(String client, ConversationData conversation) {
        database.execute(
                "INSERT OR REPLACE INTO parley_conversations (client, id, document) VALUES (?, ?, ?)",
                client,
                conversation.id(),
                Json.write(conversation.document()));
    }

    @Override
    public @Nullable ConversationData conversation(String client, String id) {
        return first(database.query(
                "SELECT document FROM parley_conversations WHERE client = ? AND id = ?",
                row -> ConversationData.of(Json.object(row.text(0))),
                client,
                id));
    }

    @Override
    public void putQuery(String client, String query, List<String> conversations, long now) {
        database.execute(
                "INSERT OR REPLACE INTO parley_queries (client, query, conversations, at) VALUES (?, ?, ?, ?)",
                client,
                query,
                Json.write(Map.of("ids", conversations)),
                now);
    }

    @Override
    public @Nullable CachedQuery query(String client, String query) {
        return first(database.query(
                "SELECT conversations, at FROM parley_queries WHERE client = ? AND query = ?",
                row -> new CachedQuery(Json.strings(Json.object(row.text(0)), "ids"), row.number(1)),
                client,
                query));
    }

    @Override
    public void forgetQueries(String client) {
        database.execute("DELETE FROM parley_queries WHERE client = ?", client);
    }

    @Override
    public void putMessages(String client, List<CachedMessage> messages) {
        if (messages.isEmpty()) return;
        database.transaction(() -> {
            for (CachedMessage row : messages)
                database.execute(
                        "INSERT OR REPLACE INTO parley_messages (client, conversation, id, time, message, gap, checked)"
                                + " VALUES (?, ?, ?, ?, ?, ?, ?)",
                        client,
                        row.message().conversation(),
                        row.message().id(),
                        row.message().timestamp(),
                        Json.write(row.message().toJson()),
                        row.gap() ? 1L : 0L,
                        row.checkedAt());
        });
    }

    private static CachedMessage message(SqlDatabase.Row row) {
        return new CachedMessage(StoredMessage.ofJson(Json.object(row.text(0))), row.number(1) != 0, row.number(2));
    }

    @Override
    public @Nullable CachedMessage message(String client, String conversation, String id) {
        return first(database.query(
                "SELECT message, gap, checked FROM parley_messages"
                        + " WHERE client = ? AND conversation = ? AND id = ?",
                SqlCache::message,
                client,
                conversation,
                id));
    }

    @Override
    public List<CachedMessage> before(String client, String conversation, long timestamp, String id, int limit) {
        return database.query(
                "SELECT message, gap, checked FROM parley_messages WHERE client = ? AND conversation = ?"
                        + " AND (time < ? OR (time = ? AND id < ?)) ORDER BY time DESC, id DESC LIMIT ?",
                SqlCache::message,
                client,
                conversation,
                timestamp,
                timestamp,
                id,
                (long) limit);
    }

    @Override
    public void removeMessages(String client, String conversation, List<String> ids) {
        for (String id : ids)
            database.execute(
                    "DELETE FROM parley_messages WHERE client = ? AND conversation = ? AND id = ?",
                    client,
                    conversation,
                    id);
    }

    @Override
    public void forget(String client) {
        for (String table : List.of("conversations", "queries", "messages"))
            database.execute("DELETE FROM parley_" + table + " WHERE client = ?", client);
    }

    @Override
    public void close() {
        database.close();
    }

    private static <T> @Nullable T first(List<T> rows) {
        return rows.isEmpty() ? null : rows.get(0);
    }
}
