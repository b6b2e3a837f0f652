package io.parley.rest;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.type.LogicalType;
import io.parley.core.app.App;
import io.parley.core.app.AppSettings;
import io.parley.core.app.Apps;
import java.io.IOException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Settings of an app, read and changed while the server runs. Needs the master key. Source: rest 25.
public final class SettingsRoutes {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .withCoercionConfig(
                    LogicalType.Textual,
                    coercion -> coercion.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
            .addModule(new SimpleModule()
                    .addSerializer(Duration.class, new DurationWriter())
                    .addDeserializer(Duration.class, new DurationReader()))
            .build();

    private final Apps apps;

    public SettingsRoutes(Apps apps) {
        this.apps = apps;
    }

    public void mount(RestServer server) {
        server.get("/x/settings", call -> Answer.ok(json(call.master().settings())));
        server.put("/x/settings", this::change);
    }

    private static ObjectNode json(AppSettings settings) {
        return MAPPER.valueToTree(settings);
    }

    /// What the body does not name stays.
    private synchronized Answer change(Call call) {
        App before = call.master();
        ObjectNode settings = json(before.settings());
        put(call.body(), settings, "");
        AppSettings changed = read(settings);
        apps.save(new App(before.id(), before.key(), before.masterKey(), changed));
        return Answer.ok(json(changed));
    }

    private static void put(ObjectNode from, ObjectNode to, String path) {
        from.properties().forEach(entry -> {
            String name = path + entry.getKey();
            if (!to.has(entry.getKey()))
                throw HttpRefusal.badRequest("there is no setting " + Call.shown(name) + "; there are "
                        + to.properties().stream()
                                .map(java.util.Map.Entry::getKey)
                                .collect(Collectors.joining(", ")));
            if (to.get(entry.getKey()) instanceof ObjectNode group) {
                if (!(entry.getValue() instanceof ObjectNode changes))
                    throw HttpRefusal.badRequest(
                            "the setting " + name + " is an object; got " + Call.shown(entry.getValue()));
                put(changes, group, name + ".");
            } else to.set(entry.getKey(), entry.getValue());
        });
    }

    private static AppSettings read(ObjectNode settings) {
        try {
            return MAPPER.treeToValue(settings, AppSettings.class);
        } catch (JsonMappingException e) {
            String name = e.getPath().stream()
                    .map(JsonMappingException.Reference::getFieldName)
                    .filter(part -> part != null)
                    .collect(Collectors.joining("."));
            throw HttpRefusal.badRequest("the setting " + name + " cannot be "
                    + Call.shown(name.isEmpty() ? settings : settings.at("/" + name.replace('.', '/'))) + ": "
                    + rule(e));
        } catch (JsonProcessingException e) {
            throw HttpRefusal.badRequest("these are no settings: " + e.getOriginalMessage());
        }
    }

    /// What is allowed, in words of who writes settings.
    private static String rule(JsonMappingException e) {
        if (e.getCause() instanceof RuntimeException own) return firstLine(own);
        if (!(e instanceof MismatchedInputException mismatch) || mismatch.getTargetType() == null) return firstLine(e);
        Class<?> type = mismatch.getTargetType();
        if (type == boolean.class) return "it is true or false";
        if (type == int.class || type == long.class) return "it is a whole number";
        if (type == String.class) return "it is a text";
        if (List.class.isAssignableFrom(type)) return "it is a list of texts";
        if (type.isEnum())
            return "it is one of "
                    + Stream.of(type.getEnumConstants())
                            .map(one -> one.toString().toLowerCase(Locale.ROOT))
                            .collect(Collectors.joining(", "));
        return firstLine(e);
    }

    private static String firstLine(Throwable failure) {
        String message = failure instanceof JsonProcessingException json
                ? json.getOriginalMessage()
                : String.valueOf(failure.getMessage());
        return message.lines().findFirst().orElse("");
    }

    /// As in the configuration file: `90s`, `30m`, `2d`.
    private static final class DurationWriter extends JsonSerializer<Duration> {
        @Override
        public void serialize(Duration value, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeString(text(value));
        }

        private static String text(Duration value) {
            long millis = value.toMillis();
            if (millis % Duration.ofDays(1).toMillis() == 0 && millis > 0) return value.toDays() + "d";
            if (millis % Duration.ofHours(1).toMillis() == 0 && millis > 0) return value.toHours() + "h";
            if (millis % Duration.ofMinutes(1).toMillis() == 0 && millis > 0) return value.toMinutes() + "m";
            return millis % 1000 == 0 ? value.toSeconds() + "s" : millis + "ms";
        }
    }

    private static final class DurationReader extends JsonDeserializer<Duration> {
        @Override
        public Duration deserialize(JsonParser in, DeserializationContext context) throws IOException {
            String text = in.getText().strip().toLowerCase(Locale.ROOT);
            try {
                if (text.startsWith("p")) return Duration.parse(text);
                if (text.endsWith("ms")) return Duration.ofMillis(number(text, 2));
                if (text.endsWith("d")) return Duration.ofDays(number(text, 1));
                if (text.endsWith("h")) return Duration.ofHours(number(text, 1));
                if (text.endsWith("m")) return Duration.ofMinutes(number(text, 1));
                if (text.endsWith("s")) return Duration.ofSeconds(number(text, 1));
            } catch (DateTimeParseException | ArithmeticException | NumberFormatException e) {
                throw JsonMappingException.from(in, "a time is a number and ms, s, m, h or d", e);
            }
            throw JsonMappingException.from(in, "a time is a number and ms, s, m, h or d");
        }

        private static long number(String text, int unit) {
            return Long.parseLong(text.substring(0, text.length() - unit).strip());
        }
    }
}
