package io.parley.conformance.sdk;

import io.parley.core.app.App;
import io.parley.core.app.AppSettings;
import io.parley.core.app.Apps;
import io.parley.core.app.HookSettings;
import io.parley.core.command.AppId;
import io.parley.testing.ParleyServer;
import io.parley.testing.TestApp;
import java.lang.reflect.RecordComponent;
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

    void appHasEngine(String url) {
        Apps apps = server.parley().apps();
        App app = apps.get(new AppId(TestApp.ID));
        HookSettings none = HookSettings.DEFAULT;
        HookSettings hooks = new HookSettings(
                url,
                none.key(),
                none.urls(),
                none.timeout(),
                none.timeouts(),
                none.failClosed(),
                none.bodySignature(),
                none.uplinkUrl(),
                none.attempts());
        apps.save(new App(app.id(), app.key(), app.masterKey(), with(app.settings(), hooks)));
    }

    private static AppSettings with(AppSettings settings, HookSettings hooks) {
        RecordComponent[] components = AppSettings.class.getRecordComponents();
        try {
            Object[] values = new Object[components.length];
            Class<?>[] types = new Class<?>[components.length];
            for (int i = 0; i < components.length; i++) {
                types[i] = components[i].getType();
                values[i] = types[i] == HookSettings.class
                        ? hooks
                        : components[i].getAccessor().invoke(settings);
            }
            return AppSettings.class.getConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("settings cannot be copied", e);
        }
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
