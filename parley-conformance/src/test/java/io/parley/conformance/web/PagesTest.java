package io.parley.conformance.web;

import io.parley.conformance.browser.Chromium;
import io.parley.conformance.browser.Window;
import io.parley.testing.ParleyServer;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/// One window and one server for all tests of a class; each test has tabs of its own.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class PagesTest {
    /// Where pictures of pages go, if any are wanted.
    static final Optional<Path> PICTURES =
            Optional.ofNullable(System.getProperty("parley.screenshots")).map(Path::of);

    Window browser;
    ParleyServer server;

    @BeforeAll
    void start() {
        browser = Chromium.shared().newWindow();
        server = ParleyServer.start();
    }

    @AfterEach
    void closeTabs() {
        browser.closeTabs();
    }

    @AfterAll
    void stop() {
        server.close();
        browser.close();
    }
}
