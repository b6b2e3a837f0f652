package io.parley.store;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.core.app.AppSettings;
import java.io.IOException;
import java.time.Duration;

/// Settings of an app as JSON text. What the text lacks, because it was written before the setting existed, has its
/// default; what it has too much is ignored.
final class SettingsCodec {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .addModule(new SimpleModule()
                    .addSerializer(Duration.class, new DurationWriter())
                    .addDeserializer(Duration.class, new DurationReader()))
            .build();

    private SettingsCodec() {}

    static String write(AppSettings settings) {
        try {
            return MAPPER.writeValueAsString(settings);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("settings cannot be written as JSON", e);
        }
    }

    static AppSettings read(String text) {
        ObjectNode settings = MAPPER.valueToTree(AppSettings.DEFAULT);
        put(Json.parse(text), settings);
        try {
            return MAPPER.treeToValue(settings, AppSettings.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the database holds settings that cannot be read", e);
        }
    }

    /// Group by group, so that a group that lacks a newer setting keeps that setting's default.
    private static void put(ObjectNode from, ObjectNode to) {
        from.properties().forEach(entry -> {
            if (entry.getValue() instanceof ObjectNode group && to.get(entry.getKey()) instanceof ObjectNode present)
                put(group, present);
            else to.set(entry.getKey(), entry.getValue());
        });
    }

    /// As in ISO 8601: `PT48H`.
    private static final class DurationWriter extends JsonSerializer<Duration> {
        @Override
        public void serialize(Duration value, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeString(value.toString());
        }
    }

    private static final class DurationReader extends JsonDeserializer<Duration> {
        @Override
        public Duration deserialize(JsonParser in, DeserializationContext context) throws IOException {
            return Duration.parse(in.getText());
        }
    }
}
