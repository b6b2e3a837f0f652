package io.parley.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

public class OverlayTest {
    public record Push(String url, List<String> vendors) {}

    public record Settings(int limit, Duration patience, Push push) {}

    private static final Settings DEFAULTS =
            new Settings(3, Duration.ofSeconds(5), new Push("https://push.example.com", List.of("apns")));

    private final Values values = new Values();

    @Test
    void what_is_not_configured_keeps_its_default() {
        assertThat(Overlay.on(DEFAULTS, values, "app.")).isEqualTo(DEFAULTS);
    }

    @Test
    void a_group_is_configured_below_its_name() {
        values.put("app.limit", "4", "here");
        values.put("app.push.vendors", "fcm, mi", "here");

        assertThat(Overlay.on(DEFAULTS, values, "app."))
                .isEqualTo(new Settings(
                        4, Duration.ofSeconds(5), new Push("https://push.example.com", List.of("fcm", "mi"))));
        assertThat(Keys.components(Settings.class)).containsExactly("limit", "patience", "push.url", "push.vendors");
    }
}
