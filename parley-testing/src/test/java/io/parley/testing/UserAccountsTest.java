package io.parley.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.parley.core.command.AppId;
import io.parley.core.record.RecordKey;
import io.parley.core.record.Row;
import io.parley.store.SqliteStorage;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Accounts of an application's users. Source: rest 17.
class UserAccountsTest {
    @TempDir
    static Path data;

    private static volatile Instant now = Instant.parse("2026-01-02T12:00:00Z");
    private static ParleyServer server;
    private static Rest anybody;
    private static Rest master;

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

    /// Users as an import leaves them. Source: rest 17, the published vector.
    @BeforeAll
    static void start() {
        try (var storage = SqliteStorage.open(data, CLOCK, new SimpleMeterRegistry())) {
            var digest = "tA7BLW+NK0UeARng0693gCaVnljkglCB9snqlpCSUKjx2RgYp8VZZOQt0S5iUtlDrkJXfT3gknS4rRqjYsd/Ug==";
            storage.records()
                    .put(List.of(
                            imported(
                                    "exported", "password", digest, "h60d8x797d3oa0naxybxxv9bn7xpt2yiowz68mpiwou7gwr2"),
                            imported(
                                    "hashed",
                                    "bcryptPassword",
                                    "$2a$12$R9h/cIPz0gi.URNNX3kh2OPST9/PgBkqquzi.Ss7KIUgO2t0jWMUW",
                                    "")));
        }
        server = ParleyServer.with().data(data).clock(CLOCK).start();
        anybody = Rest.anybody(server);
        master = Rest.master(server);
    }

