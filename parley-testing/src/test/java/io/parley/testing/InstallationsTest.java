package io.parley.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Devices that want pushes. Source: rest 15.
class InstallationsTest {
    private static final String BASE = "/1.1/installations";

    @RegisterExtension
    static final ParleyServer server = ParleyServer.with().create();

    private static Rest anybody;
    private static Rest master;

    @BeforeAll
    static void callers() {
        anybody = Rest.anybody(server);
        master = Rest.master(server);
    }

    private static String android(String installationId) {
        return "{'deviceType':'android','installationId':'" + installationId + "','channels':['Tom']}";
    }

    private static String id(JsonNode answer) {
        return answer.path("objectId").asText();
    }

    private static List<String> found(String where) throws Exception {
        JsonNode page = master.done("GET", BASE + Rest.query("where", where), "");
        return page.path("results").findValuesAsText("objectId");
    }

    @Test
    void a_device_has_one_row_however_often_it_says_hello() throws Exception {
        String installationId = UUID.randomUUID().toString();
        String first = id(anybody.done("POST", BASE, android(installationId)));
        JsonNode second = anybody.done(
                "POST", BASE + "?fetchWhenSave=true", android(installationId).replace("Tom", "Jerry"));
        assertThat(id(second)).isEqualTo(first);
        assertThat(second.path("channels")).isEqualTo(Rest.json("['Jerry']"));
        assertThat(second.path("valid").asBoolean()).isTrue();
        assertThat(found("{'installationId':'" + installationId + "'}")).containsExactly(first);
    }

    @Test
    void a_device_is_found_by_what_a_vendor_knows_it_by_as_long_as_it_does() throws Exception {
        String registration = UUID.randomUUID().toString();
        String id = id(anybody.done(
                "POST",
                BASE,
                android(UUID.randomUUID().toString())
                        .replace("'channels'", "'registrationId':'" + registration + "','channels'")));
        assertThat(found("{'registrationId':'" + registration + "'}")).containsExactly(id);
        anybody.done("PUT", BASE + "/" + id, "{'registrationId':'" + registration + "2'}");
        assertThat(found("{'registrationId':'" + registration + "'}")).isEmpty();
        assertThat(found("{'registrationId':'" + registration + "2'}")).containsExactly(id);
    }

    @Test
    void of_hellos_at_the_same_time_one_makes_the_row() throws Exception {
        String installationId = UUID.randomUUID().toString();
        List<Callable<String>> hellos = new ArrayList<>();
        for (int i = 0; i < 10; i++) hellos.add(() -> id(anybody.done("POST", BASE, android(installationId))));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<String> ids = new ArrayList<>();
            for (Future<String> hello : threads.invokeAll(hellos)) ids.add(hello.get());
            assertThat(ids).containsOnly(ids.getFirst());
        }
    }

    @Test
    void a_token_moves_to_the_row_of_the_device_that_has_it_now() throws Exception {
        String token = UUID.randomUUID().toString().replace("-", "");
        String before = id(anybody.done(
                "POST",
                BASE,
                "{'deviceType':'ios','deviceToken':'" + token + "','installationId':'" + UUID.randomUUID() + "'}"));
        String installationId = UUID.randomUUID().toString();
        String now = id(anybody.done("POST", BASE, "{'deviceType':'ios','installationId':'" + installationId + "'}"));
        String again = id(anybody.done(
                "POST",
                BASE,
                "{'deviceType':'ios','deviceToken':'" + token + "','installationId':'" + installationId + "'}"));
        assertThat(again).isEqualTo(now).isNotEqualTo(before);
        assertThat(found("{'deviceToken':'" + token + "'}")).containsExactly(now);
        assertThat(anybody.done("GET", BASE + "/" + before, "").path("valid").asBoolean(true))
                .isFalse();
    }

    @Test
    void a_device_listens_to_channels_and_its_application_finds_it_by_them() throws Exception {
        String id = id(anybody.done("POST", BASE, android(UUID.randomUUID().toString())));
        String channel = "news-" + UUID.randomUUID();
        anybody.done("PUT", BASE + "/" + id, "{'channels':{'__op':'AddUnique','objects':['" + channel + "']}}");
        assertThat(found("{'channels':'" + channel + "'}")).containsExactly(id);
        anybody.done(
                "PUT",
                "/1.1/classes/_Installation/" + id,
                "{'channels':{'__op':'Remove','objects':['" + channel + "']}}");
        assertThat(found("{'channels':'" + channel + "'}")).isEmpty();
        anybody.call("GET", BASE, "").refusedWith(403, 403);
        anybody.call("DELETE", BASE + "/" + id, "").refusedWith(403, 403);
        master.done("DELETE", BASE + "/" + id, "");
        assertThat(anybody.done("GET", BASE + "/" + id, "")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            {'installationId':'x'} | 113
            {'deviceType':'ios'} | 113
            {'deviceType':'ios','deviceToken':'a b'} | 114
            {'deviceType':'ios','deviceToken':5} | 111
            {'deviceType':'ios','deviceToken':'a','channels':'x'} | 111
            {'deviceType':'ios','deviceToken':'a','channels':[1]} | 112
            """)
    void what_is_no_device_is_refused(String body, int code) throws Exception {
        anybody.call("POST", BASE, body).refusedWith(400, code);
    }
}
