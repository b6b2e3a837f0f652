package io.parley.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.core.app.App;
import io.parley.core.command.AppId;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class ParleyServerTest {
    @RegisterExtension
    static final ParleyServer server = ParleyServer.with()
            .app("anotherApp", "anotherKey", "anotherMasterKey")
            .set("appDefaults.maxMembers", "3")
            .create();

    private final Http http = new Http();

    @Test
    void a_server_answers_for_its_apps() throws Exception {
        for (String app : new String[] {TestApp.ID, "anotherApp"})
            assertThat(http.json(server.url() + "/v1/route?appId=" + app)
                            .path("server")
                            .asText())
                    .isEqualTo(server.webSocketUrl().toString());
    }

    @Test
    void settings_reach_the_apps() {
        App app = server.parley().apps().get(new AppId(TestApp.ID));

        assertThat(app.settings().maxMembers()).isEqualTo(3);
    }

    @Test
    void the_web_chat_is_at_the_root_and_learns_the_first_app() throws Exception {
        assertThat(http.get(server.url() + "/")
                        .headers()
                        .firstValue("Content-Type")
                        .orElseThrow())
                .startsWith("text/html");
        assertThat(http.json(server.url() + "/web/config.json").path("appId").asText())
                .isEqualTo(TestApp.ID);
        assertThat(http.get(server.url() + "/web/nothing").statusCode()).isEqualTo(404);
    }

    @Test
    void health_and_metrics_are_served() throws Exception {
        assertThat(http.json(server.url() + "/health").path("status").asText()).isEqualTo("ok");
        assertThat(http.json(server.url() + "/health").path("store").asText()).isEqualTo("ok");
        assertThat(http.get(server.url() + "/metrics").body()).contains("parley_http_calls_seconds_count");
    }

    @Test
    void a_draining_server_fails_its_health_checks() throws Exception {
        try (var other = ParleyServer.start()) {
            other.parley().drain(java.time.Duration.ZERO);

            var answer = http.get(other.url() + "/health");

            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body()).contains("\"draining\"");
        }
    }

    @Test
    void a_restart_keeps_port_and_data() throws Exception {
        try (var other = ParleyServer.start()) {
            URI url = other.url();
            Path data = other.data();

            other.restart();

            assertThat(other.url()).isEqualTo(url);
            assertThat(other.data()).isEqualTo(data);
            assertThat(http.get(url + "/1.1/ping").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void nothing_is_left_of_a_closed_server_but_a_folder_of_the_tests_own(@TempDir Path own) {
        var forgetful = ParleyServer.start();
        Path made = forgetful.data();
        forgetful.close();
        ParleyServer.with().data(own.resolve("kept")).start().close();

        assertThat(made).doesNotExist();
        assertThat(own.resolve("kept")).isDirectory();
        assertThat(Files.exists(own)).isTrue();
    }

    @Test
    void notices_are_fetched_with_a_key_and_a_session_token() throws Exception {
        String url = server.url() + "/1.1/rtm/notifications?client_id=Tom&start_ts=0";
        String[] keys = {"X-LC-Id", TestApp.ID, "X-LC-Key", TestApp.KEY};

        assertThat(http.get(url).statusCode()).isEqualTo(401);
        assertThat(http.get(url, keys).statusCode()).isEqualTo(401);
        var expired = http.get(
                url, "X-LC-Id", TestApp.ID, "X-LC-Key", TestApp.KEY, "X-LC-IM-Session-Token", "no token of ours");
        assertThat(expired.statusCode()).isEqualTo(401);
        assertThat(expired.body()).contains("\"code\":4112", "\"error\":\"SESSION_TOKEN_EXPIRED\"");
    }
}
