package io.parley.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who tries the passwords of many users has to wait.
class LoginLimitTest {
    @TempDir
    static Path data;

    private static volatile Instant now = Instant.parse("2026-01-02T12:00:00Z");

    private static final Clock CLOCK = new Clock() {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException("UTC only");
        }

        @Override
        public Instant instant() {
            return now;
        }
    };

    private static String credentials(String username, String password) {
        return "{'username':'" + username + "','password':'" + password + "'}";
    }

    @Test
    void an_address_that_fails_too_often_waits_until_the_quarter_of_an_hour_is_over() throws Exception {
        try (ParleyServer server = ParleyServer.with()
                .data(data)
                .clock(CLOCK)
                .set("appDefaults.storage.failedLoginsPerAddress", "3")
                .start()) {
            Rest anybody = Rest.anybody(server);
            Rest.User tom = anybody.signUp("tom");
            anybody.call("POST", "/1.1/login", credentials(tom.username(), "wrong"))
                    .refusedWith(400, 210);
            anybody.call("POST", "/1.1/login", credentials("nobody", "wrong")).refusedWith(400, 211);
            anybody.done("POST", "/1.1/login", credentials(tom.username(), "cat!"));
            now = now.plus(Duration.ofMinutes(5));
            tom.rest()
                    .call(
                            "PUT",
                            "/1.1/users/" + tom.id() + "/updatePassword",
                            "{'old_password':'wrong','new_password':'dog!'}")
                    .refusedWith(400, 210);

            Rest.Answer limited = anybody.call("POST", "/1.1/login", credentials(tom.username(), "cat!"));
            limited.refusedWith(429, 429);
            assertThat(limited.http().headers().firstValue("Retry-After")).hasValue("600");
            var metrics = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(server.url() + "/metrics"))
                                    .build(),
                            BodyHandlers.ofString());
            assertThat(metrics.body())
                    .contains("parley_logins_total{result=\"done\"} 1.0")
                    .contains("parley_logins_total{result=\"failed\"} 3.0")
                    .contains("parley_logins_total{result=\"limited\"} 1.0");

            now = now.plus(Duration.ofMinutes(10));
            anybody.done("POST", "/1.1/login", credentials(tom.username(), "cat!"));
        }
    }
}
