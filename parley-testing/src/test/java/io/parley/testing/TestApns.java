package io.parley.testing;

import com.eatthepath.pushy.apns.server.MockApnsServer;
import com.eatthepath.pushy.apns.server.MockApnsServerBuilder;
import com.eatthepath.pushy.apns.server.RejectedNotificationException;
import com.eatthepath.pushy.apns.server.RejectionReason;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.channel.nio.NioEventLoopGroup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;

/// Apple's push service, played by Pushy's own server, with keys in a folder.
final class TestApns {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PASSWORD = "changeit";
    private static final String SERVER = "apns.p12";

    private TestApns() {}

    /// Makes the keys of both sides.
    ///
    /// @param port where the service will listen
    /// @return the file with which a server of ours finds the service and trusts it
    static Path prepare(Path folder, int port) throws IOException, GeneralSecurityException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home", ""), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-alias",
                        "apns",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost",
                        "-validity",
                        "10",
                        "-keystore",
                        folder.resolve(SERVER).toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) throw new IllegalStateException("keytool: " + said);
        byte[] certificate = keys(folder).getCertificate("apns").getEncoded();
        pem(folder.resolve("trusted.pem"), "CERTIFICATE", certificate);
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        byte[] key = generator.generateKeyPair().getPrivate().getEncoded();
        pem(folder.resolve("key.p8"), "PRIVATE KEY", key);
        return Files.writeString(
                folder.resolve("apns.json"),
                "{'keyFile':'key.p8','keyId':'K1','teamId':'T1','endpoint':'https://localhost:%d','trustedCertificates':'trusted.pem','timeout':2}"
                        .formatted(port)
                        .replace('\'', '"'));
    }

    private static void pem(Path file, String kind, byte[] content) throws IOException {
        String base64 = Base64.getMimeEncoder().encodeToString(content);
        Files.writeString(file, "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(kind, base64));
    }

    private static KeyStore keys(Path folder) throws IOException, GeneralSecurityException {
        return KeyStore.getInstance(folder.resolve(SERVER).toFile(), PASSWORD.toCharArray());
    }

    /// Listens for as long as this process lives.
    ///
    /// @param folder the same as [#prepare]'s
    /// @param accepts is given the payload of a notification; if it says no, Apple is out of order for this once
    @SuppressWarnings("deprecation") // Pushy knows groups by their class
    static void listen(Path folder, int port, Predicate<JsonNode> accepts)
            throws IOException, GeneralSecurityException, ExecutionException, InterruptedException {
        KeyStore keys = keys(folder);
        MockApnsServer server = new MockApnsServerBuilder()
                .setServerCredentials(
                        new X509Certificate[] {(X509Certificate) keys.getCertificate("apns")},
                        (PrivateKey) keys.getKey("apns", PASSWORD.toCharArray()),
                        null)
                .setHandlerFactory(session -> (headers, payload) -> {
                    if (!accepts.test(json(payload.toString(StandardCharsets.UTF_8))))
                        throw new RejectedNotificationException(RejectionReason.SERVICE_UNAVAILABLE);
                })
                .setEventLoopGroup(new NioEventLoopGroup(1))
                .build();
        server.start(port).get();
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
