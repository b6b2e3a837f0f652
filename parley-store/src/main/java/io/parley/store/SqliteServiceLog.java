package io.parley.store;

import io.parley.core.command.AppId;
import io.parley.core.command.ClientId;
import io.parley.core.command.ClientKey;
import io.parley.core.command.ConversationId;
import io.parley.core.command.ConversationKey;
import io.parley.core.command.MessageId;
import io.parley.core.command.StoredMessage;
import io.parley.core.message.HistoryRange;
import io.parley.core.message.ServiceLog;
import io.parley.store.ConversationRows.Numbered;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// What each client sees of service conversations, on SQLite. Thread-safe.
final class SqliteServiceLog implements ServiceLog {
    private final Writer writer;
    private final Readers readers;
    private final KnownConversations known;
    private final Clock clock;

    SqliteServiceLog(Writer writer, Readers readers, KnownConversations known, Clock clock) {
        this.writer = writer;
        this.readers = readers;
        this.known = known;
        this.clock = clock;
    }

    private Optional<Long> number(ConversationKey service) {
        return known.find(service).map(Numbered::number);
    }

    @Override
    public List<StoredMessage> history(ConversationKey service, ClientId client, HistoryRange range) {
        Optional<Long> number = number(service);
        if (number.isEmpty()) return List.of();
        return readers.read("reading what " + client + " sees of " + service, db -> {
            ServiceSeat seat = ServiceSeat.one(db, new ClientKey(service.app(), client), service.id())
                    .orElseGet(() -> ServiceSeat.none(number.get(), service, client));
            return HistoryQuery.ofClient(db, seat, range);
        });
    }

    @Override
    public boolean isAddressed(ConversationKey service, ClientId client, StoredMessage message) {
        return hasEntry(service, client.value(), message);
    }

    @Override
    public boolean isForSubscribers(ConversationKey service, StoredMessage message) {
        return hasEntry(service, ServiceSeat.SUBSCRIBERS, message);
    }

    @Override
    public boolean remove(ConversationKey service, ClientId client, StoredMessage message) {
        Optional<Long> number = number(service);
        if (number.isEmpty()) return false;
        return writer.run(Step.of("taking a message out of the view of " + client, db -> {
            OptionalLong row = row(db, number.get(), message);
            return row.isPresent()
                    && ServiceSeat.removeEntry(db, number.get(), client.value(), message.timestamp(), row.getAsLong());
        }));
    }

    @Override
    public Optional<View> find(AppId app, String digest) {
        byte[] wanted;
        try {
            wanted = HexFormat.of().parseHex(digest);
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // no digest
        }
        return readers.read("looking for a view of app " + app, db -> {
            List<View> found = new ArrayList<>(1);
            MessageDigest md5 = md5();
            db.each(
                    "SELECT c.id, s.client FROM service_client s CROSS JOIN conversation c ON c.number = s.conversation"
                            + " WHERE s.app = ? AND c.app = s.app",
                    row -> {
                        String id = row.getString(1);
                        String client = row.getString(2);
                        if (!Arrays.equals(wanted, md5.digest((id + ":" + client).getBytes(StandardCharsets.UTF_8))))
                            return true;
                        found.add(new View(new ConversationKey(app, new ConversationId(id)), new ClientId(client)));
                        return false;
                    },
                    app.value());
            return found.isEmpty() ? Optional.empty() : Optional.of(found.getFirst());
        });
    }

