package io.parley.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.parley.core.command.ErrorCode;
import io.parley.core.command.Refusal;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RestServerTest {
    private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");

    private static final HttpClient client = HttpClient.newHttpClient();
    private static Vertx vertx;
    private static HttpServer http;
    private static RestServer rest;
    private static SimpleMeterRegistry meters;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        meters = new SimpleMeterRegistry();
        var apps = TestApps.one();
        var address = new PublicAddress(Optional.empty(), true);
        rest = new RestServer(vertx, new ApiKeys(apps), address, meters);
        new DiscoveryRoutes(apps, address).mount(rest);
        new UtilityRoutes(Clock.fixed(NOON, ZoneOffset.UTC)).mount(rest);
        rest.get("/refused", call -> {
            throw Refusal.of(ErrorCode.CONVERSATION_NOT_FOUND, "no %s", "such");
        });
        rest.get("/broken", call -> {
            throw new IllegalStateException("secret detail");
        });
        rest.get("/long", call -> Answer.text(200, "text/plain", "parley ".repeat(1000)));
        rest.post(
                "/echo/:name",
                call -> Answer.ok(Json.object()
                        .put("name", call.pathValue("name"))
                        .put("a", call.parameter("a").orElse("none"))
                        .put("flag", call.flag("flag"))
                        .put("client", call.reached().client())
                        .set("body", call.body())));
        rest.delete("/echo/:name", call -> Answer.ok(call.body()));
        http = vertx.createHttpServer()
                .requestHandler(rest::handle)
                .listen(0, "127.0.0.1")
                .await();
        address.listening(new PublicAddress.Ports(http.actualPort(), 0));
    }

    @AfterAll
    static void stop() {
        rest.close();
        vertx.close().await();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/v1/route?appId=FFnN2hso42Wego3pWq4X5qlu",
                "/v1/route?appId=FFnN2hso42Wego3pWq4X5qlu&secure=1",
                "/v1/route?appId=FFnN2hso42Wego3pWq4X5qlu&secure=true&_t=1453014943466&features=wechat",
                "/v1/route?appId=FFnN2hso42Wego3pWq4X5qlu&secure=false&server=q0&installationId=abc",
            })
    void any_sdk_gets_two_web_socket_urls_it_can_use(String path) throws Exception {
        var answer = get(path);

        String url = "ws://127.0.0.1:" + http.actualPort() + "/";
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(json(answer))
                .isEqualTo(Json.object()
                        .put("groupId", "g0")
                        .put("groupUrl", url)
                        .put("server", url)
                        .put("secondary", url)
                        .put("ttl", 3600));
        assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
    }

    @ParameterizedTest
    @CsvSource({
        "https, chat.example.com,      ,     wss://chat.example.com/",
        "https, chat.example.com:8443, ,     wss://chat.example.com:8443/",
        "https, chat.example.com,      8443, wss://chat.example.com:8443/",
        "https, chat.example.com,      443,  wss://chat.example.com/",
        "http,  chat.example.com,      ,     ws://chat.example.com/",
        "'https, http', 'chat.example.com, inner:1', , wss://chat.example.com/",
        "https, '[2001:db8::1]:444',   ,     wss://[2001:db8::1]:444/",
    })
    void behind_a_proxy_the_url_is_the_one_the_client_used(String scheme, String host, String port, String url)
            throws Exception {
        var request = request("/v1/route?appId=" + TestApps.ID + "&secure=1")
                .header("X-Forwarded-Proto", scheme)
                .header("X-Forwarded-Host", host);
        if (port != null) request.header("X-Forwarded-Port", port);

        assertThat(json(send(request)).path("server").asText()).isEqualTo(url);
    }

    @ParameterizedTest
    @CsvSource({"/1/route", "/2/route"})
    void the_app_router_names_this_host_for_everything(String path) throws Exception {
        JsonNode hosts = json(get(path + "?appId=" + TestApps.ID));

        String host = "127.0.0.1:" + http.actualPort();
        for (String key : new String[] {
            "api_server", "rtm_router_server", "push_server", "push_router_server", "engine_server", "stats_server"
        }) assertThat(hosts.path(key).asText()).as(key).isEqualTo(host);
        assertThat(hosts.path("ttl").isInt()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/route?appId=nosuchapp,             404, 4100",
        "/v1/route?appId=not%20an%20id,         404, 4100",
        "/v1/route,                             400, 1",
        "/1/route,                              400, 1",
        "/2/route?appId=,                       400, 1",
        "/nothing/here,                         404, 1",
        "/echo/x,                               405, 1",
        "/1.1/date,                             401, 401",
        "/refused,                              400, 4303",
        "/broken,                               500, 1",
    })
    void whatever_goes_wrong_the_answer_is_json_that_any_page_may_read(String path, int status, int code)
            throws Exception {
        var answer = get(path);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(json(answer).path("code").asInt()).isEqualTo(code);
        assertThat(json(answer).path("error").asText()).isNotEmpty().doesNotContain("secret");
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json;charset=utf-8");
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).hasValue("*");
    }

    @Test
    void a_broken_escape_is_the_callers_mistake() throws Exception {
        for (String path : new String[] {"/v1/route?appId=%zz", "/refused/%zz"}) {
            try (var socket = new Socket("127.0.0.1", http.actualPort())) {
                socket.getOutputStream()
                        .write(("GET " + path + " HTTP/1.0\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
                String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                assertThat(answer).as(path).containsPattern("^HTTP/1.0 40[04]").contains("{\"code\":1,");
            }
        }
    }

    @Test
    void a_refusal_of_core_is_named_like_on_the_socket() throws Exception {
        assertThat(json(get("/refused")))
                .isEqualTo(Json.object()
                        .put("code", 4303)
                        .put("error", "CONVERSATION_NOT_FOUND")
                        .put("detail", "no such"));
    }

    @Test
    void a_preflight_grants_whatever_header_an_sdk_asks_for() throws Exception {
        var answer = send(request("/any/path")
                .method("OPTIONS", BodyPublishers.noBody())
                .header("Access-Control-Request-Headers", "x-lc-special"));

        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).hasValue("*");
        assertThat(answer.headers().firstValue("Access-Control-Allow-Methods").orElseThrow())
                .contains("GET", "POST", "PUT", "DELETE");
        assertThat(answer.headers().firstValue("Access-Control-Allow-Headers").orElseThrow())
                .contains("X-LC-Id", "X-LC-IM-Session-Token", "x-lc-special");
    }

    @Test
    void the_date_has_exactly_three_fractional_digits() throws Exception {
        var answer = send(request("/1.1/date").header("X-LC-Id", TestApps.ID).header("X-LC-Key", TestApps.KEY));

        assertThat(answer.body()).isEqualTo("{\"__type\":\"Date\",\"iso\":\"2026-01-02T12:00:00.000Z\"}");
    }

    @Test
    void a_text_plain_body_carries_method_keys_and_parameters() throws Exception {
        var answer = send(request("/1.1/date")
                .header("Content-Type", "text/plain;charset=UTF-8")
                .POST(BodyPublishers.ofString("{\"_ApplicationId\":\"" + TestApps.ID + "\",\"_ApplicationKey\":\""
                        + TestApps.KEY + "\",\"_method\":\"GET\"}")));

        assertThat(answer.statusCode()).isEqualTo(200);
    }

    @Test
    void a_text_plain_body_is_seen_without_what_it_carries_for_the_transport() throws Exception {
        var answer = send(request("/echo/x?flag=1")
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString("{\"_ApplicationId\":\"i\",\"_MasterKey\":\"k\",\"_SessionToken\":\"s\","
                        + "\"_InstallationId\":\"d\",\"a\":7,\"_own\":1}")));

        assertThat(json(answer).path("a").asText()).isEqualTo("7");
        assertThat(json(answer).path("flag").asBoolean()).isTrue();
        assertThat(json(answer).path("body").toString()).isEqualTo("{\"a\":7,\"_own\":1}");
    }

    @Test
    void parameters_come_from_the_query_before_the_body_and_paths_are_decoded() throws Exception {
        var answer = send(request("/echo/a%2Fb?a=query").POST(BodyPublishers.ofString("{\"a\":\"body\"}")));

        assertThat(json(answer).path("name").asText()).isEqualTo("a/b");
        assertThat(json(answer).path("a").asText()).isEqualTo("query");
    }

    @Test
    void a_delete_may_have_a_body() throws Exception {
        var answer = send(request("/echo/x").method("DELETE", BodyPublishers.ofString("{\"a\":1}")));

        assertThat(answer.body()).isEqualTo("{\"a\":1}");
    }

    @Test
    void a_malformed_body_is_refused_with_the_code_for_it() throws Exception {
        var answer = send(request("/echo/x").POST(BodyPublishers.ofString("{\"a\":")));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).path("code").asInt()).isEqualTo(107);
    }

    @Test
    void a_body_over_the_limit_is_refused_announced_or_not() throws Exception {
        byte[] tooMuch = new byte[RestServer.MAX_BODY_BYTES + 1];
        var unannounced = BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(tooMuch));

        // The server answers and closes while the client still sends; whether the client sees the answer is a race.
        assertRefusedOrCut(request("/echo/x").POST(unannounced));
        assertRefusedOrCut(request("/echo/x").POST(BodyPublishers.ofByteArray(tooMuch)));
        assertThat(get("/1.1/ping").statusCode()).isEqualTo(200);
    }

    private void assertRefusedOrCut(HttpRequest.Builder request) throws InterruptedException {
        try {
            assertThat(send(request).statusCode()).isEqualTo(413);
        } catch (IOException cut) {
            assertThat(cut).isNotNull();
        }
    }

    @Test
    void a_long_answer_is_compressed_for_those_who_can_read_it() throws Exception {
        var plain = get("/long");
        var compressed =
                client.send(request("/long").header("Accept-Encoding", "gzip").build(), BodyHandlers.ofByteArray());

        assertThat(plain.headers().firstValue("Content-Encoding")).isEmpty();
        assertThat(compressed.headers().firstValue("Content-Encoding")).hasValue("gzip");
        try (var in = new GZIPInputStream(new java.io.ByteArrayInputStream(compressed.body()))) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(plain.body());
        }
    }

    @Test
    void head_gets_the_length_without_the_body() throws Exception {
        var answer = send(request("/1.1/ping").method("HEAD", BodyPublishers.noBody()));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValueAsLong("Content-Length")).hasValue(17);
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void calls_are_counted_by_route_not_by_path() throws Exception {
        send(request("/echo/somebody").POST(BodyPublishers.noBody()));

        assertThat(meters.get("parley.http.calls")
                        .tag("route", "/echo/:name")
                        .tag("status", "200")
                        .timer()
                        .count())
                .isPositive();
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + http.actualPort() + path));
    }

    private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(request(path));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> response) {
        return Json.parseObject(response.body().getBytes(StandardCharsets.UTF_8));
    }
}
