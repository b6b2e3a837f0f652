package io.parley.store;

import io.parley.core.command.ClientId;
import io.parley.core.command.ClientKey;
import io.parley.core.command.ConversationKey;
import io.parley.store.MarkFlush.Delivery;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How far clients of service conversations have received, written behind. Unlike [DeliveryMarks] it keeps in
/// memory only what is not written yet: there is no limit to the clients of a service. Thread-safe.
///
/// [#write] must be called every few hundred milliseconds, by one thread at a time.
final class ServiceMarks {
    private static final Logger log = LoggerFactory.getLogger(ServiceMarks.class);

    /// More acknowledgements than this between two writes are forgotten: their messages will be delivered again.
    private static final int MAX_UNWRITTEN = 200_000;

    private static final int PER_STEP = 500;
    private static final int MAX_DELIVERIES = 1000;

    private final Map<Seat, Acknowledged> unwritten = new ConcurrentHashMap<>();
    private boolean failing; // of the writing thread

    private record Seat(ConversationKey service, ClientId client) {}

    /// @param at milliseconds since the epoch
    private record Acknowledged(long upTo, long at) {}

    void acknowledge(ConversationKey service, ClientId client, long upTo, long now) {
        if (unwritten.size() >= MAX_UNWRITTEN) return;
        unwritten.merge(
                new Seat(service, client),
                new Acknowledged(upTo, now),
                (before, later) -> later.upTo > before.upTo ? new Acknowledged(later.upTo, before.at) : before);
    }

    /// 0 when all is written.
    long pending(ConversationKey service, ClientId client) {
        Acknowledged acknowledged = unwritten.get(new Seat(service, client));
        return acknowledged == null ? 0 : acknowledged.upTo;
    }

    /// Never throws: what cannot be written stays here and is tried again.
    void write(Readers readers, Writer writer) {
        try {
            while (true) {
                Map<Seat, Acknowledged> part = part();
                if (part.isEmpty()) break;
                List<Delivery> deliveries = readers.read("looking up delivered messages", db -> deliveries(db, part));
                writer.run(Step.of("writing marks of services", db -> {
                    for (var mark : part.entrySet()) write(db, mark.getKey(), mark.getValue());
                    return MarkFlush.writeDeliveries(db, deliveries);
                }));
                part.forEach(unwritten::remove); // unless it moved on meanwhile
                if (part.size() < PER_STEP) break;
            }
            failing = false;
        } catch (RuntimeException e) {
            if (!failing) log.warn("delivery marks of services cannot be written, trying again", e);
            failing = true;
        }
    }

    private Map<Seat, Acknowledged> part() {
        Map<Seat, Acknowledged> part = new LinkedHashMap<>();
        for (var entry : unwritten.entrySet()) {
            part.put(entry.getKey(), entry.getValue());
            if (part.size() == PER_STEP) break;
        }
        return part;
    }

    private static List<Delivery> deliveries(Db db, Map<Seat, Acknowledged> part) throws SQLException {
        Map<Long, Delivery> deliveries = new LinkedHashMap<>();
        for (var mark : part.entrySet()) {
            Seat seat = mark.getKey();
            var found = ServiceSeat.one(db, new ClientKey(seat.service.app(), seat.client), seat.service.id());
            if (found.isEmpty()) continue;
            List<ServiceSeat.Entry> entries =
                    found.get().entries(db, found.get().delivered(), mark.getValue().upTo, MAX_DELIVERIES);
            for (ServiceSeat.Entry entry : entries)
                if (!deliveries.containsKey(entry.row()) && isUndelivered(db, entry.row(), seat.client))
                    deliveries.put(entry.row(), new Delivery(entry.row(), mark.getValue().at));
        }
        return new ArrayList<>(deliveries.values());
    }

    private static boolean isUndelivered(Db db, long row, ClientId client) throws SQLException {
        return db.number(
                        "SELECT count(*) FROM message WHERE row = ? AND delivered_at < 0 AND sender <> ?",
                        row,
                        client.value())
                > 0;
    }

    private static void write(Db db, Seat seat, Acknowledged mark) throws SQLException {
        db.update(
                "UPDATE service_client SET delivered = ?1 WHERE delivered < ?1 AND client = ?4"
                        + " AND conversation = (SELECT number FROM conversation WHERE app = ?2 AND id = ?3)",
                mark.upTo,
                seat.service.app().value(),
                seat.service.id().value(),
                seat.client.value());
    }
}
