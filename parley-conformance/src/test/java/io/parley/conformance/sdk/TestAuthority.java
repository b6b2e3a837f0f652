package io.parley.conformance.sdk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/// A certificate authority of this test run, and the server certificate it issued: for localhost, and for the names
/// that old SDKs have compiled in. Clients trust it by its file, as a company's own authority.
final class TestAuthority {
    static final String PASSWORD = "parley-conformance";

    private static final String NAMES = "san=dns:localhost,ip:127.0.0.1,dns:app-router.com,dns:app-router.leancloud.cn,"
            + "dns:router-g0-push.leancloud.cn,dns:router-a0-push.leancloud.cn";

    private final Path folder;

    private TestAuthority(Path folder) {
        this.folder = folder;
    }

    /// Makes the authority in an empty folder.
    static TestAuthority create(Path folder) {
        try {
            TestAuthority authority = new TestAuthority(folder);
            authority.make();
            return authority;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make certificates in " + folder, e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot read the certificates in " + folder, e);
        }
    }

    /// The authority's certificate, PEM.
    Path certificate() {
        return folder.resolve("authority.pem");
    }

    /// The authority's certificate, PKCS 12 with [#PASSWORD].
    Path trustStore() {
        return folder.resolve("trust.p12");
    }

    /// The server's certificate followed by the authority's, PEM.
    Path serverChain() {
        return folder.resolve("server.pem");
    }

    /// The server's private key, PKCS 8 PEM, not encrypted.
    Path serverKey() {
        return folder.resolve("server.key");
    }

    /// For a server of the tests' own.
    SSLContext serverContext() {
        try {
            KeyStore keys = KeyStore.getInstance(folder.resolve("keys.p12").toFile(), PASSWORD.toCharArray());
            keys.deleteEntry("authority");
            KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(keys, PASSWORD.toCharArray());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), null, null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("cannot read the certificates in " + folder, e);
        }
    }

    /// For a client of the tests' own, that trusts this authority only.
    SSLContext clientContext() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {trust()}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot trust the authority in " + folder, e);
        }
    }

    X509TrustManager trust() {
        try {
            KeyStore trusted = KeyStore.getInstance(trustStore().toFile(), PASSWORD.toCharArray());
            TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(trusted);
            return (X509TrustManager) managers.getTrustManagers()[0];
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("cannot read the certificates in " + folder, e);
        }
    }

    private void make() throws IOException, GeneralSecurityException {
        keytool("-alias", "authority", "-dname", "CN=Parley test authority", "-ext", "bc:c=ca:true");
        keytool("-alias", "server", "-dname", "CN=localhost", "-ext", NAMES, "-signer", "authority");
        KeyStore keys = KeyStore.getInstance(folder.resolve("keys.p12").toFile(), PASSWORD.toCharArray());
        Certificate authority = keys.getCertificate("authority");
        write(certificate(), List.of(pem("CERTIFICATE", authority.getEncoded())));
        List<String> chain = new ArrayList<>();
        for (Certificate link : keys.getCertificateChain("server")) chain.add(pem("CERTIFICATE", link.getEncoded()));
        write(serverChain(), chain);
        byte[] key = keys.getKey("server", PASSWORD.toCharArray()).getEncoded();
        write(serverKey(), List.of(pem("PRIVATE KEY", key)));
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("authority", authority);
        try (var out = Files.newOutputStream(trustStore())) {
            trusted.store(out, PASSWORD.toCharArray());
        }
    }

    private void keytool(String... args) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of("-genkeypair", "-keyalg", "EC", "-groupname", "secp256r1", "-validity", "30"));
        command.addAll(List.of("-keystore", folder.resolve("keys.p12").toString()));
        command.addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD));
        command.addAll(List.of(args));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) throw new IOException("keytool failed: " + output);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while making certificates", e);
        }
    }

    private static String pem(String type, byte[] der) {
        return "-----BEGIN " + type + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
                + "\n-----END " + type + "-----\n";
    }

    private static void write(Path file, List<String> parts) throws IOException {
        Files.writeString(file, String.join("", parts));
    }
}
