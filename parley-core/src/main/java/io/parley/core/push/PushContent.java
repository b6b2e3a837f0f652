package io.parley.core.push;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a notification says: common keys, and objects for single platforms. Immutable: nobody changes `data`.
/// Source: semantics 13.2, 13.3.
public record PushContent(ObjectNode data) {
    /// A number, or [#INCREMENT].
    public static final String BADGE = "badge";

    /// One more than the device's badge is now.
    public static final String INCREMENT = "Increment";

    public static final String ALERT = "alert";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PROFILE = "_profile";
    private static final String TEAM = "_apns_team_id";
    private static final String TOPIC = "_apns_topic";
    private static final List<String> CONTROLS = List.of(PROFILE, TEAM, TOPIC);

    /// From JSON text, or a text to show. Empty when there is nothing to say.
    public static Optional<PushContent> of(String text) {
        if (text.isBlank()) return Optional.empty();
        if (!text.strip().startsWith("{")) return of(JsonNodeFactory.instance.textNode(text));
        try {
            return of(JSON.readTree(text));
        } catch (JacksonException e) {
            return of(JsonNodeFactory.instance.textNode(text)); // whoever wants to show a brace may
        }
    }

    /// From an object, or a text: to show, or JSON.
    public static Optional<PushContent> of(JsonNode data) {
        if (data instanceof ObjectNode object)
            return Optional.of(new PushContent(object)).filter(some -> !some.isEmpty());
        if (!data.isTextual() || data.textValue().isBlank()) return Optional.empty();
        String text = data.textValue();
        if (text.strip().startsWith("{")) {
            try {
                if (JSON.readTree(text) instanceof ObjectNode object) return of(object);
            } catch (JacksonException e) {
                return Optional.of(shown(text));
            }
        }
        return Optional.of(shown(text));
    }

    private static PushContent shown(String text) {
        return new PushContent(JsonNodeFactory.instance.objectNode().put(ALERT, text));
    }

    /// From the settings' text, each `${name}` replaced so that it fits into a JSON text.
    static Optional<PushContent> ofTemplate(String template, Map<String, String> variables) {
        String text = template;
        for (Map.Entry<String, String> variable : variables.entrySet())
            text = text.replace(
                    "${" + variable.getKey() + "}",
                    new String(JsonStringEncoder.getInstance().quoteAsString(variable.getValue())));
        return of(text);
    }

    private boolean isEmpty() {
        return data.propertyStream().allMatch(entry -> CONTROLS.contains(entry.getKey()));
    }

    /// Whether APNs' environment for development is meant.
    public boolean development() {
        return data.path(PROFILE).asText("").equals("dev");
    }

    /// The Apple developer team whose key is used.
    public Optional<String> team() {
        return Optional.of(data.path(TEAM).asText("")).filter(team -> !team.isEmpty());
    }

    /// The app, by its bundle id, instead of what the device says.
    public Optional<String> topic() {
        return Optional.of(data.path(TOPIC).asText("")).filter(topic -> !topic.isEmpty());
    }

    /// The same with one more key.
    public PushContent with(String key, JsonNode value) {
        ObjectNode more = data.deepCopy();
        more.set(key, value);
        return new PushContent(more);
    }

    public PushContent inDevelopment() {
        return with(PROFILE, JsonNodeFactory.instance.textNode("dev"));
    }

    public PushContent ofTopic(String topic) {
        return with(TOPIC, JsonNodeFactory.instance.textNode(topic));
    }

    public PushContent ofTeam(String team) {
        return with(TEAM, JsonNodeFactory.instance.textNode(team));
    }

    /// What devices of one platform get: the common keys, over them those of the platform's own object. A vendor's
    /// device that would have nothing to show takes the object for Android.
    public ObjectNode on(Platform platform) {
        ObjectNode merged = JsonNodeFactory.instance.objectNode();
        List<String> objects = Platform.keys();
        data.properties().forEach(entry -> {
            if (!objects.contains(entry.getKey()) || !entry.getValue().isObject())
                merged.set(entry.getKey(), entry.getValue());
        });
        JsonNode own = data.path(platform.key());
        boolean isApple = platform == Platform.IOS;
        if (!own.isObject() && !isApple && !merged.has(ALERT)) own = data.path(Platform.ANDROID.key());
        if (own instanceof ObjectNode object) merged.setAll(object);
        merged.remove(CONTROLS);
        return merged.deepCopy();
    }
}