    private static MessageDigest md5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has MD5", e);
        }
    }

    private boolean hasEntry(ConversationKey service, String client, StoredMessage message) {
        Optional<Long> number = number(service);
        if (number.isEmpty()) return false;
        return readers.read("looking for an entry of " + service, db -> {
            OptionalLong row = row(db, number.get(), message);
            return row.isPresent()
                    && db.number(
                                    "SELECT count(*) FROM service_entry WHERE conversation = ? AND client = ?"
                                            + " AND timestamp = ? AND row = ?",
                                    number.get(),
                                    client,
                                    message.timestamp(),
                                    row.getAsLong())
                            > 0;
        });
    }

    private static OptionalLong row(Db db, long conversation, StoredMessage message) throws SQLException {
        Optional<MessageRows.Located> found =
                MessageRows.find(db, conversation, message.id(), message.timestamp(), PendingDeliveries.NONE);
        return found.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(found.get().row());
    }

    @Override
    public Set<ClientId> receive(ConversationKey service, StoredMessage broadcast, Collection<ClientId> clients) {
        Optional<Long> number = number(service);
        if (number.isEmpty() || clients.isEmpty()) return Set.of();
        return writer.run(Step.of("noting who received a broadcast of " + service, db -> {
            OptionalLong row = row(db, number.get(), broadcast);
            if (row.isEmpty()) return Set.of();
            Set<ClientId> received = new LinkedHashSet<>();
            for (ClientId client : clients) {
                Due due = new Due(row.getAsLong(), number.get(), broadcast.timestamp());
                if (due.receive(db, service.app(), client)) received.add(client);
                db.update(
                        "UPDATE known_client SET broadcast = max(broadcast, ?) WHERE app = ? AND client = ?",
                        due.row,
                        service.app().value(),
                        client.value());
            }
            return received;
        }));
    }

    /// A broadcast on its way to a client.
    ///
    /// @param row of the message
    private record Due(long row, long conversation, long timestamp) {
        /// @return whether the client had not received it before
        boolean receive(Db db, AppId app, ClientId client) throws SQLException {
            ServiceSeat.ensure(db, app.value(), conversation, client);
            return ServiceSeat.addEntry(db, conversation, client.value(), timestamp, row);
        }
    }

    @Override
    public void receiveDue(ClientKey client) {
        boolean upToDate = readers.read("looking for broadcasts to " + client, db -> {
            OptionalLong received = received(db, client);
            return received.isPresent() && received.getAsLong() >= newest(db, client.app());
        });
        if (!upToDate) writer.run(Step.of("receiving broadcasts for " + client, db -> receiveDue(db, client)));
    }

    private int receiveDue(Db db, ClientKey client) throws SQLException {
        OptionalLong received = received(db, client);
        long newest = newest(db, client.app());
        List<Due> due =
                received.isEmpty() ? due(db, client, 0, "DESC LIMIT 1") : due(db, client, received.getAsLong(), "");
        for (Due broadcast : due) broadcast.receive(db, client.app(), client.client());
        db.update(
                "INSERT INTO known_client (app, client, broadcast) VALUES (?, ?, ?)"
                        + " ON CONFLICT (app, client) DO UPDATE SET broadcast = max(broadcast, excluded.broadcast)",
                client.app().value(),
                client.client().value(),
                newest);
        return due.size();
    }

    private static OptionalLong received(Db db, ClientKey client) throws SQLException {
        Optional<Long> row = db.first(
                "SELECT broadcast FROM known_client WHERE app = ? AND client = ?",
                found -> found.getLong(1),
                client.app().value(),
                client.client().value());
        return row.isEmpty() ? OptionalLong.empty() : OptionalLong.of(row.get());
    }

    private static long newest(Db db, AppId app) throws SQLException {
        return db.number("SELECT max(row) FROM broadcast WHERE app = ?", app.value());
    }

    private List<Due> due(Db db, ClientKey client, long after, String which) throws SQLException {
        return db.list(
                "SELECT row, conversation, timestamp FROM broadcast WHERE app = ? AND row > ? AND valid_till > ?"
                        + " ORDER BY row " + which,
                row -> new Due(row.getLong(1), row.getLong(2), row.getLong(3)),
                client.app().value(),
                after,
                clock.millis());
    }

    @Override
    public List<Broadcast> broadcasts(ConversationKey service, int skip, int limit) {
        Optional<Long> number = number(service);
        if (number.isEmpty()) return List.of();
        return readers.read(
                "reading broadcasts of " + service,
                db -> db.list(
                        "SELECT " + MessageRows.COLUMNS + ", b.valid_till FROM broadcast b"
                                + " CROSS JOIN message m ON m.row = b.row WHERE b.app = ? AND b.conversation = ?"
                                + " AND b.valid_till > ? ORDER BY b.row DESC LIMIT ? OFFSET ?",
                        row -> new Broadcast(
                                MessageRows.map(row, PendingDeliveries.NONE), Instant.ofEpochMilli(row.getLong(13))),
                        service.app().value(),
                        number.get(),
                        clock.millis(),
                        Math.max(0, limit),
                        Math.max(0, skip)));
    }

    @Override
    public boolean withdraw(AppId app, MessageId broadcast) {
        Optional<MessageIds.Parts> parts = MessageIds.parse(broadcast);
        if (parts.isEmpty()) return false; // broadcasts are only made here
        return writer.run(Step.of(
                "withdrawing broadcast " + broadcast,
                db -> db.update(
                                "DELETE FROM broadcast WHERE app = ?1 AND row IN (SELECT row FROM message"
                                        + " WHERE conversation = ?2 AND timestamp = ?3 AND id = ?4)",
                                app.value(),
                                parts.get().conversation(),
                                parts.get().timestamp(),
                                parts.get().random())
                        > 0));
    }

    /// Forgets broadcasts that nobody can receive any more. Runs on the writer's thread.
    ///
    /// @return how many were forgotten, at most `limit`
    int trim(Db db, int limit) throws SQLException {
        return db.update(
                "DELETE FROM broadcast WHERE row IN (SELECT row FROM broadcast WHERE valid_till <= ? LIMIT ?)",
                clock.millis(),
                limit);
    }
}
