package io.parley.conformance.web;

import static io.parley.conformance.web.PageTab.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.conformance.browser.Chromium;
import io.parley.conformance.browser.Tab;
import io.parley.conformance.browser.Window;
import io.parley.testing.ParleyServer;
import io.parley.testing.TestApp;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// An operator looks after a server through the console, while people chat. With `-Dparley.screenshots=FOLDER` the
/// picture of the documentation is taken.
class ConsoleTest {
    private Window browser;
    private ParleyServer server;

    @BeforeEach
    void start() {
        browser = Chromium.shared().newWindow();
        server = ParleyServer.start();
    }

    @AfterEach
    void stop() {
        browser.close();
        server.close();
    }

    private ConsoleTab console() {
        return new ConsoleTab(browser.newTab(), server.url()).signsIn();
    }

    private ChatTab chat(String name) {
        return new ChatTab(browser.newTab()).signsIn(server.url() + "/", name);
    }

    private static String idOf(String address) {
        return address.substring(address.lastIndexOf('/') + 1);
    }

    @Test
    void only_the_master_key_opens_it_and_stays_in_the_tab() {
        var tab = new ConsoleTab(browser.newTab(), server.url());
        tab.signsInWith(TestApp.KEY);
        eventually("a refusal").until(() -> tab.shows("#sign-in-error"));
        assertThat(tab.text("#sign-in-error")).isEqualTo("The app does not know this key.");
        assertThat(tab.shows("#console")).isFalse();

        tab.fill("#master-key", TestApp.MASTER_KEY);
        tab.tab.press(Tab.Key.ENTER);
        tab.waitFor("#figures .figure");
        tab.tab.reload();
        tab.waitForReload();
        tab.waitFor("#figures .figure");
        assertThat(tab.tab
                        .evaluate("JSON.stringify(localStorage) + document.cookie")
                        .asText())
                .doesNotContain(TestApp.MASTER_KEY);

        tab.clicks("#sign-out");
        tab.waitFor("#master-key");
        assertThat(tab.tab.evaluate("sessionStorage.length").asInt()).isZero();
        assertThat(tab.tab.complaints()).isEmpty();
    }

    @Test
    void figures_move_while_people_talk_and_messages_are_found() {
        var console = console();
        console.seesFigure("Online now", "0");

        var tom = chat("Tom");
        tom.startsConversationWith("Jerry");
        tom.says("Is anybody there?");
        console.seesFigure("Online now", "1");
        console.seesFigure("Online today", "1");
        console.seesCell("Is anybody there?");

        console.looksAt("messages");
        console.waitFor("#client");
        console.fill("#client", "Jerry");
        console.tab.press(Tab.Key.ENTER);
        eventually("no message of Jerry").until(() -> console.text("#messages").equals("Nothing found."));
        console.fill("#client", "Tom");
        console.tab.press(Tab.Key.ENTER);
        console.seesCell("Is anybody there?");
        assertThat(console.tab.complaints()).isEmpty();
    }

    @Test
    void a_conversation_is_seen_with_its_columns_and_its_id_can_be_copied() {
        var tom = chat("Tom");
        String id = idOf(tom.startsConversationWith("Jerry"));
        tom.says("<b>bold</b>");
        var console = console();

        console.looksAt("conversations");
        console.seesCell(id);
        assertThat(console.texts("th"))
                .containsSubsequence("objectId", "name", "m", "mu", "c", "attr", "lm", "createdAt", "updatedAt");
        assertThat(console.text("#member-caution")).contains("Do not change m or mu by hand");
        console.fill("#asked", "nobody-of-that-name");
        console.tab.press(Tab.Key.ENTER);
        eventually("an empty list").until(() -> console.text("#rows").equals("Nothing found."));
        console.fill("#asked", "Jerry");
        console.tab.press(Tab.Key.ENTER);
        console.seesCell(id);
        console.clicks("td.id button");
        console.isTold("Copied");

        console.clicks("td.id a");
        console.seesCell("<b>bold</b>");
        console.clicks("#messages td.id a[href^='#/trace/']");
        console.seesCell("Jerry");
        assertThat(console.text("#page h1")).isEqualTo("Where is this message?");
        assertThat(console.text("#page pre")).contains("\"acknowledged\": false");
        assertThat(console.tab.complaints()).isEmpty();
    }

