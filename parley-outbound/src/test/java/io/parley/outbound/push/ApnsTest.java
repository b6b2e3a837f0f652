package io.parley.outbound.push;

import static org.assertj.core.api.Assertions.assertThat;

import com.eatthepath.pushy.apns.server.MockApnsServer;
import com.eatthepath.pushy.apns.server.MockApnsServerBuilder;
import com.eatthepath.pushy.apns.server.PushNotificationHandler;
import com.eatthepath.pushy.apns.server.RejectedNotificationException;
import com.eatthepath.pushy.apns.server.RejectionReason;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.handler.codec.http2.Http2Headers;
import io.parley.core.app.App;
import io.parley.core.push.Platform;
import io.parley.core.push.PushResult;
import io.parley.core.push.PushResult.Accepted;
import io.parley.core.push.PushResult.InvalidToken;
import io.parley.core.push.PushResult.Later;
import io.parley.core.push.PushResult.Rejected;
import io.parley.core.push.PushResult.Unauthorized;
import io.parley.core.push.Target;
import io.parley.outbound.HttpCaller;
import io.parley.outbound.OutboundSettings;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Apple's push service, played by Pushy's own server.
class ApnsTest {
    private static final String PASSWORD = "changeit";

    @TempDir
    static Path folder;

    @SuppressWarnings("deprecation") // Pushy knows groups by their class
    private static final EventLoopGroup THREADS = new NioEventLoopGroup(1);

    private static final List<Received> received = new CopyOnWriteArrayList<>();
    private static final Map<String, RejectionReason> rejected = new ConcurrentHashMap<>();
    private static MockApnsServer server;
    private static int port;

    private final HttpCaller caller = new HttpCaller(OutboundSettings.DEFAULT);
    private final Vendors vendors = new Vendors(caller, () -> PushApp.NOW);

    private record Received(String path, Map<String, String> headers, String body) {
        String token() {
            return path.substring(path.lastIndexOf('/') + 1);
        }
    }

    @BeforeAll
    static void startServer() throws Exception {
        Path keys = keyPair("apns", "CN=localhost", "-ext", "san=dns:localhost");
        KeyStore store = KeyStore.getInstance(keys.toFile(), PASSWORD.toCharArray());
        var certificate = (X509Certificate) store.getCertificate("apns");
        Files.writeString(
                folder.resolve("trusted.pem"),
                "-----BEGIN CERTIFICATE-----\n"
                        + Base64.getMimeEncoder().encodeToString(certificate.getEncoded())
                        + "\n-----END CERTIFICATE-----\n");
        Path client = keyPair("app", "UID=com.example.app,CN=Apple Push Services", "-ext", "bc=ca:true");
        KeyStore clients = KeyStore.getInstance(client.toFile(), PASSWORD.toCharArray());
        server = new MockApnsServerBuilder()
                .setServerCredentials(
                        new X509Certificate[] {certificate},
                        (PrivateKey) store.getKey("apns", PASSWORD.toCharArray()),
                        null)
                .setTrustedServerCertificateChain((X509Certificate) clients.getCertificate("app"))
                .setHandlerFactory(session -> new Handler())
                .setEventLoopGroup(THREADS)
                .build();
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        server.start(port).get(10, TimeUnit.SECONDS);
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        Files.writeString(
                folder.resolve("AuthKey_K1.p8"),
                "-----BEGIN PRIVATE KEY-----\n"
                        + Base64.getMimeEncoder()
                                .encodeToString(
                                        generator.generateKeyPair().getPrivate().getEncoded())
                        + "\n-----END PRIVATE KEY-----\n");
    }

