package io.parley.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.parley.protocol.proto.OpType;
import io.parley.testing.RestScene.Answer;
import io.parley.testing.RestScene.Example;
import io.parley.testing.RestScene.Let;
import io.parley.testing.RestScene.Socket;
import io.parley.testing.RestScene.Step;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Where a [RestScene] is played: an app of its own on a server that others share. Used by one thread.
final class RestStage implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final ParleyServer server;
    private final String app;
    private final Map<String, String> names = new HashMap<>();
    private final Map<String, Device> devices = new HashMap<>();

    RestStage(ParleyServer server, String app, String settings) throws Exception {
        this.server = server;
        this.app = app;
        names.put("app.id", app);
        names.put("app.key", key(app));
        names.put("app.master", masterKey(app));
        names.put("app.sign", md5("1700000000000" + key(app)) + ",1700000000000");
        names.put("app.sign.master", md5("1700000000000" + masterKey(app)) + ",1700000000000,master");
        names.put("now", Long.toString(System.currentTimeMillis()));
        if (settings.equals("{}")) return;
        var answer = send(call("master", "PUT", "/x/settings", Optional.of(settings), Map.of()));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    static String key(String app) {
        return "key-of-" + app;
    }

    static String masterKey(String app) {
        return "master-key-of-" + app;
    }

    void play(Step step) throws Exception {
        switch (step) {
            case Let let -> names.put(let.name(), value(let));
            case Socket socket -> act(socket);
            case Example example -> check(example);
        }
    }

    private String value(Let let) {
        String what = filled(let.what());
        return switch (let.how()) {
            case "md5" -> md5(what);
            case "repeat" ->
                what.substring(0, what.indexOf(' ')).repeat(Integer.parseInt(what.substring(what.indexOf(' ') + 1)));
            case "clients" ->
                IntStream.range(0, Integer.parseInt(what))
                        .mapToObj(i -> "'client" + i + "'")
                        .collect(Collectors.joining(","));
            default -> throw new IllegalArgumentException(let.how());
        };
    }

    private void act(Socket socket) throws Exception {
        switch (socket.deed()) {
            case "login" -> {
                Device device = Device.login(server, app, socket.client());
                devices.put(socket.client(), device);
                names.put(socket.client() + ".session", device.token());
            }
            case "join" -> {
                Device device = device(socket.client());
                assertThat(device.conversation(
                                        OpType.add,
                                        conv -> conv.setCid(filled(socket.conversation()))
                                                .addM(socket.client()))
                                .getOp())
                        .isEqualTo(OpType.added);
            }
            case "logout" -> {
                device(socket.client()).close();
                devices.remove(socket.client());
                String clients = "{'client_ids':['" + socket.client() + "']}";
                await().until(() -> send(call(
                                "master", "POST", "/1.2/rtm/clients/check-online", Optional.of(clients), Map.of()))
                        .body()
                        .equals("{\"results\":[]}"));
            }
            default -> throw new IllegalArgumentException(socket.deed());
        }
    }

    private Device device(String client) {
        return Optional.ofNullable(devices.get(client)).orElseThrow(() -> new AssertionError(client + " is not there"));
    }

    private void check(Example example) throws Exception {
        HttpResponse<String> response =
                send(call(example.caller(), example.method(), example.path(), example.body(), example.headers()));
        Answer expected = example.answer();
        String shown = example.label() + " -> " + response.statusCode() + " " + response.body();
        assertThat(response.statusCode()).as(shown).isEqualTo(expected.status());
        if (expected.error().isPresent()) {
            JsonNode error = JSON.readTree(response.body());
            assertThat(error.path("code").asInt())
                    .as(shown)
                    .isEqualTo(expected.error().get());
            assertThat(error.path("error").asText()).as(shown).isNotBlank();
            for (String word : expected.words())
                assertThat(error.path("error").asText() + " "
                                + error.path("detail").asText())
                        .as(shown)
                        .contains(filled(word).replace('\'', '"'));
        } else if (!expected.body().isEmpty()) {
            assertThat(JsonPattern.differences(json(expected.body()), JSON.readTree(response.body()), names))
                    .as(shown)
                    .isEmpty();
        }
        expected.headers().forEach((name, value) -> {
            JsonNode wanted = JSON.getNodeFactory().textNode(filled(value));
            JsonNode got = JSON.getNodeFactory()
                    .textNode(response.headers().firstValue(name).orElse(""));
            assertThat(JsonPattern.differences(wanted, got, names))
                    .as("%s: %s", example.label(), name)
                    .isEmpty();
        });
    }

    private JsonNode json(String text) throws JsonProcessingException {
        return JSON.readTree(filled(text).replace('\'', '"'));
    }

    private HttpRequest call(
            String caller, String method, String path, Optional<String> body, Map<String, String> headers) {
        String address = encoded(filled(path));
        assertThat(address).as("a path whose names are all known").doesNotContain("<");
        var request = HttpRequest.newBuilder(URI.create(server.url() + address));
        Map<String, String> all = new HashMap<>();
        if (body.isPresent()) all.put("Content-Type", "application/json");
        if (!caller.equals("nobody")) {
            all.put("X-LC-Id", app);
            all.put("X-LC-Key", caller.equals("master") ? masterKey(app) + ",master" : key(app));
        }
        headers.forEach((name, value) -> all.put(name, filled(value)));
        all.forEach(request::header);
        return request.method(
                        method,
                        body.map(text -> BodyPublishers.ofString(filled(text).replace('\'', '"')))
                                .orElseGet(BodyPublishers::noBody))
                .build();
    }

    private static HttpResponse<String> send(HttpRequest request) throws Exception {
        return HTTP.send(request, BodyHandlers.ofString());
    }

    private String filled(String text) {
        String result = text;
        for (Map.Entry<String, String> name : names.entrySet())
            if (result.contains("<")) result = result.replace("<" + name.getKey() + ">", name.getValue());
        return result;
    }

    /// Values of a query string are written as they are meant.
    private static String encoded(String path) {
        int mark = path.indexOf('?');
        if (mark < 0) return path;
        StringBuilder result = new StringBuilder(path.substring(0, mark));
        char separator = '?';
        for (String pair : path.substring(mark + 1).split("&", -1)) {
            int equals = pair.indexOf('=');
            result.append(separator)
                    .append(pair, 0, equals + 1)
                    .append(URLEncoder.encode(pair.substring(equals + 1).replace('\'', '"'), StandardCharsets.UTF_8));
            separator = '&';
        }
        return result.toString();
    }

    private static String md5(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has MD5", e);
        }
    }

    @Override
    public void close() {
        devices.values().forEach(Device::close);
        devices.clear();
    }
}
