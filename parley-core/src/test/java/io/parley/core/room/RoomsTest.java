package io.parley.core.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.parley.core.app.App;
import io.parley.core.app.AppSettings;
import io.parley.core.command.AppId;
import io.parley.core.command.Capabilities;
import io.parley.core.command.ClientId;
import io.parley.core.command.ClientKey;
import io.parley.core.command.CloseReason;
import io.parley.core.command.ConversationId;
import io.parley.core.command.ConversationKey;
import io.parley.core.command.Device;
import io.parley.core.session.OfflineMode;
import io.parley.core.session.Outgoing;
import io.parley.core.session.Outlet;
import io.parley.core.session.Session;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

class RoomsTest {
    private static final App APP = new App(new AppId("app"), "key", "master", AppSettings.DEFAULT);
    private static final ConversationKey LOBBY = new ConversationKey(APP.id(), new ConversationId("lobby"));
    private static final ConversationKey BAR = new ConversationKey(APP.id(), new ConversationId("bar"));

    private final KeptInMemory store = new KeptInMemory();
    private final Rooms rooms = rooms(Duration.ofMinutes(30));

    private Rooms rooms(Duration keep) {
        return new Rooms(store, app -> keep, Clock.systemUTC(), new SimpleMeterRegistry());
    }

    /// Rooms of a server that ended are read by the one that follows.
    private static final class KeptInMemory implements RoomStore {
        private final Map<ClientKey, ConversationKey> rooms = new ConcurrentHashMap<>();

        @Override
        public void put(ClientKey client, ConversationKey room) {
            rooms.put(client, room);
        }

        @Override
        public void remove(ClientKey client) {
            rooms.remove(client);
        }

        @Override
        public Map<ClientKey, ConversationKey> all() {
            return Map.copyOf(rooms);
        }
    }

    private static final class Silent implements Outlet {
        @Override
        public void send(ClientId to, Outgoing event) {}

        @Override
        public Optional<String> origin() {
            return Optional.empty();
        }

        @Override
        public void close(CloseReason reason) {}
    }

    private static Session session(String client, Device device) {
        return new Session(
                APP,
                new ClientId(client),
                Optional.empty(),
                device,
                Capabilities.NONE,
                OfflineMode.UNREAD_COUNTS,
                "test",
                new Silent());
    }

    private static Session session(String client) {
        return session(client, Device.UNKNOWN);
    }

    @Test
    void who_drops_and_comes_back_listens_again() {
        Session before = session("Tom");
        rooms.join(before, LOBBY);
        rooms.disconnected(before);
        assertThat(rooms.online(LOBBY)).isEmpty();

        Session after = session("Tom");
        rooms.opened(after, new Session[] {after});

        assertThat(rooms.isIn(after, LOBBY)).isTrue();
    }

    @Test
    void who_leaves_or_logs_out_is_not_put_back() {
        Session left = session("Tom");
        rooms.join(left, LOBBY);
        rooms.leave(left, LOBBY);
        rooms.disconnected(left);
        Session out = session("Jerry");
        rooms.join(out, LOBBY);
        rooms.closed(out);

        for (String client : new String[] {"Tom", "Jerry"}) {
            Session again = session(client);
            rooms.opened(again, new Session[] {again});
            assertThat(rooms.isIn(again, LOBBY)).as(client).isFalse();
        }
    }

    @Test
    void who_is_expelled_is_out_and_not_put_back_even_when_it_had_dropped() {
        Session listening = session("Tom");
        Session dropped = session("Jerry");
        Session staying = session("Mary");
        for (Session session : new Session[] {listening, dropped, staying}) rooms.join(session, LOBBY);
        rooms.disconnected(dropped);

        rooms.expel(LOBBY, List.of(new ClientId("Tom"), new ClientId("Jerry")));

        assertThat(rooms.online(LOBBY)).containsExactly(new ClientId("Mary"));
        Session back = session("Jerry");
        rooms.opened(back, new Session[] {back});
        assertThat(rooms.isIn(back, LOBBY)).isFalse();
        assertThat(store.rooms.keySet()).extracting(ClientKey::client).containsExactly(new ClientId("Mary"));
    }

    @Test
    void joining_another_room_leaves_the_one_before() {
        Session tom = session("Tom");
        rooms.join(tom, LOBBY);
        rooms.join(tom, BAR);

        assertThat(rooms.online(LOBBY)).isEmpty();
        assertThat(rooms.online(BAR)).containsExactly(new ClientId("Tom"));
    }

    @Test
    void a_restart_of_the_server_is_a_drop() {
        rooms.join(session("Tom"), LOBBY);

        Rooms afterRestart = rooms(Duration.ofMinutes(30));
        Session tom = session("Tom");
        afterRestart.opened(tom, new Session[] {tom});

        assertThat(afterRestart.isIn(tom, LOBBY)).isTrue();
    }

    @Test
    void who_stays_away_too_long_is_forgotten() {
        rooms.join(session("Tom"), LOBBY);

        Rooms afterRestart = rooms(Duration.ofNanos(1));

        await().untilAsserted(() -> {
            Session tom = session("Tom");
            afterRestart.opened(tom, new Session[] {tom});
            assertThat(afterRestart.isIn(tom, LOBBY)).isFalse();
        });
        await().untilAsserted(() -> assertThat(store.rooms).isEmpty());
    }

    @Test
    void a_new_socket_of_the_same_device_takes_over_while_the_old_one_still_seems_alive() {
        Device phone = new Device("", "phone");
        Session old = session("Tom", phone);
        rooms.join(old, LOBBY);
        Session fresh = session("Tom", phone);
        rooms.opened(fresh, new Session[] {old, fresh});
        rooms.disconnected(old);

        assertThat(rooms.online(LOBBY)).containsExactly(new ClientId("Tom"));
        assertThat(rooms.isIn(fresh, LOBBY)).isTrue();
    }

    @Test
    void who_returns_at_the_moment_of_the_drop_is_put_back() throws Exception {
        Device phone = new Device("", "phone");
        for (int round = 0; round < 2_000; round++) {
            Session old = session("Tom" + round, phone);
            Session fresh = session("Tom" + round, phone);
            rooms.join(old, LOBBY);
            Thread drop = Thread.startVirtualThread(() -> rooms.disconnected(old));
            rooms.opened(fresh, new Session[] {old, fresh});
            drop.join();
            assertThat(rooms.isIn(fresh, LOBBY)).as("back in round %d", round).isTrue();
        }
    }

    @Test
    void another_device_of_the_client_stays_outside() {
        Session phone = session("Tom", new Device("", "phone"));
        rooms.join(phone, LOBBY);
        Session tablet = session("Tom", new Device("", "tablet"));
        rooms.opened(tablet, new Session[] {phone, tablet});

        assertThat(rooms.isIn(tablet, LOBBY)).isFalse();
    }
}
