package io.parley.conformance.web;

import static io.parley.conformance.web.PageTab.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.parley.conformance.browser.Tab;
import io.parley.testing.TestApp;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The demos at `/demo/`, in tabs of one browser. With `-Dparley.screenshots=FOLDER` there are pictures of them.
class DemoTest extends PagesTest {
    @Test
    void two_pages_play_a_round_of_which_only_the_result_is_kept() throws Exception {
        var tom = entersBattle(server.url() + "/demo/battle", "Tom");
        tom.waitFor("#link");
        String link = tom.address();
        takes(tom, "battle-waiting.png");
        var jerry = new PageTab(browser.newTab());
        jerry.tab.becomePhone(360, 720);
        entersBattle(jerry, link, "Jerry");
        seesStatus(tom, "Go! Five stars win.");
        seesStatus(jerry, "Go! Five stars win.");
        assertFitsInWidth(jerry);

        jerry.clicks(".tile.star");
        eventually("Jerry's step at Tom's").until(() -> !rivalStandsInTheLastCorner(tom));
        takes(tom, "battle.png");
        takes(jerry, "battle-phone.png");
        eventually("the end of the round").atMost(Duration.ofMinutes(2)).until(() -> {
            for (PageTab player : List.of(jerry, tom))
                player.tab.evaluate("document.querySelector('.board:not(.over) .tile.star')?.click()");
            return tom.shows("#again");
        });

        String result = tom.text("#status");
        assertThat(result).matches("Tom beat Jerry 5:[0-4]|Jerry beat Tom 5:[0-4]");
        seesStatus(jerry, result);
        for (PageTab player : List.of(tom, jerry))
            eventually("the result in the list")
                    .untilAsserted(() -> assertThat(player.texts("#rounds li")).containsExactly(result));
        takes(jerry, "battle-over.png");
        List<JsonNode> kept = history(link.substring(link.lastIndexOf('/') + 1));
        assertThat(kept).hasSize(1);
        JsonNode content =
                new ObjectMapper().readTree(kept.getFirst().path("data").asText());
        assertThat(content.path("_lctype").asInt()).isEqualTo(-1);
        assertThat(content.path("_lctext").asText()).isEqualTo(result);

        jerry.clicks("#again");
        seesStatus(tom, "Go! Five stars win.");
        seesStatus(jerry, "Go! Five stars win.");
        for (PageTab player : List.of(tom, jerry))
            assertThat(player.tab.complaints()).isEmpty();
    }

    @Test
    void a_chinese_browser_gets_a_chinese_battle() {
        var tab = browser.newTab();
        tab.speak("zh-CN");
        var page = new PageTab(tab);
        page.tab.open(server.url() + "/demo/battle");
        page.waitFor("#name");

        assertThat(page.text("h1")).isEqualTo("抢星大战");
        assertThat(page.tab.evaluate("document.documentElement.lang").asText()).isEqualTo("zh-CN");
    }

    @Test
    void the_tour_prints_each_call_and_each_event_once() {
        var page = new PageTab(browser.newTab());
        page.tab.open(server.url() + "/demo/tour");
        eventually("the end of the tour")
                .until(() -> !List.of("loading", "running").contains(stateOf(page)));
        List<String> printed = new ArrayList<>();
        page.tab
                .evaluate("[...document.querySelectorAll('#log li')].map((line) => line.dataset.line)")
                .forEach(line -> printed.add(line.asText()));
        assertThat(page.texts("#log .failed")).isEmpty();
        assertThat(printed)
                .containsExactlyInAnyOrder(
                        "open",
                        "auth",
                        "ping",
                        "create",
                        "create > Tom invited",
                        "create > Tom membersjoined",
                        "add",
                        "add > Tom membersjoined",
                        "add > Jerry invited",
                        "add > Jerry membersjoined",
                        "existing room",
                        "list",
                        "count",
                        "query",
                        "send plain",
                        "send plain > Jerry message",
                        "send transient",
                        "send transient > Jerry message",
                        "send with receipt",
                        "send with receipt > Jerry message",
                        "send with receipt > Tom receipt",
                        "send image",
                        "send image > Jerry message",
                        "receive",
                        "receive > Tom message",
                        "log",
                        "remove",
                        "remove > Jerry kicked",
                        "remove > Tom membersleft",
                        "join",
                        "join > Jerry invited",
                        "join > Tom membersjoined",
                        "join > Jerry membersjoined",
                        "leave",
                        "leave > Jerry kicked",
                        "leave > Tom membersleft",
                        "own event",
                        "own event > Tom applause",
                        "close");
        assertThat(page.tab.complaints()).isEmpty();
    }

    @Test
    void the_list_leads_to_every_demo() {
        var page = new PageTab(browser.newTab());
        page.tab.open(server.url() + "/demo");
        page.waitFor(".demos a");
        takes(page, "demos.png");
        assertThat(page.texts(".demos strong"))
                .containsExactly("Chat", "Star battle", "API tour", "Chat in the terminal", "Chat on Android");

        page.clicks(".demos a[href=battle]");
        page.waitFor("#name");
        assertThat(page.tab.complaints()).isEmpty();
    }

    private static String stateOf(PageTab tour) {
        return tour.tab
                .evaluate("document.getElementById('log')?.dataset.state ?? 'loading'")
                .asText();
    }

    private PageTab entersBattle(String address, String name) {
        var page = new PageTab(browser.newTab());
        entersBattle(page, address, name);
        return page;
    }

    private static void entersBattle(PageTab page, String address, String name) {
        page.tab.open(address);
        page.waitFor("#name");
        page.fill("#name", name);
        page.tab.press(Tab.Key.ENTER);
        page.waitFor("#game");
    }

    private static void seesStatus(PageTab page, String text) {
        eventually("the words " + text)
                .untilAsserted(() -> assertThat(page.text("#status")).isEqualTo(text));
    }

    private static boolean rivalStandsInTheLastCorner(PageTab page) {
        return page.tab
                .evaluate("document.querySelector('.tile:last-child').classList.contains('rival')")
                .asBoolean();
    }

    private static void assertFitsInWidth(PageTab page) {
        assertThat(page.tab
                        .evaluate("document.documentElement.scrollWidth <= innerWidth")
                        .asBoolean())
                .as("fits in the width of a phone")
                .isTrue();
    }

    private List<JsonNode> history(String room) throws Exception {
        var request = HttpRequest.newBuilder(
                        URI.create(server.url() + "/1.2/rtm/chatrooms/" + room + "/messages?limit=100"))
                .header("X-LC-Id", TestApp.ID)
                .header("X-LC-Key", TestApp.MASTER_KEY + ",master")
                .build();
        try (var http = HttpClient.newHttpClient()) {
            var answer = http.send(request, BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            List<JsonNode> rows = new ArrayList<>();
            new ObjectMapper().readTree(answer.body()).forEach(rows::add);
            return rows;
        }
    }

    private static void takes(PageTab page, String picture) {
        PICTURES.ifPresent(folder -> page.tab.screenshot(folder.resolve(picture)));
    }
}
