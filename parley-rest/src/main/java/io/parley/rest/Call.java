package io.parley.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.core.app.App;
import io.parley.core.session.Application;
import io.parley.core.session.Caller;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One HTTP request on its way through a route. Used by one thread.
public final class Call {
    private static final int MAX_SHOWN = 100;

    private final Request request;
    private final ApiKeys keys;
    private final Map<String, String> pathValues;
    private final Optional<InputStream> stream;
    private @Nullable Caller caller;

    Call(Request request, ApiKeys keys, Map<String, String> pathValues) {
        this(request, keys, pathValues, Optional.empty());
    }

    Call(Request request, ApiKeys keys, Map<String, String> pathValues, Optional<InputStream> stream) {
        this.request = request;
        this.keys = keys;
        this.pathValues = pathValues;
        this.stream = stream;
    }

    /// The body while it arrives, for routes that were mounted so. Reading blocks; what is not read stays with
    /// the client.
    public InputStream stream() {
        return stream.orElseThrow(
                () -> new IllegalStateException("the body of this route is read before it is called"));
    }

    public String method() {
        return request.method();
    }

    public String path() {
        return request.path();
    }

    /// The decoded part of the path where the route says `:name`.
    public String pathValue(String name) {
        String value = pathValues.get(name);
        if (value == null) throw new IllegalArgumentException("the route has no :" + name);
        return value;
    }

    /// A parameter from the query string, else a plain value from the JSON body: calls may use either everywhere.
    /// Source: rest 1.
    public Optional<String> parameter(String name) {
        String inQuery = request.query().get(name);
        if (inQuery != null) return Optional.of(inQuery);
        if (!request.hasBody()) return Optional.empty();
        JsonNode inBody = body().get(name);
        return inBody == null || !inBody.isValueNode() || inBody.isNull()
                ? Optional.empty()
                : Optional.of(inBody.asText());
    }

    /// The parameter, or a refusal with 400 when it is missing, empty or no text.
    public String required(String name) {
        return text(name)
                .filter(value -> !value.isEmpty())
                .orElseThrow(() -> HttpRefusal.badRequest("the parameter " + name + " is required"));
    }

    /// A text, or a refusal with 400 when the body holds something else.
    public Optional<String> text(String name) {
        String inQuery = request.query().get(name);
        if (inQuery != null) return Optional.of(inQuery);
        JsonNode inBody = inBody(name);
        if (inBody.isMissingNode()) return Optional.empty();
        if (!inBody.isTextual())
            throw HttpRefusal.badRequest("the parameter " + name + " is a text; got " + shown(inBody));
        return Optional.of(inBody.asText());
    }

    /// `true`, `false`, `1` or `0`, or a refusal with 400.
    public boolean flag(String name, boolean otherwise) {
        return parameter(name)
                .map(value -> switch (value.strip()) {
                    case "true", "1" -> true;
                    case "false", "0" -> false;
                    default ->
                        throw HttpRefusal.badRequest(
                                "the parameter " + name + " is true or false; got \"" + shown(value) + "\"");
                })
                .orElse(otherwise);
    }

    Optional<String> queryParameter(String name) {
        return Optional.ofNullable(request.query().get(name));
    }

    /// The names of the query string, for those that are more than a name.
    Set<String> queryNames() {
        return request.query().names();
    }

    /// A parameter of the body, whatever its type; missing also when it is null.
    JsonNode inBody(String name) {
        JsonNode node = request.hasBody() ? body().path(name) : MissingNode.getInstance();
        return node.isNull() ? MissingNode.getInstance() : node;
    }

    /// Shown back to the caller, who may have sent a megabyte.
    static String shown(Object value) {
        String text = value.toString();
        return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "…";
    }

    /// `1` and `true` mean true. Source: rest 1.
    public boolean flag(String name) {
        return parameter(name)
                .filter(value -> value.equals("1") || value.equals("true"))
                .isPresent();
    }

    /// A whole number, or a refusal with 400 when the parameter is something else.
    public Optional<Long> number(String name) {
        return parameter(name).filter(text -> !text.isBlank()).map(text -> {
            try {
                return Long.parseLong(text.strip());
            } catch (NumberFormatException e) {
                throw HttpRefusal.badRequest("the parameter " + name + " is a whole number; got \"" + text + "\"");
            }
        });
    }

    /// A whole number that is moved into its range when it lies outside.
    public long number(String name, long otherwise, long min, long max) {
        return Math.clamp(number(name).orElse(otherwise), min, max);
    }

    /// A JSON object, from a query string as text, from a body as it is; a refusal when it is malformed.
    public Optional<ObjectNode> json(String name) {
        JsonNode node = inBody(name);
        Optional<String> text = parameter(name).filter(value -> !value.isBlank());
        if (text.isPresent()) node = Json.parse(text.get());
        if (node.isMissingNode() || (node.isTextual() && node.textValue().isBlank())) return Optional.empty();
        if (node instanceof ObjectNode object) return Optional.of(object);
        throw HttpRefusal.badRequest("the parameter " + name + " is a JSON object; got " + shown(node));
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(request.headers().get(name));
    }

    /// The JSON object of the body, without credentials; empty when there is no body. A refusal when it is
    /// malformed.
    public ObjectNode body() {
        return request.json();
    }

    /// The body as it came, for what is not one JSON object. Nobody changes it.
    public byte[] bytes() {
        return request.bytes();
    }

    /// The session token of a user on whose behalf the call is made.
    public Optional<String> session() {
        return request.session();
    }

    Request request() {
        return request;
    }

    public Reached reached() {
        return request.reached();
    }

    /// The app of a URL that needs no key, or a refusal with 404.
    App app(String id) {
        return keys.find(id).orElseThrow(() -> new HttpRefusal(404, 101, "There is no app " + id));
    }

    /// The app, when the caller knows its master key; a refusal with 403 otherwise. Source: rest 2.1, 22.
    public App master() {
        return application().app();
    }

    /// The same as a caller of commands.
    public Application application() {
        if (caller() instanceof Application application) return application;
        throw HttpRefusal.forbidden("This needs the master key.");
    }

    /// Who calls; a refusal with 401 when no key or signature proves it.
    public Caller caller() {
        Caller known = caller;
        if (known == null) caller = known = keys.verify(request.credentials());
        return known;
    }
}
