package io.parley.conformance.sdk;

import io.parley.testing.ParleyServer;
import io.parley.testing.TestApp;
import java.net.URI;
import java.util.List;
import java.util.Map;

/// The server the SDKs talk with, and the app they belong to. It speaks TLS by itself, as older SDKs need it.
final class ServerUnderTest implements AutoCloseable {
    /// Generation 5 asks the app router only for ids of this form.
    private static final String ROUTED_APP_ID = "conformance-MdYXbMMI";

    private final ParleyServer server;

    private ServerUnderTest(ParleyServer server) {
        this.server = server;
    }

    /// @param settings each as `name=value`
    static ServerUnderTest withTls(TestAuthority authority, List<String> settings) {
        var setup = ParleyServer.with()
                .app(ROUTED_APP_ID, TestApp.KEY, "routed-master-key")
                .tls(authority.serverChain(), authority.serverKey());
        for (String setting : settings) {
            int end = setting.indexOf('=');
            setup.set(setting.substring(0, end), setting.substring(end + 1));
        }
        return new ServerUnderTest(setup.start());
    }

    /// What a program must know.
    Map<String, Object> configuration() {
        return Map.of(
                "appId", TestApp.ID, "routedAppId", ROUTED_APP_ID, "appKey", TestApp.KEY, "url", url().toString());
    }

    /// The same for a program that reads it from its environment.
    Map<String, String> environment() {
        return Map.of("APP_ID", TestApp.ID, "PARLEY_URL", url().toString());
    }

    /// The text with this server in place of the one that the documents speak of.
    String configured(String text) {
        return text.replace("https://chat.example.com", url().toString())
                .replace("chat.example.com", url().getAuthority())
                .replace("your-app-id", TestApp.ID)
                .replace("your-app-key", TestApp.KEY);
    }

    /// Ends the server and starts it again, same data, same port.
    void restart() {
        server.restart();
    }

    /// Without TLS; only with the setting `plainPort`.
    URI plainUrl() {
        return URI.create("http://127.0.0.1:" + server.parley().plainPort().orElseThrow());
    }

    URI url() {
        return server.url();
    }

    @Override
    public void close() {
        server.close();
    }
}
