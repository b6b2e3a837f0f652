package io.parley.conformance.web;

import static io.parley.conformance.web.ChatTab.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.conformance.browser.Tab;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// People talk through the web chat, in two tabs of one browser. With `-Dparley.screenshots=FOLDER` the pictures of the
/// documentation are taken.
class WebChatTest extends PagesTest {
    private final AtomicInteger numbers = new AtomicInteger();

    @Test
    void two_tabs_talk_and_see_what_was_delivered_and_read() {
        var talk = talk();
        var tom = talk.tom;
        var jerry = talk.jerry;

        tom.says("Is anybody there?");
        jerry.sees("Is anybody there?");
        jerry.says("我在。😀");
        tom.sees("我在。😀");

        tom.seesProgress("Is anybody there?", "Read");
        jerry.tab.open(server.url() + "/#/"); // Jerry looks at the list now
        jerry.waitFor("#nothing-open");
        tom.says("Are you still looking?");
        tom.seesProgress("Are you still looking?", "Delivered");
        eventually("the badge")
                .untilAsserted(() -> assertThat(jerry.texts(".badge")).contains("1"));
        jerry.clicks(".row.unread");
        tom.seesProgress("Are you still looking?", "Read");
        assertNoComplaints(tom, jerry);
    }

    @Test
    void history_comes_by_scrolling_up() {
        var talk = talk();
        List<String> words =
                IntStream.rangeClosed(1, 65).mapToObj(n -> "message " + n).toList();
        words.forEach(talk.tom::says);
        talk.jerry.sees("message 65");

        talk.jerry.tab.reload();
        talk.jerry.waitForReload();
        talk.jerry.sees("message 65");
        assertThat(talk.jerry.lines()).as("the first page only").doesNotContain("message 1");
        eventually("all of the history").untilAsserted(() -> {
            talk.jerry.tab.evaluate("document.getElementById('scroller').scrollTop = 0");
            assertThat(talk.jerry.lines()).isEqualTo(words);
        });
        assertThat(talk.jerry.text("#history")).isEqualTo("This is where the conversation begins.");
    }

    @Test
    void older_lines_come_in_above_without_moving_what_is_read() {
        var talk = talk();
        IntStream.rangeClosed(1, 65).forEach(n -> talk.tom.says("message " + n));
        talk.jerry.tab.reload();
        talk.jerry.waitForReload();
        talk.jerry.sees("message 65");
        String firstLoaded = talk.jerry.lines().getFirst();

        talk.jerry.tab.evaluate("document.getElementById('scroller').scrollTop = 300");
        double before = top(talk.jerry, firstLoaded);
        eventually("older lines").until(() -> !talk.jerry.lines().getFirst().equals(firstLoaded));

        assertThat(top(talk.jerry, firstLoaded)).isBetween(before - 1, before + 1);
    }

    @Test
    void a_reload_keeps_name_and_conversation_and_a_new_tab_may_be_somebody_else() {
        var talk = talk();
        talk.tom.says("Remember me");
        talk.jerry.sees("Remember me");

        talk.tom.tab.reload();
        talk.tom.waitForReload();
        talk.tom.sees("Remember me");
        assertThat(talk.tom.text("#me .name")).isEqualTo(talk.tomsName);

        var third = new ChatTab(browser.newTab());
        third.tab.open(talk.link);
        third.waitFor("#sign-in-name");
        assertThat(third.tab
                        .evaluate("document.getElementById('sign-in-name').value")
                        .asText())
                .as("the suggested name")
                .isEqualTo(talk.jerrysName);
    }

    @Test
    void who_opens_the_link_can_join_and_reads_the_history() {
        var talk = talk();
        talk.tom.says("Before Mary came");
        talk.jerry.sees("Before Mary came");

        String marysName = "Mary" + numbers.incrementAndGet();
        var mary = new ChatTab(browser.newTab()).signsIn(talk.link, marysName);
        mary.joins();
        mary.sees("Before Mary came");

        talk.tom.seesNotice(marysName + " joined");
        talk.tom.says("Welcome, Mary");
        mary.sees("Welcome, Mary");
        assertNoComplaints(mary, talk.tom);
    }

