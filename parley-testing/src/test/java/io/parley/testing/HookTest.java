package io.parley.testing;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// A server whose hooks an engine answers.
abstract class HookTest {
    protected final TestEngine engine = TestEngine.start();
    protected ParleyServer server;

    protected ParleyServer.Setup settings() {
        return ParleyServer.with()
                .set("connections.noticeDelay", "0ms")
                .set("outbound.allowPrivate", "true")
                .set("appDefaults.hooks.key", "theHookKey")
                .set("appDefaults.hooks.engineUrl", engine.url());
    }

    @BeforeEach
    void prepare() {
        server = settings().create();
    }

    /// To be called when the hooks are defined: the server asks for them when it starts.
    protected void start() {
        server = settings().start();
    }

    @AfterEach
    void stop() {
        engine.close();
        server.close();
    }
}
