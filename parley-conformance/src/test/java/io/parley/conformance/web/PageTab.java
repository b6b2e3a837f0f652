package io.parley.conformance.web;

import static io.parley.conformance.browser.Tab.quote;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.conformance.browser.Tab;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.core.ConditionFactory;

/// A tab with one of our pages, used as people use it. Everything it sees it waits for.
class PageTab {
    final Tab tab;

    PageTab(Tab tab) {
        this.tab = tab;
    }

    String address() {
        return tab.evaluate("location.href").asText();
    }

    List<String> texts(String selector) {
        List<String> texts = new ArrayList<>();
        JsonNode found = tab.evaluate(
                "[...document.querySelectorAll(%s)].map((node) => node.textContent)".formatted(quote(selector)));
        found.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    String text(String selector) {
        return tab.evaluate("document.querySelector(%s).textContent".formatted(quote(selector)))
                .asText();
    }

    /// Whether people see it. They see nothing before the style sheets are there, although some of these may show by
    /// themselves what all of them together hide.
    boolean shows(String selector) {
        return tab.evaluate(
                        "document.readyState === 'complete' && Boolean(document.querySelector(%s)?.checkVisibility())"
                                .formatted(quote(selector)))
                .asBoolean();
    }

    /// Waits for what the page will show, looking often.
    static ConditionFactory eventually(String what) {
        return await(what)
                .atMost(Duration.ofSeconds(30))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(20));
    }

    void clicks(String selector) {
        waitFor(selector);
        tab.click(selector);
    }

    void fill(String selector, String text) {
        tab.evaluate("document.querySelector(%s).select()".formatted(quote(selector)));
        tab.type(text);
    }

    void waitFor(String selector) {
        eventually(selector + " being shown")
                .untilAsserted(() -> assertThat(shows(selector))
                        .as("%s being shown; the page says: %s", selector, visibleText())
                        .isTrue());
    }

    void waitUntilGone(String selector) {
        eventually(selector + " being gone").until(() -> !shows(selector));
    }

    private String visibleText() {
        return tab.evaluate("document.body?.innerText ?? 'nothing'").asText();
    }

    void waitForReload() {
        eventually("the page being loaded again")
                .until(() -> !tab.evaluate("Boolean(window.beforeReload)").asBoolean());
    }
}
