package io.parley.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.channel.Channel;
import io.parley.core.command.ClientId;
import io.parley.core.command.Reply;
import io.parley.core.command.SessionCommand;
import io.parley.core.session.Session;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BackPressureTest {
    private static final int OUTBOX = 64 * 1024;
    private static final int SMALL_RECEIVE_BUFFER = 4096;

    @Test
    void a_slow_reader_is_closed_while_others_are_served() throws Exception {
        try (TestGateway server = new TestGateway(TestGateway.settings(Duration.ZERO, 128, OUTBOX));
                JsonClient slow = new JsonClient(server.port, SMALL_RECEIVE_BUFFER).loggedIn("slow");
                JsonClient other = server.json().loggedIn("other")) {
            Session reader = server.chat.session("slow");
            String kilobyte = "x".repeat(1000);
            await().until(() -> {
                for (int i = 0; i < 200; i++) reader.deliver(ScriptedChat.event(kilobyte));
                other.asks(7);
                assertThat(other.hears().path("i").asInt()).isEqualTo(7);
                return server.chat.disconnected.contains("slow");
            });
            assertThat(server.counted("parley.connections.closed", "reason", "TOO_SLOW"))
                    .isEqualTo(1);
        }
    }

    @Test
    void a_slow_reader_misses_what_may_be_dropped_and_keeps_its_connection() throws Exception {
        try (TestGateway server = new TestGateway(TestGateway.settings(Duration.ZERO, 128, OUTBOX));
                JsonClient slow = new JsonClient(server.port, SMALL_RECEIVE_BUFFER).loggedIn("slow")) {
            Session reader = server.chat.session("slow");
            String kilobyte = "x".repeat(1000);
            await().until(() -> {
                for (int i = 0; i < 200; i++) reader.deliver(ScriptedChat.event(kilobyte, true));
                return server.counted("parley.rooms.dropped") > 1000;
            });
            reader.deliver(ScriptedChat.event("important", false));

            String heard;
            do heard = slow.hears().path("reason").asText();
            while (heard.equals(kilobyte));
            assertThat(heard).isEqualTo("important");
            assertThat(server.chat.disconnected).isEmpty();
        }
    }

    @Test
    void a_burst_of_others_reaches_a_client_that_reads() throws Exception {
        try (TestGateway server = new TestGateway(TestGateway.settings(Duration.ZERO, 128, OUTBOX));
                JsonClient client = server.json().loggedIn("tom")) {
            Session tom = server.chat.session("tom");
            String kilobyte = "x".repeat(1000);
            Gate gate = new Gate();
            server.channels.getFirst().eventLoop().execute(gate::pass); // all arrives in one turn of the loop
            for (int i = 0; i < 300; i++) tom.deliver(ScriptedChat.event(kilobyte));
            gate.open();
            for (int i = 0; i < 300; i++)
                assertThat(client.hears().path("reason").asText()).isEqualTo(kilobyte);
        }
    }

    @Test
    void a_burst_larger_than_the_limit_reaches_a_client_that_reads() throws Exception {
        try (TestGateway server = new TestGateway(TestGateway.settings(Duration.ZERO, 128, OUTBOX));
                JsonClient client = server.json().loggedIn("tom")) {
            String kilobyte = "x".repeat(1000);
            server.chat.on(SessionCommand.Online.class, (session, online) -> {
                for (int i = 0; i < 1000; i++) session.deliver(ScriptedChat.event(kilobyte));
                return new Reply.Online(List.of());
            });
            client.asks(2);
            assertThat(client.hears().path("i").asInt()).isEqualTo(2);
            for (int i = 0; i < 1000; i++)
                assertThat(client.hears().path("reason").asText()).isEqualTo(kilobyte);
        }
    }

    /// Answers that a client asks for and does not read stop its commands, instead of filling the memory.
    @Test
    void commands_wait_while_their_answers_are_not_read() throws Exception {
        try (TestGateway server = new TestGateway(TestGateway.settings(Duration.ZERO, 128, OUTBOX));
                JsonClient client = new JsonClient(server.port, SMALL_RECEIVE_BUFFER).loggedIn("tom")) {
            AtomicInteger answered = new AtomicInteger();
            Set<Thread> lanes = ConcurrentHashMap.newKeySet();
            List<ClientId> half = Collections.nCopies(32 * 1024, new ClientId("0123456789"));
            server.chat.on(SessionCommand.Online.class, (session, online) -> {
                lanes.add(Thread.currentThread());
                answered.incrementAndGet();
                return new Reply.Online(half);
            });
            int questions = 100; // some 40 MB of answers, more than the kernel takes
            for (int i = 1; i <= questions; i++) client.asks(i);
            await().until(() -> lanes.stream().anyMatch(lane -> lane.getState() == Thread.State.WAITING));
            assertThat(answered).hasValueLessThan(questions);
            for (int i = 1; i <= questions; i++)
                assertThat(client.hears().path("i").asInt()).isEqualTo(i);
        }
    }

    @Test
    void a_full_inbox_stops_reading_until_it_is_drained() throws Exception {
        try (TestGateway server = new TestGateway(TestGateway.settings(Duration.ZERO, 8, OUTBOX));
                JsonClient client = server.json().loggedIn("tom")) {
            Gate gate = new Gate();
            server.chat.on(SessionCommand.Online.class, (session, online) -> {
                gate.pass();
                return new Reply.Online(List.of());
            });
            Channel channel = server.channels.getFirst();
            for (int i = 1; i <= 20; i++) client.asks(i);
            await().until(() -> !channel.config().isAutoRead());
            for (int i = 21; i <= 100; i++) client.asks(i);
            gate.open();
            for (int i = 1; i <= 100; i++)
                assertThat(client.hears().path("i").asInt()).isEqualTo(i);
            await().until(() -> channel.config().isAutoRead());
        }
    }

    @Test
    void a_flood_of_pings_that_nobody_reads_the_answers_of_is_closed() throws Exception {
        try (TestGateway server = new TestGateway(TestGateway.settings(Duration.ZERO, 128, OUTBOX));
                JsonClient flooder = new JsonClient(server.port, SMALL_RECEIVE_BUFFER).loggedIn("flooder")) {
            byte[] ping = RawSocket.encode(0x80 | ServerFrame.PING, true, new byte[125]);
            Thread flood = Thread.startVirtualThread(() -> {
                try {
                    while (true) flooder.sendRaw(ping);
                } catch (IOException closed) {
                    // what this test waits for
                }
            });
            await().untilAsserted(() -> assertThat(server.chat.disconnected).containsExactly("flooder"));
            flood.join();
        }
    }
}