    @Test
    void what_people_write_stays_text() {
        String attack = "<img src=x onerror=\"window.hit=1\"><script>window.hit=1</script><b>bold</b>";
        String name = "<i>Eve" + numbers.incrementAndGet() + "</i>";
        var talk = talk(name);

        talk.jerry.says(attack);
        talk.tom.sees(attack);

        assertThat(talk.tom.text("#thread-title")).isEqualTo(name);
        for (var tab : List.of(talk.tom, talk.jerry)) {
            assertThat(tab.tab.evaluate("window.hit === undefined").asBoolean()).isTrue();
            assertThat(tab.tab
                            .evaluate("document.querySelectorAll('.line img, .line b, i').length")
                            .asInt())
                    .isZero();
        }
        assertNoComplaints(talk.tom, talk.jerry);
    }

    @Test
    void messages_can_be_edited_and_recalled() {
        var talk = talk();
        talk.tom.says("Tpyo");
        talk.tom.says("Never mind");
        talk.jerry.sees("Never mind");

        talk.tom.actsOn("Tpyo", "Edit");
        talk.tom.waitFor("#editing");
        talk.tom.says("Typo");
        talk.jerry.sees("Typo");
        talk.tom.actsOn("Never mind", "Recall");
        talk.tom.clicks("dialog .danger");

        talk.jerry.seesNotice(talk.tomsName + " recalled a message");
        talk.tom.seesNotice("You recalled a message");
        assertThat(talk.jerry.lines()).containsExactly("Typo");
    }

    @Test
    void my_other_tab_shows_what_i_said() {
        var talk = talk();
        var second = new ChatTab(browser.newTab()).signsIn(talk.link, talk.tomsName);
        second.waitFor("#draft");

        talk.tom.says("From the first tab");

        second.sees("From the first tab");
        second.seesProgress("From the first tab", "Read");
    }

    @Test
    void after_a_lost_connection_both_sides_have_everything() {
        var talk = talk();
        talk.tom.says("Before");
        talk.jerry.sees("Before");

        talk.jerry.tab.evaluate("window.dispatchEvent(new Event('offline'))"); // the SDK closes its socket
        talk.jerry.waitFor("#connection");
        talk.tom.says("Jerry misses this");
        talk.tom.seesProgress("Jerry misses this", "Sent");
        talk.jerry.says("Written without a connection");
        talk.jerry.seesProgress("Written without a connection", "Waiting for the connection");
        talk.jerry.tab.evaluate("window.dispatchEvent(new Event('online'))");

        talk.jerry.sees("Jerry misses this");
        talk.tom.sees("Written without a connection");
        talk.jerry.seesProgress("Written without a connection", "Read");
        talk.jerry.waitUntilGone("#connection");
        assertThat(talk.jerry.lines()).containsExactly("Before", "Jerry misses this", "Written without a connection");
    }

    @Test
    void the_chat_goes_on_after_a_restart_of_the_server() {
        var talk = talk();
        talk.tom.says("Before");
        talk.jerry.sees("Before");

        server.restart();
        talk.jerry.says("After");

        talk.tom.sees("After");
        talk.jerry.seesProgress("After", "Read");
        assertThat(talk.tom.lines()).containsExactly("Before", "After");
        talk.tom.waitUntilGone("#connection");
    }

    @Test
    void it_fits_on_a_phone() {
        var talk = talk();
        talk.jerry.tab.becomePhone(360, 720);
        talk.tom.says("A-very-long-word-".repeat(20) + " https://example.com/" + "path/".repeat(30));
        talk.jerry.says("Short");
        talk.tom.sees("Short");

        assertFitsInWidth(talk.jerry, "the conversation");
        talk.jerry.waitUntilGone(".sidebar");
        talk.jerry.clicks("#show-members");
        talk.jerry.waitFor("dialog");
        assertFitsInWidth(talk.jerry, "the members");
        talk.jerry.tab.press(Tab.Key.ESCAPE);
        talk.jerry.clicks("#back");
        talk.jerry.waitFor(".sidebar");
        assertFitsInWidth(talk.jerry, "the list");
        talk.jerry.clicks("#new-conversation");
        talk.jerry.waitFor("#start-names");
        assertFitsInWidth(talk.jerry, "the dialog for a new conversation");
    }