    private static Path keyPair(String name, String subject, String... more) throws Exception {
        Path file = folder.resolve(name + ".p12");
        List<String> command = new java.util.ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-alias",
                name,
                "-dname",
                subject,
                "-validity",
                "10",
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                PASSWORD));
        command.addAll(List.of(more));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return file;
    }

    private static final class Handler implements PushNotificationHandler {
        @Override
        public void handlePushNotification(Http2Headers headers, io.netty.buffer.ByteBuf payload)
                throws RejectedNotificationException {
            Map<String, String> all = new ConcurrentHashMap<>();
            headers.forEach(
                    entry -> all.put(entry.getKey().toString(), entry.getValue().toString()));
            var request = new Received(all.getOrDefault(":path", ""), all, payload.toString(StandardCharsets.UTF_8));
            received.add(request);
            RejectionReason reason = rejected.get(request.token());
            if (reason != null) throw new RejectedNotificationException(reason);
        }
    }

    @AfterAll
    static void stopServer() throws Exception {
        server.shutdown().get(10, TimeUnit.SECONDS);
        THREADS.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }

    @AfterEach
    void close() {
        vendors.close();
        caller.close();
        received.clear();
        rejected.clear();
    }

    private App byKey(int port) throws IOException {
        return PushApp.with(Platform.IOS, file("key", "'keyFile':'AuthKey_K1.p8','keyId':'K1','teamId':'T1'", port));
    }

    private static String file(String name, String values, int port) throws IOException {
        String text = "{" + values + ",'endpoint':'https://localhost:" + port
                + "','trustedCertificates':'trusted.pem','timeout':5}";
        return Files.writeString(folder.resolve(name + ".json"), text.replace('\'', '"'))
                .toString();
    }

    private List<PushResult> send(App app, String data, Target... targets) {
        return vendors.send(app, Platform.IOS, PushApp.notification(Platform.IOS, data), List.of(targets));
    }

    @Test
    void a_key_signs_and_the_headers_say_what_apple_wants_to_know() throws Exception {
        assertThat(send(byKey(port), "{'alert':'hi','sound':'a.caf','collapse-id':'c1'}", PushApp.target("ab12")))
                .containsExactly(new Accepted());

        Received request = received.getFirst();
        assertThat(request.path()).isEqualTo("/3/device/ab12");
        assertThat(request.headers())
                .containsEntry("apns-topic", "com.example.app")
                .containsEntry("apns-push-type", "alert")
                .containsEntry("apns-priority", "10")
                .containsEntry("apns-collapse-id", "c1")
                .containsEntry(
                        "apns-expiration",
                        Long.toString(PushApp.NOW.plusSeconds(3600).getEpochSecond()));
        String[] token = request.headers()
                .getOrDefault("authorization", "")
                .substring("bearer ".length())
                .split("\\.");
        assertThat(new String(Base64.getUrlDecoder().decode(token[0]), StandardCharsets.UTF_8))
                .contains("\"kid\":\"K1\"");
        assertThat(new String(Base64.getUrlDecoder().decode(token[1]), StandardCharsets.UTF_8))
                .contains("\"iss\":\"T1\"");
        assertThat(PushApp.json(request.body())).isEqualTo(PushApp.json("{'aps':{'alert':'hi','sound':'a.caf'}}"));
    }

    @Test
    void a_background_notification_has_its_type_and_a_low_priority() throws Exception {
        send(byKey(port), "{'content-available':1,'apns-push-type':'background','k':{'x':1}}", PushApp.target("ab12"));

        assertThat(received.getFirst().headers())
                .containsEntry("apns-push-type", "background")
                .containsEntry("apns-priority", "5");
        assertThat(PushApp.json(received.getFirst().body()))
                .isEqualTo(PushApp.json("{'aps':{'content-available':1},'k':{'x':1}}"));
    }

    @Test
    void a_certificate_proves_who_we_are_and_there_is_one_per_environment() throws Exception {
        String values = "'certificateFile':'app.p12','password':'" + PASSWORD + "'";
        App app = PushApp.with(Platform.IOS, file("certificate", values, port));

        assertThat(send(app, "{'alert':'hi'}", PushApp.target("ab12"))).containsExactly(new Accepted());
        assertThat(received.getFirst().headers()).doesNotContainKey("authorization");
        assertThat(send(app, "{'alert':'hi','_profile':'dev'}", PushApp.target("ab12")))
                .containsExactly(new Rejected("no account fits profile _default"));

        App both = PushApp.with(
                Platform.IOS,
                file("certificate", values, port),
                file("development", values + ",'development':true", port));
        assertThat(send(both, "{'alert':'hi','_profile':'dev'}", PushApp.target("ab12")))
                .containsExactly(new Accepted());
        assertThat(PushApp.json(received.getLast().body())).isEqualTo(PushApp.json("{'aps':{'alert':'hi'}}"));
    }

    @Test
    void a_wrong_password_or_key_is_told_with_the_file() throws Exception {
        App app = PushApp.with(Platform.IOS, file("wrong", "'certificateFile':'app.p12','password':'nope'", port));
        assertThat(send(app, "{'alert':'hi'}", PushApp.target("ab12")).toString())
                .contains("Unauthorized")
                .contains("app.p12")
                .doesNotContain("nope");

        App noKey = PushApp.with(Platform.IOS, file("none", "'keyFile':'none.p8','keyId':'K','teamId':'T'", port));
        assertThat(send(noKey, "{'alert':'hi'}", PushApp.target("ab12")).toString())
                .contains("Unauthorized")
                .contains("none.p8 does not exist");
    }

    @Test
    void the_team_chooses_among_keys() throws Exception {
        String first = file("key", "'keyFile':'AuthKey_K1.p8','keyId':'K1','teamId':'T1'", port);
        String second = file("key2", "'keyFile':'AuthKey_K1.p8','keyId':'K2','teamId':'T2'", port);
        App app = PushApp.with(Platform.IOS, first, second);
        var ofSecond = new Target(
                "d", "aa", "_default", Optional.of("com.example.app"), Optional.of("T2"), OptionalInt.empty());

        send(app, "{'alert':'hi'}", ofSecond);
        send(app, "{'alert':'hi','_apns_team_id':'T1'}", ofSecond);
        assertThat(send(app, "{'alert':'hi','_apns_team_id':'T3'}", ofSecond)).allMatch(Rejected.class::isInstance);

        assertThat(received.stream()
                        .map(request -> new String(
                                Base64.getUrlDecoder()
                                        .decode(request.headers()
                                                .getOrDefault("authorization", "")
                                                .split("[ .]")[1]),
                                StandardCharsets.UTF_8)))
                .satisfiesExactly(
                        header -> assertThat(header).contains("\"K2\""),
                        header -> assertThat(header).contains("\"K1\""));
    }

    @Test
    void answers_mean_what_apple_says_they_mean() throws Exception {
        rejected.putAll(Map.of(
                "a1", RejectionReason.UNREGISTERED,
                "a2", RejectionReason.BAD_DEVICE_TOKEN,
                "a3", RejectionReason.TOO_MANY_REQUESTS,
                "a4", RejectionReason.INTERNAL_SERVER_ERROR,
                "a5", RejectionReason.PAYLOAD_TOO_LARGE,
                "a6", RejectionReason.DEVICE_TOKEN_NOT_FOR_TOPIC,
                "a7", RejectionReason.INVALID_PROVIDER_TOKEN,
                "a8", RejectionReason.SHUTDOWN));

        List<PushResult> results = send(
                byKey(port),
                "{'alert':'hi'}",
                PushApp.target("a0"),
                PushApp.target("a1"),
                PushApp.target("a2"),
                PushApp.target("a3"),
                PushApp.target("a4"),
                PushApp.target("a5"),
                PushApp.target("a6"),
                PushApp.target("a7"),
                PushApp.target("a8"));

        assertThat(results)
                .containsExactly(
                        new Accepted(),
                        new InvalidToken("Unregistered"),
                        new InvalidToken("BadDeviceToken"),
                        new Later("TooManyRequests"),
                        new Later("InternalServerError"),
                        new Rejected("PayloadTooLarge"),
                        new Rejected("DeviceTokenNotForTopic"),
                        new Unauthorized("InvalidProviderToken"),
                        new Later("Shutdown"));
        assertThat(send(byKey(port), "{'alert':'hi','_profile':'dev'}", PushApp.target("a2")))
                .containsExactly(new Rejected("BadDeviceToken"));
    }

    @Test
    void a_dead_service_means_later() throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        assertThat(send(byKey(free), "{'alert':'hi'}", PushApp.target("ab12")))
                .hasSize(1)
                .allMatch(Later.class::isInstance);
    }

    @Test
    void without_any_topic_nothing_is_sent() throws Exception {
        var target = new Target("d", "aa", "_default", Optional.empty(), Optional.empty(), OptionalInt.empty());

        assertThat(send(byKey(port), "{'alert':'hi'}", target)).allMatch(Rejected.class::isInstance);
        assertThat(received).isEmpty();
        send(byKey(port), "{'alert':'hi','_apns_topic':'com.example.other'}", target);
        assertThat(received.getFirst().headers()).containsEntry("apns-topic", "com.example.other");
    }
}
