package io.parley.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Every parameter that `/openapi.json` describes, left out where it is required, and given in a type that it has not.
/// Source: rest 22.
class RestParametersTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    /// Bodies that are no object of parameters, and calls of one session, which have tests of their own.
    private static final Pattern ELSEWHERE = Pattern.compile(
            ".*(/streams|/x/.*|/upload/.*|/files/\\{app\\}.*|_ConversationMemberInfo|/rtm/notifications|/functions/.*|/call/.*)");

    /// Their refusals are in the examples.
    private static final Pattern WITH_CODES_OF_THEIR_OWN =
            Pattern.compile("/1.1/(login|users.*|files|fileCallback)|.*/member-infos/\\{info\\}");

    @RegisterExtension
    static final ParleyServer server = ParleyServer.with()
            .set("appDefaults.roles", "true")
            .set("appDefaults.blacklist", "true")
            .create();

    private static final Operator operator = new Operator(server);
    private static String chat = "";
    private static String room = "";
    private static String service = "";

    private final List<String> wrong = new ArrayList<>();
    private int calls;

    private record Parameter(String name, boolean inBody, boolean required, JsonNode schema) {}

    @BeforeAll
    static void conversations() throws Exception {
        chat = made("/1.2/rtm/conversations");
        room = made("/1.2/rtm/chatrooms");
        service = made("/1.2/rtm/service-conversations");
    }

    private static String made(String path) throws Exception {
        return operator.done("POST", path, "{'m':['Tom']}").path("objectId").asText();
    }

    private interface Check {
        void of(String method, String path, List<Parameter> parameters) throws Exception;
    }

    private void eachCall(Check check) throws Exception {
        JsonNode document = new Http().json(server.url() + "/openapi.json");
        for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
            if (ELSEWHERE.matcher(path.getKey()).matches()) continue;
            for (Map.Entry<String, JsonNode> operation : path.getValue().properties())
                check.of(operation.getKey().toUpperCase(Locale.ROOT), path.getKey(), parameters(operation.getValue()));
        }
    }

    private static List<Parameter> parameters(JsonNode operation) {
        List<Parameter> parameters = new ArrayList<>();
        for (JsonNode parameter : operation.path("parameters"))
            if (parameter.path("in").asText().equals("query"))
                parameters.add(new Parameter(
                        parameter.path("name").asText(),
                        false,
                        parameter.path("required").asBoolean(),
                        parameter.path("schema")));
        JsonNode body = operation.at("/requestBody/content/application~1json/schema");
        List<String> required =
                body.path("required").valueStream().map(JsonNode::asText).toList();
        body.path("properties")
                .properties()
                .forEach(property -> parameters.add(new Parameter(
                        property.getKey(), true, required.contains(property.getKey()), property.getValue())));
        return parameters;
    }

    @Test
    void what_is_required_and_missing_is_named() throws Exception {
        eachCall((method, path, parameters) -> {
            if (WITH_CODES_OF_THEIR_OWN.matcher(path).matches()) return;
            for (Parameter missing : parameters) {
                if (!missing.required()) continue;
                Map<String, JsonNode> given = plausible(path, parameters);
                given.remove(missing.name());
                refused(method, path, parameters, given, missing.name());
            }
        });
        assertThat(wrong).isEmpty();
        assertThat(calls).isGreaterThan(100);
    }

    /// Of the calls of the chat itself: rows of classes take values of any type.
    @Test
    void a_value_of_another_type_is_named() throws Exception {
        eachCall((method, path, parameters) -> {
            if (!path.contains("/rtm/") || WITH_CODES_OF_THEIR_OWN.matcher(path).matches()) return;
            for (Parameter parameter : parameters) {
                String type = parameter.schema().path("type").asText();
                boolean anything = type.isEmpty() || (type.equals("string") && !parameter.inBody());
                if (anything) continue;
                Map<String, JsonNode> given = plausible(path, parameters);
                given.put(
                        parameter.name(),
                        type.equals("string") || type.equals("array") || type.equals("object")
                                ? JSON.getNodeFactory().numberNode(7)
                                : JSON.getNodeFactory().textNode("perhaps"));
                refused(method, path, parameters, given, parameter.name());
            }
        });
        assertThat(wrong).isEmpty();
        assertThat(calls).isGreaterThan(150);
    }

    @Test
    void nobody_is_answered_without_a_key_where_one_is_needed() throws Exception {
        Operator stranger = new Operator(server, "wrong");
        eachCall((method, path, parameters) -> {
            if (Pattern.matches("/(v1|1|2)/route|/1.1/ping|/health|/metrics|/openapi.json|/1.1/fileCallback", path))
                return;
            calls++;
            Operator.Answer answer = stranger.call(method, filled(path), "");
            if (answer.status() != 401
                    || !answer.body().equals(JSON.readTree("{\"code\":401,\"error\":\"Unauthorized.\"}")))
                wrong.add(method + " " + path + ": " + answer.status() + " " + answer.body());
        });
        assertThat(wrong).isEmpty();
        assertThat(calls).isGreaterThan(130);
    }

    /// What is required of a call, with values that are right.
    private static Map<String, JsonNode> plausible(String path, List<Parameter> parameters) throws Exception {
        Map<String, JsonNode> values = new TreeMap<>();
        for (Parameter parameter : parameters) {
            if (!parameter.required() && !parameter.name().equals("message")) continue;
            String json = switch (parameter.schema().path("type").asText()) {
                case "integer" -> "1";
                case "boolean" -> "true";
                case "array" -> "[\"Tom\"]";
                case "object" -> "{\"alert\":\"x\"}";
                default -> '"' + text(path, parameter.name()) + '"';
            };
            values.put(parameter.name(), JSON.readTree(json));
        }
        return values;
    }

    private static String text(String path, String name) {
        return switch (name) {
            case "conv_id", "convid", "conv-id" ->
                path.contains("broadcast") || path.contains("subscri") ? service : chat;
            case "gid" -> room;
            case "role" -> "Manager";
            case "device_type", "deviceType" -> "android";
            case "url" -> "https://example.org/x.png";
            default -> "Tom";
        };
    }

    private static String filled(String path) {
        String id = path.contains("/chatrooms/") ? room : path.contains("/service-conversations/") ? service : chat;
        return path.replace("{id}", id).replaceAll("\\{\\w+\\}", "Tom");
    }

    private void refused(
            String method, String path, List<Parameter> parameters, Map<String, JsonNode> given, String named)
            throws Exception {
        ObjectNode body = JSON.createObjectNode();
        StringBuilder query = new StringBuilder();
        for (Parameter parameter : parameters) {
            JsonNode value = given.get(parameter.name());
            if (value == null) continue;
            if (parameter.inBody()) body.set(parameter.name(), value);
            else
                query.append(query.isEmpty() ? '?' : '&')
                        .append(parameter.name())
                        .append('=')
                        .append(URLEncoder.encode(value.asText(), StandardCharsets.UTF_8));
        }
        calls++;
        Operator.Answer answer = operator.call(method, filled(path) + query, body.isEmpty() ? "" : body.toString());
        String said = answer.body().path("error").asText() + " "
                + answer.body().path("detail").asText();
        if (answer.status() != 400 || !said.contains(named))
            wrong.add(method + " " + path + " " + named + ": " + answer.status() + " " + answer.body());
    }
}
