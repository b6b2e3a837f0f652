package io.parley.store;

import io.parley.core.command.ClientId;
import io.parley.core.command.ClientKey;
import io.parley.core.command.ConversationId;
import io.parley.core.command.ConversationKey;
import io.parley.core.command.ErrorCode;
import io.parley.core.command.Refusal;
import io.parley.core.command.Subscription;
import io.parley.core.subscription.SubscriptionStore;
import io.parley.store.ConversationRows.Numbered;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Subscriptions of service conversations on SQLite. Thread-safe.
final class SqliteSubscriptionStore implements SubscriptionStore {
    private final Writer writer;
    private final Readers readers;
    private final KnownConversations known;
    private final Heads heads;
    private final Clock clock;

    SqliteSubscriptionStore(Writer writer, Readers readers, KnownConversations known, Heads heads, Clock clock) {
        this.writer = writer;
        this.readers = readers;
        this.known = known;
        this.heads = heads;
        this.clock = clock;
    }

    private Optional<Long> number(ConversationKey service) {
        return known.find(service).map(Numbered::number);
    }

    private static Subscription map(ConversationId conversation, ResultSet row) throws SQLException {
        return new Subscription(
                conversation, new ClientId(row.getString(1)), Instant.ofEpochMilli(row.getLong(2)), row.getInt(3) != 0);
    }

    @Override
    public Subscription subscribe(ConversationKey service, ClientId client) {
        long number = number(service)
                .orElseThrow(() ->
                        Refusal.of(ErrorCode.CONVERSATION_NOT_FOUND, "there is no conversation \"%s\"", service.id()));
        return writer.run(Step.of("subscribing to " + service, db -> {
            ServiceSeat.ensure(db, service.app().value(), number, client);
            // Times of messages may run ahead of the clock.
            long since = Math.max(clock.millis(), heads.get(db, number).timestamp() + 1);
            db.update(
                    "UPDATE service_client SET joined_at = ? WHERE conversation = ? AND client = ?"
                            + " AND joined_at IS NULL",
                    since,
                    number,
                    client.value());
            return find(db, service, number, client).orElseThrow();
        }));
    }

    @Override
    public boolean unsubscribe(ConversationKey service, ClientId client) {
        return change(
                service,
                client,
                "unsubscribing from ",
                "UPDATE service_client SET joined_at = NULL, muted = 0 WHERE conversation = ? AND client = ?"
                        + " AND joined_at IS NOT NULL");
    }

    @Override
    public boolean mute(ConversationKey service, ClientId client, boolean muted) {
        return change(
                service,
                client,
                "muting ",
                muted
                        ? "UPDATE service_client SET muted = 1 WHERE conversation = ? AND client = ?"
                                + " AND joined_at IS NOT NULL"
                        : "UPDATE service_client SET muted = 0 WHERE conversation = ? AND client = ?"
                                + " AND joined_at IS NOT NULL");
    }

    private boolean change(ConversationKey service, ClientId client, String doing, String sql) {
        Optional<Long> number = number(service);
        return number.isPresent()
                && writer.run(Step.of(doing + service, db -> db.update(sql, number.get(), client.value()) > 0));
    }

    @Override
    public Optional<Subscription> find(ConversationKey service, ClientId client) {
        Optional<Long> number = number(service);
        if (number.isEmpty()) return Optional.empty();
        return readers.read("looking for a subscription of " + service, db -> find(db, service, number.get(), client));
    }

    private static Optional<Subscription> find(Db db, ConversationKey service, long number, ClientId client)
            throws SQLException {
        return db.first(
                "SELECT client, joined_at, muted FROM service_client WHERE conversation = ? AND client = ?"
                        + " AND joined_at IS NOT NULL",
                row -> map(service.id(), row),
                number,
                client.value());
    }

    @Override
    public List<Subscription> of(ClientKey client) {
        return readers.read(
                "reading the subscriptions of " + client,
                db -> db.list(
                        "SELECT s.client, s.joined_at, s.muted, c.id FROM service_client s CROSS JOIN conversation c"
                                + " ON c.number = s.conversation AND c.app = s.app"
                                + " WHERE s.app = ? AND s.client = ? AND s.joined_at IS NOT NULL",
                        row -> map(new ConversationId(row.getString(4)), row),
                        client.app().value(),
                        client.client().value()));
    }

    @Override
    public long count(ConversationKey service) {
        Optional<Long> number = number(service);
        if (number.isEmpty()) return 0;
        return readers.read(
                "counting the subscribers of " + service,
                db -> db.number(
                        "SELECT count(*) FROM service_client INDEXED BY subscriber WHERE conversation = ?"
                                + " AND joined_at IS NOT NULL",
                        number.get()));
    }

    @Override
    public List<Subscription> page(ConversationKey service, Optional<ClientId> after, int limit) {
        Optional<Long> number = number(service);
        if (number.isEmpty()) return List.of();
        return readers.read(
                "reading subscribers of " + service,
                db -> db.list(
                        "SELECT client, joined_at, muted FROM service_client INDEXED BY subscriber"
                                + " WHERE conversation = ? AND client > ? AND joined_at IS NOT NULL"
                                + " ORDER BY client LIMIT ?",
                        row -> map(service.id(), row),
                        number.get(),
                        after.map(ClientId::value).orElse(""),
                        Math.max(0, limit)));
    }
}
