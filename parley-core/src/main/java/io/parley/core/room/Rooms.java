package io.parley.core.room;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.RemovalCause;
import com.github.benmanes.caffeine.cache.Scheduler;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.parley.core.command.AppId;
import io.parley.core.command.ClientId;
import io.parley.core.command.ClientKey;
import io.parley.core.command.ConversationKey;
import io.parley.core.command.Event;
import io.parley.core.session.Outgoing;
import io.parley.core.session.Session;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The listeners of chat rooms. A session listens in one room at a time; who drops is put back when it returns soon.
/// Thread-safe; joining, leaving and logging out may block. Source: semantics 4.3.
public final class Rooms {
    private static final int MAX_REMEMBERED = 1_000_000;

    private final Map<ConversationKey, Set<Session>> listeners = new ConcurrentHashMap<>();
    private final Map<Session, ConversationKey> rooms = new ConcurrentHashMap<>();

    /// Where a dropped client listened, for as long as its app puts it back.
    private final Cache<ClientKey, Dropped> dropped;

    private final RoomStore store;

    private record Dropped(ConversationKey room, Duration keep) {}

    /// @param keep how long an app puts dropped clients back
    public Rooms(RoomStore store, Function<AppId, Duration> keep, Clock clock, MeterRegistry meters) {
        this.store = store;
        this.dropped = Caffeine.newBuilder()
                .maximumSize(MAX_REMEMBERED)
                .expireAfter(Expiry.creating((ClientKey client, Dropped drop) -> drop.keep()))
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                .scheduler(Scheduler.systemScheduler())
                .executor(task ->
                        Thread.ofVirtual().name("forget dropped listeners").start(task))
                .evictionListener(this::expired)
                .build();
        // For those who listened when the server stopped, its stop was the drop.
        store.all().forEach((client, room) -> dropped.put(client, new Dropped(room, keep.apply(client.app()))));
        Gauge.builder("parley.rooms.listeners", rooms, Map::size)
                .description("sessions that listen in a chat room")
                .register(meters);
    }

    /// Joining another room leaves the one before.
    public void join(Session session, ConversationKey room) {
        listen(session, room);
        store.put(key(session), room);
    }

    private void listen(Session session, ConversationKey room) {
        dropped.invalidate(key(session));
        ConversationKey before = rooms.put(session, room);
        if (before != null && !before.equals(room)) remove(session, before);
        listeners.compute(room, (same, present) -> {
            Set<Session> set = present == null ? ConcurrentHashMap.newKeySet() : present;
            set.add(session);
            return set;
        });
        if (session.over()) forget(session); // it ended while it joined
    }

    public void leave(Session session, ConversationKey room) {
        dropped.invalidate(key(session));
        if (!rooms.remove(session, room)) return;
        remove(session, room);
        store.remove(key(session));
    }

    /// Sends these clients out. Whoever of them dropped out of the room before is not put back.
    public void expel(ConversationKey room, Collection<ClientId> clients) {
        for (Session session : of(room)) if (clients.contains(session.client())) leave(session, room);
        for (ClientId client : clients) {
            ClientKey key = new ClientKey(room.app(), client);
            Dropped drop = dropped.getIfPresent(key);
            if (drop == null || !drop.room().equals(room)) continue;
            dropped.invalidate(key);
            store.remove(key);
        }
    }

    /// A planned logout: not put back.
    public void closed(Session session) {
        dropped.invalidate(key(session));
        if (forget(session) != null) store.remove(key(session));
    }

    /// A drop: put back on return. Call it while the session is still listed among those of its client: whoever returns
    /// at this moment finds either the session in its room or the memory of it.
    public void disconnected(Session session) {
        ConversationKey room = rooms.get(session);
        if (room == null) return;
        dropped.put(key(session), new Dropped(room, session.app().settings().roomRejoin()));
        forget(session);
    }

    /// Puts a session back into the room its client dropped out of, or is about to: a new socket often comes before the
    /// old one is known to be dead. Source: legacy-json 10, "Overlap".
    ///
    /// @param sessions of the same client
    public void opened(Session session, Session[] sessions) {
        for (Session other : sessions) {
            ConversationKey room = rooms.get(other);
            if (other != session && room != null && replaces(session, other)) listen(session, room);
        }
        // After those that may be dropping just now: a drop is remembered before the session leaves its room.
        Dropped drop = dropped.getIfPresent(key(session));
        if (drop != null) listen(session, drop.room());
    }

    /// Clients of the JSON protocol name no device.
    private static boolean replaces(Session session, Session other) {
        return session.device().sameAs(other.device())
                || (session.capabilities().legacyJson() && other.capabilities().legacyJson());
    }

    private void expired(@Nullable ClientKey client, @Nullable Dropped drop, RemovalCause cause) {
        // It may be back in a room on another device.
        if (client != null && cause.wasEvicted() && !listens(client)) store.remove(client);
    }

    private boolean listens(ClientKey client) {
        for (Session session : rooms.keySet()) if (key(session).equals(client)) return true;
        return false;
    }

    private @Nullable ConversationKey forget(Session session) {
        ConversationKey room = rooms.remove(session);
        if (room != null) remove(session, room);
        return room;
    }

    private void remove(Session session, ConversationKey room) {
        listeners.computeIfPresent(room, (same, set) -> {
            set.remove(session);
            return set.isEmpty() ? null : set;
        });
    }

    private static ClientKey key(Session session) {
        return new ClientKey(session.app().id(), session.client());
    }

    /// Clients that listen, each once.
    public Set<ClientId> online(ConversationKey room) {
        Set<ClientId> clients = new LinkedHashSet<>();
        for (Session session : of(room)) clients.add(session.client());
        return clients;
    }

    /// Where a session listens.
    public Optional<ConversationKey> roomOf(Session session) {
        return Optional.ofNullable(rooms.get(session));
    }

    public boolean isIn(Session session, ConversationKey room) {
        return room.equals(rooms.get(session));
    }

    /// To every listener but the session that caused it. A listener whose outlet is full may miss events that can be
    /// dropped.
    public void deliver(ConversationKey room, Event event, boolean droppable, Optional<Session> except) {
        deliver(room, event, droppable, session -> except.isEmpty() || session != except.get());
    }

    /// To the listeners that are wanted.
    public void deliver(ConversationKey room, Event event, boolean droppable, Predicate<Session> wanted) {
        Outgoing outgoing = new Outgoing(room.app(), event, droppable);
        for (Session session : of(room)) if (wanted.test(session)) session.deliver(outgoing);
    }

    private Iterable<Session> of(ConversationKey room) {
        Set<Session> present = listeners.get(room);
        return present == null ? List.of() : present;
    }
}
