package io.parley.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.protocol.proto.AckCommand;
import io.parley.protocol.proto.CommandType;
import io.parley.protocol.proto.DirectCommand;
import io.parley.protocol.proto.GenericCommand;
import io.parley.protocol.proto.OpType;
import io.parley.testing.TestEngine.Answer;
import io.parley.testing.TestEngine.Call;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A server process is killed again and again while it tells an application of messages that are being sent. The
/// application fails, hangs and is slow now and then. What was acknowledged must be told, in order.
/// `-Dparley.outbox.seed=…` repeats a run, as far as the timing of two processes can be repeated.
class OutboxCrashTest {
    private static final long SEED = Long.getLong("parley.outbox.seed", new Random().nextInt(Integer.MAX_VALUE));
    private static final int ROUNDS = 4;
    private static final int CONVERSATIONS = 5;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Test
    void what_was_acknowledged_is_told_in_order_whenever_the_server_is_killed(@TempDir Path data) throws Exception {
        System.out.println("outbox crash test: seed " + SEED);
        Random random = new Random(SEED);
        Map<String, List<String>> accepted = new LinkedHashMap<>();
        try (TestEngine engine = TestEngine.start()) {
            Random faults = new Random(SEED + 1);
            engine.define("_messageSent", call -> {
                int fate;
                synchronized (faults) {
                    fate = faults.nextInt(100);
                }
                return fate < 10 ? Answer.status(500) : Answer.result("{}");
            });
            ParleyProcess server = start(data, engine);
            try {
                for (int round = 0; round < ROUNDS; round++) {
                    chat(server.url(), random, accepted);
                    server.kill();
                    server = start(data, engine);
                }
                Set<String> all = new HashSet<>();
                accepted.values().forEach(all::addAll);
                Told told = new Told();
                await().atMost(PATIENCE).until(() -> {
                    engine.calls("_messageSent").forEach(told::add);
                    return told.messages.containsAll(all);
                });
                System.out.printf("outbox crash test: %d messages acknowledged, %d calls%n", all.size(), told.calls);
                accepted.forEach((chat, ids) -> assertThat(told.of(chat, ids))
                        .as("seed %d: what was told of %s", SEED, chat)
                        .isEqualTo(ids));
            } finally {
                server.close();
            }
        }
    }

    private static ParleyProcess start(Path data, TestEngine engine) {
        return ParleyProcess.start(
                data,
                0,
                "--set",
                "outbound.allowPrivate=true",
                "--set",
                "appDefaults.hooks.engineUrl=" + engine.url(),
                "--set",
                "appDefaults.hooks.attempts=1000");
    }

    /// Sends messages, each to one of some conversations, waits for the acknowledgements of most of them, and leaves
    /// some on their way.
    private static void chat(URI server, Random random, Map<String, List<String>> accepted)
            throws InterruptedException {
        URI socket = URI.create("ws" + server.toString().substring("http".length()) + "/");
        try (Device tom = Device.login(socket, "Tom")) {
            while (accepted.size() < CONVERSATIONS)
                accepted.put(
                        tom.conversation(OpType.start, conv -> conv.addM("Jerry"))
                                .getConvMessage()
                                .getCid(),
                        new ArrayList<>());
            List<String> chats = List.copyOf(accepted.keySet());
            int count = 150 + random.nextInt(150);
            for (int i = 0; i < count; i++) {
                String chat = chats.get(random.nextInt(chats.size()));
                AckCommand ack = tom.send(chat, "m" + i).getAckMessage();
                assertThat(ack.hasCode()).isFalse();
                accepted.computeIfAbsent(chat, same -> new ArrayList<>()).add(ack.getUid());
            }
            for (int i = 0; i < 30; i++)
                tom.tell(GenericCommand.newBuilder()
                        .setI(10_000 + i)
                        .setCmd(CommandType.direct)
                        .setDirectMessage(DirectCommand.newBuilder()
                                .setCid(chats.get(random.nextInt(chats.size())))
                                .setMsg("on its way")));
        }
    }

    /// What the application was told, each message when it was told for the first time.
    private static final class Told {
        final Set<String> messages = new HashSet<>();
        private final Map<String, Set<String>> byChat = new LinkedHashMap<>();
        int calls;

        void add(Call call) {
            JsonNode body = call.body();
            calls++;
            messages.add(body.path("msgId").asText());
            byChat.computeIfAbsent(body.path("convId").asText(), chat -> new LinkedHashSet<>())
                    .add(body.path("msgId").asText());
        }

        /// Without those whose acknowledgement nobody waited for.
        List<String> of(String chat, List<String> acknowledged) {
            List<String> told = new ArrayList<>(byChat.getOrDefault(chat, Set.of()));
            told.retainAll(new HashSet<>(acknowledged));
            return told;
        }
    }
}