    @Test
    void switches_have_their_effect_at_once() {
        var console = console();
        console.looksAt("settings");
        console.switches("loginSignature");

        var tom = new ChatTab(browser.newTab());
        tom.tab.open(server.url() + "/");
        tom.waitFor("#sign-in-name");
        tom.fill("#sign-in-name", "Tom");
        tom.tab.press(Tab.Key.ENTER);
        eventually("a refusal").until(() -> tom.shows("#sign-in-error"));
        assertThat(tom.text("#sign-in-error")).contains("SIGNATURE_FAILED");

        console.switches("loginSignature");
        tom.entersName("Tom");

        console.fill("[id='setting-maxMessageBytes']", "many");
        console.clicks(".setting.changed button");
        console.isTold("maxMessageBytes");
        console.tab.reload();
        console.waitForReload();
        console.sets("webOrigins", "https://chat.example.com");
        console.sets("push.content", "Something was said");
        console.looksAt("messages");
        console.waitFor("#messages");
        console.looksAt("settings");
        eventually("the saved settings")
                .untilAsserted(() ->
                        assertThat(console.value("[id='setting-push.content']")).isEqualTo("Something was said"));
        assertThat(console.value("[id='setting-webOrigins']")).isEqualTo("https://chat.example.com");
    }

    @Test
    void an_app_can_be_switched_off_and_on() {
        var tom = chat("Tom");
        var console = console();
        console.seesFigure("Online now", "1");
        console.looksAt("settings");
        console.switches("realtime");

        console.looksAt("");
        console.seesFigure("Online now", "0");
        var jerry = new ChatTab(browser.newTab());
        jerry.tab.open(server.url() + "/");
        jerry.waitFor("#sign-in-name");
        jerry.fill("#sign-in-name", "Jerry");
        jerry.tab.press(Tab.Key.ENTER);
        eventually("a refusal").until(() -> jerry.shows("#sign-in-error"));
        assertThat(jerry.text("#sign-in-error")).contains("APP_NOT_AVAILABLE");

        console.looksAt("settings");
        console.switches("realtime");
        tom.tab.reload();
        tom.waitForReload();
        tom.waitFor("#chat");
        console.looksAt("");
        console.seesFigure("Online now", "1");
    }

    @Test
    void keys_are_shown_when_asked_for() {
        var console = console();
        console.looksAt("settings");
        console.waitFor(".keys");

        assertThat(console.texts(".keys .mono")).containsExactly(TestApp.ID, TestApp.KEY, "••••••••");
        console.clicks(".keys dd:last-child button");
        assertThat(console.texts(".keys .mono")).contains(TestApp.MASTER_KEY);
    }

    @Test
    void a_client_is_looked_up_and_forced_off() {
        var tom = chat("Tom");
        tom.startsConversationWith("Jerry");
        tom.says("one");
        tom.says("two");
        tom.sees("two");
        var console = console();

        console.looksAt("clients/Jerry");
        console.seesFigure("Status", "offline");
        console.seesFigure("Unread", "2");
        console.looksAt("clients/Tom");
        console.seesFigure("Status", "online");
        console.clicks("#sign");
        eventually("a signature").until(() -> console.text("#signed").contains("\"signature\": \""));

        console.clicks("#kick");
        console.clicks("dialog .danger");
        console.isTold("forced off");
        console.seesFigure("Status", "offline");
        assertThat(console.tab.complaints()).isEmpty();
    }

    @Test
    void it_fits_on_a_phone_and_speaks_chinese() {
        var tab = browser.newTab();
        tab.speak("zh-CN");
        tab.becomePhone(360, 720);
        chat("Tom").startsConversationWith("Jerry");
        var console = new ConsoleTab(tab, server.url()).signsIn();

        assertThat(console.text("#page h1")).isEqualTo("概览");
        for (String page : new String[] {"conversations", "messages", "clients/Tom", "settings", "outbox"}) {
            console.looksAt(page);
            eventually(page)
                    .until(() -> console.tab
                            .evaluate("document.querySelector('nav .chosen')?.dataset.section === '"
                                    + page.replaceAll("/.*", "")
                                    + "' && Boolean(document.querySelector('#page h1 ~ *'))")
                            .asBoolean());
            assertThat(console.tab
                            .evaluate("document.documentElement.scrollWidth")
                            .asInt())
                    .as("width of %s", page)
                    .isLessThanOrEqualTo(360);
        }
    }

    @Test
    void the_picture_of_the_documentation_can_be_taken() {
        var tom = chat("Tom");
        tom.startsConversationWith("Mei, Ravi");
        tom.says("Lunch at noon?");
        tom.sees("Lunch at noon?");
        tom.says("The noodle place has a table for three.");
        tom.sees("The noodle place has a table for three.");
        var console = console();
        console.seesFigure("Online now", "1");
        console.seesCell("Lunch at noon?");
        PagesTest.PICTURES.ifPresent(folder -> {
            console.tab.screenshot(folder.resolve("console.png"));
            console.looksAt("settings");
            console.waitFor(".keys");
            console.tab.screenshot(folder.resolve("console-settings.png"));
            console.looksAt("conversations");
            console.waitFor("#rows table");
            console.tab.screenshot(folder.resolve("console-conversations.png"));
            console.looksAt("clients/Tom");
            console.waitFor("#client-found table");
            console.tab.screenshot(folder.resolve("console-client.png"));
        });
        assertThat(console.tab.complaints()).isEmpty();
    }
}
