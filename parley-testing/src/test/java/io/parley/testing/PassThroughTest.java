package io.parley.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// A server that leaves to another one what it does not do itself.
class PassThroughTest {
    private static HttpServer upstream;
    private static ParleyServer server;
    private static final List<String> SEEN = new CopyOnWriteArrayList<>();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private final Http http = new Http();

    @BeforeAll
    static void start() throws IOException {
        upstream = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
        upstream.createContext("/", call -> {
            byte[] body = call.getRequestBody().readAllBytes();
            SEEN.add(call.getRequestMethod() + " " + call.getRequestURI() + " key="
                    + call.getRequestHeaders().getFirst("X-LC-Key") + " via="
                    + call.getRequestHeaders().getFirst("Via"));
            if (call.getRequestURI().getPath().equals("/moved")) {
                call.getResponseHeaders().add("Location", "http://169.254.169.254/");
                call.sendResponseHeaders(302, -1);
            } else {
                byte[] answer = ("upstream got " + body.length).getBytes(UTF_8);
                call.getResponseHeaders().add("X-From", "upstream");
                call.sendResponseHeaders(201, 0); // chunked
                call.getResponseBody().write(answer);
            }
            call.close();
        });
        upstream.start();
        server = ParleyServer.with()
                .set("upstream.url", "http://127.0.0.1:" + upstream.getAddress().getPort())
                .set("upstream.pass", "/1.1/date,/1.2/rtm")
                .set("upstream.keep", "/1.2/rtm/service-conversations,/mine")
                .start();
    }

    @AfterAll
    static void stop() {
        server.close();
        upstream.stop(0);
    }

    @Test
    void what_the_server_does_not_have_comes_from_upstream_with_keys_and_query() throws Exception {
        var answer = http.get(server.url() + "/1.1/cloud/thing?a=1&b=%20x", "X-LC-Key", "secret");

        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.body()).isEqualTo("upstream got 0");
        assertThat(answer.headers().firstValue("X-From")).contains("upstream");
        assertThat(SEEN).contains("GET /1.1/cloud/thing?a=1&b=%20x key=secret via=1.1 parley");
    }

    @Test
    void large_bodies_are_streamed_there() throws Exception {
        var request = HttpRequest.newBuilder(URI.create(server.url() + "/upload"))
                .POST(BodyPublishers.ofByteArray(new byte[30 * 1024 * 1024]))
                .build();

        assertThat(CLIENT.send(request, BodyHandlers.ofString()).body()).isEqualTo("upstream got 31457280");
    }

    @Test
    void the_longest_rule_decides() throws Exception {
        assertThat(http.get(server.url() + "/1.1/date").body()).startsWith("upstream");
        assertThat(http.get(server.url() + "/1.2/rtm/messages").body()).startsWith("upstream");
        assertThat(http.get(server.url() + "/1.2/rtm/service-conversations").statusCode())
                .isEqualTo(401);
        assertThat(http.get(server.url() + "/mine/too").body()).contains("There is nothing at /mine/too");
        assertThat(http.get(server.url() + "/mineral").body()).startsWith("upstream");
        assertThat(http.json(server.url() + "/health").path("status").asText()).isEqualTo("ok");
        assertThat(http.get(server.url() + "/x/nothing").statusCode()).isEqualTo(404);
        assertThat(http.json(server.url() + "/v1/route?appId=" + TestApp.ID).has("server"))
                .isTrue();
    }

    @Test
    void a_redirect_goes_back_to_the_caller() throws Exception {
        assertThat(http.get(server.url() + "/moved").statusCode()).isEqualTo(302);
    }

    @Test
    void a_call_cannot_choose_the_server_that_is_asked() throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.getOutputStream()
                    .write("GET http://127.0.0.1:1/elsewhere HTTP/1.1\r\nHost: 127.0.0.1:1\r\nConnection: close\r\n\r\n"
                            .getBytes(UTF_8));
            String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
            assertThat(answer).contains("201").contains("upstream got 0");
        }
        assertThat(SEEN).anyMatch(call -> call.startsWith("GET /elsewhere "));
    }

    @Test
    void what_comes_back_through_the_upstream_is_stopped() throws Exception {
        assertThat(http.get(server.url() + "/1.1/cloud", "Via", "1.1 parley").statusCode())
                .isEqualTo(508);
    }

    @Test
    void an_upstream_that_is_away_is_told_in_json() throws Exception {
        try (var alone =
                ParleyServer.with().set("upstream.url", "http://127.0.0.1:1").start()) {
            assertThat(http.json(alone.url() + "/1.1/cloud").path("code").asInt())
                    .isEqualTo(502);
        }
    }
}
