package io.parley.server.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;

class JsonLinesTest {
    @Test
    void a_line_is_one_json_object_whatever_the_message_holds() throws IOException {
        JsonNode line = encode(event("said \"hi\"\n{}", null));

        assertThat(line.path("time").asText()).isEqualTo("2026-01-02T12:00:00Z");
        assertThat(line.path("level").asText()).isEqualTo("WARN");
        assertThat(line.path("logger").asText()).isEqualTo("io.parley.Some");
        assertThat(line.path("message").asText()).isEqualTo("said \"hi\"\n{}");
        assertThat(line.has("stack")).isFalse();
    }

    @Test
    void values_of_an_event_are_keys_of_the_line() throws IOException {
        LoggingEvent event = event("opened", null);
        event.addKeyValuePair(new KeyValuePair("app", "first"));

        assertThat(encode(event).path("app").asText()).isEqualTo("first");
    }

    @Test
    void a_failure_brings_its_stack() throws IOException {
        JsonNode line = encode(event("failed", new IllegalStateException("why")));

        assertThat(line.path("stack").asText()).contains("IllegalStateException: why", "JsonLinesTest");
    }

    private static LoggingEvent event(String message, @Nullable Throwable failure) {
        var logger = new LoggerContext().getLogger("io.parley.Some");
        var event = new LoggingEvent("JsonLinesTest", logger, Level.WARN, message, failure, null);
        event.setInstant(Instant.parse("2026-01-02T12:00:00Z"));
        return event;
    }

    private static JsonNode encode(LoggingEvent event) throws IOException {
        String text = new String(new JsonLines().encode(event), UTF_8);
        assertThat(text).endsWith("\n");
        assertThat(text.strip()).doesNotContain("\n");
        return new ObjectMapper().readTree(text);
    }
}
