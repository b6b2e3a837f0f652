package io.parley.conformance.web;

import static io.parley.conformance.browser.Tab.quote;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.conformance.browser.Tab;
import io.parley.testing.TestApp;
import java.net.URI;
import java.util.List;

/// A tab that shows the console, in the words of an operator.
final class ConsoleTab extends PageTab {
    private final String console;

    ConsoleTab(Tab tab, URI server) {
        super(tab);
        console = server + "/console";
    }

    ConsoleTab signsIn() {
        signsInWith(TestApp.MASTER_KEY);
        waitFor("#figures .figure");
        return this;
    }

    void signsInWith(String key) {
        tab.open(console);
        waitFor("#master-key");
        eventually("the app's id").until(() -> value("#app-id").equals(TestApp.ID));
        fill("#master-key", key);
        tab.press(Tab.Key.ENTER);
    }

    /// Wherever on the long page it is.
    @Override
    void clicks(String selector) {
        waitFor(selector);
        tab.evaluate("document.querySelector(%s).scrollIntoView({ block: 'center' })".formatted(quote(selector)));
        super.clicks(selector);
    }

    /// Waits until the page before has gone: it may have the same words.
    ///
    /// @param path of a page, such as `clients/Tom`
    void looksAt(String path) {
        tab.open(console + "#/" + path);
        waitFor("#page[data-path='#/%s']:not([aria-busy])".formatted(path));
    }

    String value(String selector) {
        return tab.evaluate("document.querySelector(%s).value".formatted(quote(selector)))
                .asText();
    }

    /// What stands in big figures under that label.
    void seesFigure(String label, String figure) {
        eventually(label + ": " + figure)
                .untilAsserted(() -> assertThat(figures()).contains(label + figure));
    }

    private List<String> figures() {
        return texts(".figure");
    }

    void seesCell(String text) {
        eventually("a cell with " + text)
                .untilAsserted(() -> assertThat(texts("td")).contains(text));
    }

    void isTold(String text) {
        eventually("being told " + text)
                .untilAsserted(() -> assertThat(text("#toast")).contains(text));
    }

    /// Ticks or unticks a switch and saves it.
    void switches(String setting) {
        clicks("[id='setting-" + setting + "']");
        saves(setting);
    }

    void sets(String setting, String text) {
        waitFor("[id='setting-" + setting + "']");
        fill("[id='setting-" + setting + "']", text);
        saves(setting);
    }

    private void saves(String setting) {
        clicks(".setting.changed button");
        isTold("Saved: " + setting);
    }
}
