package io.parley.conformance.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.parley.conformance.browser.Tab;
import io.parley.conformance.browser.Window;
import java.time.Duration;

/// A page in a window of its own.
final class PageHost implements Host {
    private final Window window;
    private final Tab tab;
    private final String url;

    /// @param url of the page, which loads the program
    PageHost(Window window, String url, Ear ear) {
        this.window = window;
        this.url = url;
        tab = window.newTab();
        tab.offer("tellTest", ear::line);
        tab.open(url);
        await("the program of " + url)
                .atMost(Recorder.PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> tab.evaluate("typeof hearTest").asText().equals("function")
                        || !tab.complaints().isEmpty());
        assertThat(tab.complaints()).as("complaints of " + url).isEmpty();
    }

    @Override
    public void write(String line) {
        tab.starts("hearTest(" + Tab.quote(line) + ")");
    }

    @Override
    public String log() {
        return url + " " + tab.complaints();
    }

    @Override
    public void close() {
        window.close();
    }
}
