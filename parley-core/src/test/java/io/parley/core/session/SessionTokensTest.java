package io.parley.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.core.app.App;
import io.parley.core.app.AppSettings;
import io.parley.core.command.AppId;
import io.parley.core.command.Capabilities;
import io.parley.core.command.ClientId;
import io.parley.core.command.Device;
import io.parley.core.session.SessionTokens.Grant;
import io.parley.core.signature.Revocations;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SessionTokensTest {
    private static final Clock NOW = Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);
    private static final App APP = new App(new AppId("one"), "k", "m", AppSettings.DEFAULT);
    private static final App OTHER = new App(new AppId("two"), "k", "m", AppSettings.DEFAULT);
    private static final Grant GRANT =
            new Grant(new ClientId("汤姆"), Optional.of("mobile"), new Device("token", "device"), new Capabilities(187));

    private final SessionTokens tokens = new SessionTokens(new byte[32], NOW, Revocations.NONE);

    @Test
    void a_token_brings_back_what_it_was_issued_for() {
        assertThat(tokens.verify(APP, tokens.issue(APP, GRANT))).contains(GRANT);
    }

    @Test
    void a_token_of_another_app_another_server_or_another_time_is_worth_nothing() {
        String token = tokens.issue(APP, GRANT);
        byte[] otherSecret = new byte[32];
        otherSecret[0] = 1;
        Clock later = Clock.offset(NOW, Duration.ofDays(2));

        assertThat(tokens.verify(OTHER, token)).isEmpty();
        assertThat(new SessionTokens(otherSecret, NOW, Revocations.NONE).verify(APP, token))
                .isEmpty();
        assertThat(new SessionTokens(new byte[32], later, Revocations.NONE).verify(APP, token))
                .isEmpty();
    }

    @Test
    void a_token_with_any_character_changed_is_worth_nothing() {
        String token = tokens.issue(APP, GRANT);
        for (int i = 0; i < token.length() - 1; i++) {
            char other = token.charAt(i) == 'A' ? 'B' : 'A';
            String forged = token.substring(0, i) + other + token.substring(i + 1);
            assertThat(tokens.verify(APP, forged)).as(forged).isEmpty();
        }
        assertThat(tokens.verify(APP, "")).isEmpty();
        assertThat(tokens.verify(APP, "no base64 !")).isEmpty();
    }
}
