package io.parley.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.parley.protocol.proto.AckCommand;
import io.parley.protocol.proto.CommandType;
import io.parley.protocol.proto.DirectCommand;
import io.parley.protocol.proto.GenericCommand;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A server process is killed again and again while it tells an application of messages that are being sent, and has
/// phones notified. Those it calls are a process of their own, which fails, hangs and is slow now and then, and is
/// killed, too. What was acknowledged must be told, in order, and be pushed.
/// `-Dparley.outbox.seed=…` repeats a run, as far as the timing of three processes can be repeated.
class OutboxCrashTest {
    private static final long SEED = Long.getLong("parley.outbox.seed", new Random().nextInt(Integer.MAX_VALUE));
    private static final int ROUNDS = 3;
    private static final int CONVERSATIONS = 5;
    private static final int PUSHED_EVERY = 10;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Random random = new Random(SEED);

    /// Messages of each conversation, as they were acknowledged.
    private final Map<String, List<String>> accepted = new LinkedHashMap<>();

    /// Texts of the notifications that are due.
    private final Set<String> pushes = new LinkedHashSet<>();

    @Test
    void what_was_acknowledged_is_told_in_order_and_pushed_whoever_is_killed(@TempDir Path folder) throws Exception {
        System.out.println("outbox crash test: seed " + SEED);
        int apnsPort = Receivers.freePort();
        Path apns = TestApns.prepare(folder, apnsPort);
        Receivers receivers = Receivers.start(folder, apnsPort, SEED + 1);
        Optional<ParleyProcess> running = Optional.empty();
        try {
            String[] options = options(folder, receivers.url(), apns);
            ParleyProcess server = ParleyProcess.start(folder.resolve("data"), 0, options);
            running = Optional.of(server);
            registerPhones(server.url());
            for (int round = 0; round < ROUNDS; round++) {
                chat(server.url(), round);
                server.kill();
                if (round % 2 == 0) receivers = receivers.crash(SEED + 2 + round);
                server = ParleyProcess.start(folder.resolve("data"), 0, options);
                running = Optional.of(server);
            }
            Receivers last = receivers;
            Set<String> due = new HashSet<>();
            accepted.forEach((chat, ids) -> ids.forEach(id -> due.add("hook " + chat + " " + id)));
            for (String text : pushes)
                for (String way : List.of("apns ", "fcm ", "mi ", "webhook ")) due.add(way + text);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(missing(due, last.heard()))
                            .as("seed %d: what is due and was not heard", SEED)
                            .isEmpty());
            System.out.printf(
                    "outbox crash test: %d calls due, %d heard%n",
                    due.size(), last.heard().size());
            accepted.forEach((chat, ids) -> assertThat(told(last.heard(), chat, ids))
                    .as("seed %d: what was told of %s", SEED, chat)
                    .isEqualTo(ids));
        } finally {
            running.ifPresent(ParleyProcess::close);
            receivers.close();
        }
    }

    private static String[] options(Path folder, String url, Path apns) throws Exception {
        KeyPairGenerator keys = KeyPairGenerator.getInstance("RSA");
        keys.initialize(2048);
        String key = Base64.getEncoder()
                .encodeToString(keys.generateKeyPair().getPrivate().getEncoded());
        Path fcm = write(
                folder.resolve("fcm.json"),
                "{'project_id':'p1','client_email':'a@p1.iam','token_uri':'" + url + "/token','endpoint':'" + url
                        + "','private_key':'-----BEGIN PRIVATE KEY-----" + key
                        + "-----END PRIVATE KEY-----','timeout':1}");
        Path xiaomi = write(folder.resolve("mi.json"), "{'appSecret':'s','endpoint':'" + url + "','timeout':1}");
        Path webhook = write(folder.resolve("webhook.json"), "{'secret':'s','url':'" + url + "/webhook','timeout':1}");
        List<String> options = new ArrayList<>();
        for (String setting : List.of(
                "outbound.allowPrivate=true",
                "appDefaults.hooks.engineUrl=" + url,
                "appDefaults.hooks.attempts=1000",
                "appDefaults.hooks.timeout=1s",
                "appDefaults.push.apns=" + apns,
                "appDefaults.push.fcm=" + fcm,
                "appDefaults.push.xiaomi=" + xiaomi,
                "appDefaults.push.webhook=" + webhook)) options.addAll(List.of("--set", setting));
        return options.toArray(String[]::new);
    }

    private static Path write(Path file, String text) throws IOException {
        return Files.writeString(file, text.replace('\'', '"'));
    }

    /// Jerry, who never comes, has a phone of Apple's, one with Google's services, one of Xiaomi's and one of nobody's.
    private static void registerPhones(URI server) throws Exception {
        for (String phone : List.of(
                "'deviceType':'ios','apnsTopic':'com.example.app','deviceToken':'ab12'",
                "'deviceType':'android','vendor':'fcm','registrationId':'r1'",
                "'deviceType':'android','vendor':'mi','registrationId':'r2'",
                "'deviceType':'android','registrationId':'r3'")) {
            var request = HttpRequest.newBuilder(URI.create(server + "/1.1/installations"))
                    .headers("X-LC-Id", TestApp.ID, "X-LC-Key", TestApp.KEY, "Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(
                            ("{'installationId':'" + phone.hashCode() + "'," + phone + ",'channels':['Jerry']}")
                                    .replace('\'', '"')));
            var answer = HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        }
    }

    /// Sends messages, each to one of some conversations, waits for the acknowledgements of most of them, and leaves
    /// some on their way.
    private void chat(URI server, int round) throws InterruptedException {
        URI socket = URI.create("ws" + server.toString().substring("http".length()) + "/");
        try (Device tom = Device.login(socket, "Tom")) {
            while (accepted.size() < CONVERSATIONS) accepted.put(tom.startWith("Jerry"), new ArrayList<>());
            List<String> chats = List.copyOf(accepted.keySet());
            int count = 150 + random.nextInt(150);
            for (int i = 0; i < count; i++) {
                String chat = chats.get(random.nextInt(chats.size()));
                String text = "m" + round + "." + i;
                boolean pushed = i % PUSHED_EVERY == 0;
                AckCommand ack = tom.ask(Messages.of(chat, text, direct -> {
                            if (pushed) direct.setPushData("{\"alert\":\"" + text + "\"}");
                        }))
                        .getAckMessage();
                assertThat(ack.hasCode()).isFalse();
                accepted.computeIfAbsent(chat, same -> new ArrayList<>()).add(ack.getUid());
                if (pushed) pushes.add(text);
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

    private static Set<String> missing(Set<String> due, List<String> heard) {
        Set<String> missing = new HashSet<>(due);
        heard.forEach(missing::remove);
        return missing;
    }

    /// Each message when it was told for the first time, without those whose acknowledgement nobody waited for.
    private static List<String> told(List<String> heard, String chat, List<String> acknowledged) {
        String head = "hook " + chat + " ";
        Set<String> told = new LinkedHashSet<>();
        for (String line : heard) if (line.startsWith(head)) told.add(line.substring(head.length()));
        told.retainAll(new HashSet<>(acknowledged));
        return List.copyOf(told);
    }
}