    private static Row imported(String name, String column, String hash, String salt) {
        var columns =
                JsonNodeFactory.instance.objectNode().put("username", name).put(column, hash);
        if (!salt.isEmpty()) columns.put("salt", salt);
        Instant old = Instant.parse("2019-04-29T07:46:41.687Z");
        return new Row(new RecordKey(new AppId(TestApp.ID), "_User", "id-" + name), columns, old, old);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static JsonNode logIn(String username, String password) throws Exception {
        return anybody.done("POST", "/1.1/login", credentials(username, password));
    }

    private static String credentials(String username, String password) {
        return "{'username':'" + username + "','password':'" + password + "'}";
    }

    @Test
    void a_user_signs_up_logs_in_and_is_known_by_its_token() throws Exception {
        String name = "tom-" + UUID.randomUUID();
        JsonNode made = anybody.done("POST", "/1.1/users", "{'username':'" + name + "','password':'cat!','age':7}");
        assertThat(made.fieldNames()).toIterable().containsExactlyInAnyOrder("objectId", "createdAt", "sessionToken");
        String token = made.path("sessionToken").asText();
        assertThat(token).matches("[a-z0-9]{25}");

        JsonNode user = logIn(name, "cat!");
        assertThat(user.path("sessionToken").asText()).isEqualTo(token);
        assertThat(user.path("age").asInt()).isEqualTo(7);
        assertThat(user.path("emailVerified").asBoolean(true)).isFalse();
        assertThat(user.has("password")).isFalse();
        JsonNode me = anybody.as(token).done("GET", "/1.1/users/me", "");
        assertThat(me.path("username").asText()).isEqualTo(name);
        assertThat(anybody.done("GET", "/1.1/users/me?session_token=" + token, ""))
                .isEqualTo(me);
        anybody.call("GET", "/1.1/users/me?session_token=nobody", "").refusedWith(400, 211);
        anybody.call("GET", "/1.1/users/me", "").refusedWith(400, 211);
    }

    @ParameterizedTest(name = "{0} {1} -> {2} {3}")
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            /1.1/users | {'password':'x'} | 400 | 200
            /1.1/users | {'username':'x'} | 400 | 201
            /1.1/users | {'username':' ','password':'x'} | 400 | 217
            /1.1/users | {'username':'x','password':' '} | 400 | 218
            /1.1/users | {'username':5,'password':'x'} | 400 | 111
            /1.1/users | {'username':'new','password':5} | 400 | 111
            /1.1/users | {'username':'exported','password':'x'} | 400 | 202
            /1.1/users | {'username':'new','password':'x','email':'nowhere'} | 400 | 125
            /1.1/users | {'username':'new','password':'x','mobilePhoneNumber':'abc'} | 400 | 127
            /1.1/users | {'username':'new','password':'x','sessionToken':'mine'} | 400 | 117
            /1.1/users | {'username':'new','password':'x','emailVerified':true} | 400 | 117
            /1.1/users | {'authData':{'weixin':{'openid':'x'}}} | 403 | 119
            /1.1/users | {'authData':{'anonymous':{}}} | 400 | 1
            /1.1/users | {'authData':{}} | 400 | 1
            /1.1/users?failOnNotExist=true | {'authData':{'anonymous':{'id':'unknown'}}} | 400 | 211
            /1.1/login | {'username':'nobody','password':'x'} | 400 | 211
            /1.1/login | {'username':'exported'} | 400 | 201
            /1.1/login | {'password':'x'} | 400 | 200
            """)
    void what_cannot_be_is_refused_with_a_reason(String path, String body, int status, int code) throws Exception {
        anybody.call("POST", path, body).refusedWith(status, code);
    }

    @Test
    void a_password_that_leancloud_exported_is_good_and_is_kept_better_from_then_on() throws Exception {
        anybody.call("POST", "/1.1/login", credentials("exported", "wrong")).refusedWith(400, 210);
        JsonNode first = logIn("exported", "password");
        assertThat(first.path("objectId").asText()).isEqualTo("id-exported");
        assertThat(logIn("exported", "password").path("sessionToken")).isEqualTo(first.path("sessionToken"));
        server.close();
        try (var storage = SqliteStorage.open(data, CLOCK, new SimpleMeterRegistry())) {
            JsonNode kept = storage.records()
                    .find(new RecordKey(new AppId(TestApp.ID), "_User", "id-exported"))
                    .orElseThrow()
                    .data();
            assertThat(kept.path("password").asText()).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
            assertThat(kept.has("salt")).isFalse();
        }
        server = ParleyServer.with().data(data).clock(CLOCK).start();
        anybody = Rest.anybody(server);
        master = Rest.master(server);
        assertThat(logIn("exported", "password").path("sessionToken")).isEqualTo(first.path("sessionToken"));
    }

    @Test
    void a_bcrypt_password_is_good() throws Exception {
        anybody.call("POST", "/1.1/login", credentials("hashed", "wrong")).refusedWith(400, 210);
        assertThat(logIn("hashed", "abc123xyz").path("objectId").asText()).isEqualTo("id-hashed");
        assertThat(logIn("hashed", "abc123xyz").path("objectId").asText()).isEqualTo("id-hashed");
    }

    @Test
    void who_guesses_too_often_is_locked_out_for_a_while() throws Exception {
        Rest.User tom = anybody.signUp("tom");
        for (int i = 0; i < 7; i++)
            anybody.call("POST", "/1.1/login", credentials(tom.username(), "wrong"))
                    .refusedWith(400, 210);
        anybody.call("POST", "/1.1/login", credentials(tom.username(), "cat!")).refusedWith(400, 219);
        now = now.plus(Duration.ofMinutes(16));
        assertThat(logIn(tom.username(), "cat!").path("objectId").asText()).isEqualTo(tom.id());
    }

    @Test
    void an_email_address_logs_in_too_and_belongs_to_one_user() throws Exception {
        Rest.User tom = anybody.signUp("tom");
        String email = tom.username() + "@x.org";
        JsonNode user = anybody.done(
                "POST", "/1.1/login", "{'email':'" + email.toUpperCase(Locale.ROOT) + "','password':'cat!'}");
        assertThat(user.path("objectId").asText()).isEqualTo(tom.id());
        anybody.call("POST", "/1.1/users", "{'username':'other','password':'x','email':'" + email + "'}")
                .refusedWith(400, 203);
    }

    @Test
    void only_the_user_and_the_application_change_or_delete_a_user() throws Exception {
        Rest.User tom = anybody.signUp("tom");
        Rest.User jerry = anybody.signUp("jerry");
        String path = "/1.1/users/" + tom.id();
        anybody.call("PUT", path, "{'age':1}").refusedWith(403, 206);
        jerry.rest().call("PUT", path, "{'age':1}").refusedWith(403, 206);
        jerry.rest().call("PUT", "/1.1/classes/_User/" + tom.id(), "{'age':1}").refusedWith(403, 206);
        jerry.rest().call("DELETE", path, "").refusedWith(403, 206);
        jerry.rest().call("PUT", path + "/refreshSessionToken", "").refusedWith(403, 206);
        tom.rest().call("PUT", path, "{'username':'" + jerry.username() + "'}").refusedWith(400, 202);
        tom.rest().done("PUT", path, "{'age':{'__op':'Increment','amount':1}}");
        master.done("PUT", path, "{'emailVerified':true}");
        JsonNode seen = jerry.rest().done("GET", path, "");
        assertThat(seen.path("age").asInt()).isEqualTo(1);
        assertThat(seen.has("email")).isFalse();
        assertThat(seen.has("sessionToken")).isFalse();
        assertThat(tom.rest().done("GET", path, "").path("email").asText()).isEqualTo(tom.username() + "@x.org");
        tom.rest().done("DELETE", path, "");
        tom.rest().call("GET", "/1.1/users/me", "").refusedWith(400, 211);
    }

    @Test
    void a_new_password_ends_the_old_token() throws Exception {
        Rest.User tom = anybody.signUp("tom");
        String path = "/1.1/users/" + tom.id();
        tom.rest()
                .call("PUT", path + "/updatePassword", "{'old_password':'x','new_password':'dog!'}")
                .refusedWith(400, 210);
        JsonNode changed =
                tom.rest().done("PUT", path + "/updatePassword", "{'old_password':'cat!','new_password':'dog!'}");
        String token = changed.path("sessionToken").asText();
        assertThat(token).isNotEqualTo(tom.token());
        tom.rest().call("PUT", path, "{'age':1}").refusedWith(403, 403);
        JsonNode again = anybody.as(token).done("PUT", path, "{'password':'mouse!'}");
        anybody.call("POST", "/1.1/login", credentials(tom.username(), "dog!")).refusedWith(400, 210);
        assertThat(logIn(tom.username(), "mouse!").path("sessionToken")).isEqualTo(again.path("sessionToken"));
    }

    @Test
    void a_refreshed_token_replaces_the_old_one() throws Exception {
        Rest.User tom = anybody.signUp("tom");
        JsonNode refreshed = tom.rest().done("PUT", "/1.1/users/" + tom.id() + "/refreshSessionToken", "");
        assertThat(refreshed.path("username").asText()).isEqualTo(tom.username());
        tom.rest().call("GET", "/1.1/classes/Note", "").refusedWith(403, 403);
        assertThat(anybody.as(refreshed.path("sessionToken").asText())
                        .done("GET", "/1.1/users/me", "")
                        .path("objectId")
                        .asText())
                .isEqualTo(tom.id());
    }

    @Test
    void an_anonymous_user_is_the_same_again_on_the_same_device() throws Exception {
        String body = "{'authData':{'anonymous':{'id':'" + UUID.randomUUID() + "'}}}";
        Rest.Answer first = anybody.call("POST", "/1.1/users", body);
        Rest.Answer second = anybody.call("POST", "/1.1/users", body);
        assertThat(first.status()).isEqualTo(201);
        assertThat(second.status()).isEqualTo(200);
        assertThat(second.body().path("objectId")).isEqualTo(first.body().path("objectId"));
        assertThat(second.body().path("username").asText()).isNotEmpty();
        assertThat(second.body().path("sessionToken")).isEqualTo(first.body().path("sessionToken"));
    }

    @Test
    void a_password_is_found_by_no_query() throws Exception {
        for (String secret : List.of("password", "salt", "sessionToken", "bcryptPassword"))
            master.call("GET", "/1.1/users" + Rest.query("where", "{'" + secret + "':{'$regex':'a'}}"), "")
                    .refusedWith(400, 102);
        JsonNode found = master.done("GET", "/1.1/users" + Rest.query("where", "{'username':'exported'}"), "");
        assertThat(found.path("results")).hasSize(1);
        assertThat(found.path("results").get(0).fieldNames())
                .toIterable()
                .doesNotContain("password", "salt", "sessionToken");
    }
}
