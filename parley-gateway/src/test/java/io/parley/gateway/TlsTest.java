package io.parley.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.protocol.proto.CommandType;
import io.parley.protocol.proto.GenericCommand;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PfxOptions;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The hand-over of a channel that is encrypted.
class TlsTest {
    private static final String PASSWORD = "changeit";

    @TempDir
    Path folder;

    @Test
    void frames_go_both_ways_through_tls() throws Exception {
        Path keys = selfSigned();
        HttpServerOptions options = new HttpServerOptions()
                .setSsl(true)
                .setKeyCertOptions(new PfxOptions().setPath(keys.toString()).setPassword(PASSWORD));
        try (TestGateway server = new TestGateway(TestGateway.RELAXED, options);
                HttpClient http =
                        HttpClient.newBuilder().sslContext(trusting(keys)).build()) {
            Recorder recorder = new Recorder();
            WebSocket socket = http.newWebSocketBuilder()
                    .subprotocols("lc.protobuf2.3")
                    .buildAsync(URI.create("wss://127.0.0.1:" + server.port + "/"), recorder)
                    .join();
            // An answer of several TLS records, and of several reads on the way in.
            GenericCommand login = GenericCommand.newBuilder()
                    .setCmd(CommandType.login)
                    .setAppId("app")
                    .setInstallationId("x".repeat(50_000))
                    .setI(3)
                    .build();
            socket.sendBinary(ByteBuffer.wrap(login.toByteArray()), true).join();
            GenericCommand answer = GenericCommand.parseFrom(recorder.message.get(20, TimeUnit.SECONDS));
            assertThat(answer.getCmd()).isEqualTo(CommandType.loggedin);
            assertThat(answer.getInstallationId()).hasSize(50_000);
            socket.sendClose(1000, "").join();
            assertThat(recorder.closed.get(20, TimeUnit.SECONDS)).isEqualTo(1000);
        }
    }

    private Path selfSigned() throws Exception {
        Path keys = folder.resolve("keys.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        keys.toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(keytool.waitFor()).isZero();
        return keys;
    }

    private static SSLContext trusting(Path keys) throws Exception {
        KeyStore own = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keys)) {
            own.load(in, PASSWORD.toCharArray());
        }
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("server", own.getCertificate("mykey"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    private static final class Recorder implements WebSocket.Listener {
        final CompletableFuture<byte[]> message = new CompletableFuture<>();
        final CompletableFuture<Integer> closed = new CompletableFuture<>();
        private final ByteArrayOutputStream parts = new ByteArrayOutputStream();

        @Override
        public CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
            byte[] part = new byte[data.remaining()];
            data.get(part);
            parts.writeBytes(part);
            if (last) message.complete(parts.toByteArray());
            from.request(1);
            return CompletableFuture.completedStage(null);
        }

        @Override
        public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            closed.complete(code);
            return CompletableFuture.completedStage(null);
        }
    }
}
