package io.parley.conformance.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.parley.load.client.Endpoint;
import io.parley.load.history.ChatLoad;
import io.parley.load.history.ChatPlan;
import io.parley.load.history.HistoryChecker;
import io.parley.load.history.Recording;
import io.parley.testing.ParleyProcess;
import io.parley.testing.TestApp;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Devices chat, the server is killed and comes back, several times; then everything that was seen is held
/// against what the server promises. What the devices do follows from a seed: `-Dparley.crash.seed=…` repeats a
/// run, as far as the timing of two processes can be repeated.
class CrashTest {
    private static final long SEED = Long.getLong("parley.crash.seed", new Random().nextInt(Integer.MAX_VALUE));
    private static final int ROUNDS = 3;
    private static final int CLIENTS = 8;
    private static final int DEVICES_PER_CLIENT = 2;
    private static final int CONVERSATIONS = 6;
    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void a_server_that_is_killed_again_and_again_keeps_every_promise(@TempDir Path data) throws Exception {
        System.out.println("crash test: seed " + SEED);
        Random random = new Random(SEED);
        int port = portThatNoClientGets(random);
        ChatPlan plan = ChatPlan.of(SEED, "crash-" + SEED, CLIENTS, DEVICES_PER_CLIENT, CONVERSATIONS);
        ParleyProcess server = ParleyProcess.start(data, port);
        Endpoint endpoint = Endpoint.discover(server.url(), TestApp.ID);
        try (ChatLoad load = new ChatLoad(TestApp.ID, endpoint, plan, PAUSE)) {
            load.begin();
            for (int round = 1; round <= ROUNDS; round++) {
                awaitMessages(load, 1000 + random.nextInt(1500));
                server.kill();
                server = ParleyProcess.start(data, port);
            }
            awaitMessages(load, 1000);
            Recording recording = load.settle(PATIENCE);
            System.out.printf(
                    "crash test: %d messages accepted, %d receptions, %d connections%n",
                    recording.acks().size(),
                    recording.receptions().size(),
                    recording.connections().size());
            assertThat(recording.connections()).hasSizeGreaterThan(ROUNDS * CLIENTS * DEVICES_PER_CLIENT);
            assertThat(HistoryChecker.check(recording)).as("seed %d", SEED).isEmpty();
        } finally {
            server.close();
        }
    }

    private static void awaitMessages(ChatLoad load, int more) {
        int goal = load.accepted() + more;
        await().atMost(PATIENCE).until(() -> load.accepted() >= goal);
    }

    /// A port below the range from which the system gives ports to clients: while the server is down, a client
    /// that tries to reconnect could otherwise get the server's port as its own.
    private static int portThatNoClientGets(Random random) throws IOException {
        for (int attempt = 0; true; attempt++) {
            int port = 20_000 + random.nextInt(10_000);
            try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return free.getLocalPort();
            } catch (IOException taken) {
                if (attempt == 20) {
                    throw taken;
                }
            }
        }
    }
}