    @Test
    void a_chinese_browser_gets_a_chinese_page() {
        var tab = browser.newTab();
        tab.speak("zh-CN");
        var page = new ChatTab(tab);
        page.tab.open(server.url() + "/");
        page.waitFor("#sign-in-name");

        assertThat(page.text("#sign-in-form button")).isEqualTo("开始聊天");
        assertThat(page.tab.evaluate("document.documentElement.lang").asText()).isEqualTo("zh-CN");
    }

    @Test
    void the_pictures_of_the_documentation_can_be_taken() {
        var tom = new ChatTab(browser.newTab()).signsIn(server.url() + "/", "Tom");
        String lunch = tom.startsConversationWith("Mei, Ravi");
        tom.says("Lunch at noon?");
        var mei = new ChatTab(browser.newTab()).signsIn(lunch, "Mei");
        mei.sees("Lunch at noon?");
        String link = tom.startsConversationWith("Jerry");
        mei.says("Gladly! The noodle place?");
        var jerry = new ChatTab(browser.newTab());
        jerry.tab.becomePhone(390, 780);
        jerry.tab.useColours("dark");
        jerry.signsIn(link, "Jerry").waitFor("#draft");
        tom.says("Morning! I moved the chat to our own server last night.");
        jerry.sees("Morning! I moved the chat to our own server last night.");
        jerry.says("Already? I did not notice a thing 🎉");
        jerry.says("Did you have to change the apps?");
        tom.sees("Did you have to change the apps?");
        tom.says("No, they run the same SDK as before. One line in the config: the address of the server.");
        tom.says("这句中文也没问题。");
        jerry.sees("这句中文也没问题。");
        jerry.says("看到了！Then let us invite the others.");
        tom.sees("看到了！Then let us invite the others.");
        tom.says("Doing it now 👍");
        tom.seesProgress("Doing it now 👍", "Read");
        jerry.seesProgress("看到了！Then let us invite the others.", "Read");

        eventually("the badge")
                .untilAsserted(() -> assertThat(tom.texts(".badge")).containsExactly("1"));
        tom.tab.move("#thread-title"); // off the button that looks pressed under the mouse
        PICTURES.ifPresent(folder -> {
            tom.tab.screenshot(folder.resolve("web-chat.png"));
            jerry.tab.screenshot(folder.resolve("web-chat-phone.png"));
        });
        assertNoComplaints(tom, jerry);
    }

    /// Tom started a conversation with Jerry, who opened its link in a second tab.
    private Talk talk() {
        return talk("Jerry" + numbers.incrementAndGet());
    }

    private Talk talk(String jerrysName) {
        String tomsName = "Tom" + numbers.incrementAndGet();
        var tom = new ChatTab(browser.newTab()).signsIn(server.url() + "/", tomsName);
        String link = tom.startsConversationWith(jerrysName);
        var jerry = new ChatTab(browser.newTab()).signsIn(link, jerrysName);
        jerry.waitFor("#draft");
        return new Talk(tom, tomsName, jerry, jerrysName, link);
    }

    private record Talk(ChatTab tom, String tomsName, ChatTab jerry, String jerrysName, String link) {}

    private static double top(ChatTab who, String text) {
        return who.tab
                .evaluate("[...document.querySelectorAll('.line .text')].find((node) => node.textContent === "
                        + Tab.quote(text) + ").getBoundingClientRect().top")
                .asDouble();
    }

    private static void assertFitsInWidth(ChatTab who, String what) {
        assertThat(who.tab.evaluate("""
                                [document.documentElement, ...document.querySelectorAll('.scroller, .list, dialog')]
                                    .filter((node) => node.scrollWidth > node.clientWidth || node.scrollLeft > 0)
                                    .map((node) => node.className || node.tagName).join()""").asText())
                .as("what is wider than the screen in " + what)
                .isEmpty();
        assertThat(who.tab
                        .evaluate("[...document.querySelectorAll('button, input, textarea, .bubble')].filter((node) =>"
                                + " node.checkVisibility() && (node.getBoundingClientRect().right > innerWidth"
                                + " || node.getBoundingClientRect().left < 0)).map((node) => node.id ||"
                                + " node.className).join()")
                        .asText())
                .as("what lies outside the screen in " + what)
                .isEmpty();
    }

    private static void assertNoComplaints(ChatTab... tabs) {
        for (ChatTab each : tabs) assertThat(each.tab.complaints()).isEmpty();
    }
}
