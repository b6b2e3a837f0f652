package io.parley.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.net.SelfSignedCertificate;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.Instant;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {
    private final SelfSignedCertificate first = SelfSignedCertificate.create("localhost");
    private final SelfSignedCertificate second = SelfSignedCertificate.create("localhost");

    @TempDir
    Path folder;

    @AfterEach
    void delete() {
        first.delete();
        second.delete();
    }

    @Test
    void a_server_with_a_certificate_speaks_tls_and_hands_out_wss() throws Exception {
        use(first);
        try (var server = start()) {
            String url = "https://localhost:" + server.port();

            var route = trusting(first).json(url + "/v1/route?appId=" + TestApp.ID + "&secure=1");

            assertThat(route.path("server").asText()).isEqualTo("wss://localhost:" + server.port() + "/");
        }
    }

    @Test
    void clients_chat_by_tls() throws Exception {
        use(first);
        try (var server = start();
                var tom = new JsonSocket(URI.create("wss://localhost:" + server.port() + "/"), client(first))) {
            assertThat(tom.open("Tom")).isNotEmpty();
        }
    }

    @Test
    void a_second_port_serves_those_who_cannot_speak_tls() throws Exception {
        use(first);
        try (var server = ParleyServer.with()
                .tls(folder.resolve("cert.pem"), folder.resolve("key.pem"))
                .set("plainPort", "0")
                .start()) {
            int plainPort = server.parley().plainPort().orElseThrow();
            String url = "http://localhost:" + plainPort;
            var http = new Http();

            assertThat(http.json(url + "/v1/route?appId=" + TestApp.ID)
                            .path("server")
                            .asText())
                    .isEqualTo("ws://localhost:" + plainPort + "/");
            assertThat(http.json(url + "/v1/route?secure=1&appId=" + TestApp.ID)
                            .path("server")
                            .asText())
                    .isEqualTo("wss://localhost:" + server.port() + "/");
        }
    }

    @Test
    void a_renewed_certificate_is_used_without_a_restart() throws Exception {
        use(first);
        try (var server = start()) {
            String ping = "https://localhost:" + server.port() + "/1.1/ping";
            assertThat(trusting(first).get(ping).statusCode()).isEqualTo(200);

            use(second);
            Files.setLastModifiedTime(
                    folder.resolve("cert.pem"), FileTime.from(Instant.now().plus(Duration.ofMinutes(1))));

            await().atMost(Duration.ofMinutes(1))
                    .ignoreExceptionsInstanceOf(SSLHandshakeException.class)
                    .untilAsserted(() ->
                            assertThat(trusting(second).get(ping).statusCode()).isEqualTo(200));
        }
    }

    private ParleyServer start() {
        return ParleyServer.with()
                .tls(folder.resolve("cert.pem"), folder.resolve("key.pem"))
                .start();
    }

    private void use(SelfSignedCertificate certificate) throws Exception {
        Files.copy(
                Path.of(certificate.certificatePath()),
                folder.resolve("cert.pem"),
                StandardCopyOption.REPLACE_EXISTING);
        Files.copy(
                Path.of(certificate.privateKeyPath()), folder.resolve("key.pem"), StandardCopyOption.REPLACE_EXISTING);
    }

    private static Http trusting(SelfSignedCertificate certificate) throws Exception {
        return new Http(client(certificate));
    }

    private static HttpClient client(SelfSignedCertificate certificate) throws Exception {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (InputStream in = Files.newInputStream(Path.of(certificate.certificatePath()))) {
            store.setCertificateEntry(
                    "server", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        var tls = SSLContext.getInstance("TLS");
        tls.init(null, trust.getTrustManagers(), null);
        return HttpClient.newBuilder().sslContext(tls).build();
    }
}
