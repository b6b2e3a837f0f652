package io.parley.conformance.web;

import static io.parley.conformance.browser.Tab.quote;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.conformance.browser.Tab;
import java.util.List;

/// A tab that shows the web chat, in the words of somebody who uses it. Everything it sees it waits for.
final class ChatTab extends PageTab {
    ChatTab(Tab tab) {
        super(tab);
    }

    /// Opens the page and signs in through the form.
    ChatTab signsIn(String url, String name) {
        tab.open(url);
        entersName(name);
        return this;
    }

    void entersName(String name) {
        waitFor("#sign-in-name");
        fill("#sign-in-name", name);
        tab.press(Tab.Key.ENTER);
        waitFor("#chat");
        assertThat(text("#me .name")).isEqualTo(name);
    }

    /// @return the address of the new conversation
    String startsConversationWith(String names) {
        String before = address();
        clicks("#new-conversation");
        waitFor("#start-names");
        fill("#start-names", names);
        tab.press(Tab.Key.ENTER);
        eventually("a new address").until(() -> !address().equals(before));
        waitFor("#draft");
        waitUntilGone("dialog");
        return address();
    }

    void joins() {
        clicks("#join-button");
        waitFor("#draft");
    }

    void says(String text) {
        fill("#draft", text);
        tab.press(Tab.Key.ENTER);
    }

    void sees(String text) {
        eventually("the line " + text).untilAsserted(() -> assertThat(lines()).contains(text));
    }

    void seesNotice(String text) {
        eventually("the notice " + text)
                .untilAsserted(() -> assertThat(texts(".notice")).contains(text));
    }

    void seesProgress(String text, String progress) {
        eventually("the message %s being %s".formatted(text, progress))
                .untilAsserted(() -> assertThat(progressOf(text)).isEqualTo(progress));
    }

    /// @return how far a message of one's own got, as its tick tells assistive technology
    private String progressOf(String text) {
        return tab.evaluate("""
                        [...document.querySelectorAll('.line')]
                            .find((line) => line.querySelector('.text').textContent === %s)
                            ?.querySelector('.tick')
                            ?.getAttribute('aria-label') ?? 'nothing'""".formatted(quote(text))).asText();
    }

    /// The words of the messages in view or beyond, oldest first.
    List<String> lines() {
        return texts(".line .text");
    }

    /// Uses a button that appears beside a message when the mouse is over it. The page may draw the line anew
    /// meanwhile,
    /// as it does when the tick changes: then once more.
    void actsOn(String text, String label) {
        eventually("the button " + label).untilAsserted(() -> {
            assertThat(marks(text, label)).isTrue();
            tab.move("[data-meant=line]");
            tab.click("[data-meant=button]");
        });
    }

    private boolean marks(String text, String label) {
        return tab.evaluate("""
                (() => {
                  for (const marked of document.querySelectorAll('[data-meant]')) delete marked.dataset.meant;
                  const line = [...document.querySelectorAll('.line')]
                      .find((each) => each.querySelector('.text').textContent === %s);
                  const button = line?.querySelector('[aria-label=%s]');
                  if (!button) return false;
                  line.querySelector('.bubble').dataset.meant = 'line';
                  button.dataset.meant = 'button';
                  return true;
                })()""".formatted(quote(text), label)).asBoolean();
    }
}
