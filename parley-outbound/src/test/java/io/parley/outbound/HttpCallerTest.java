package io.parley.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.parley.outbound.HttpCaller.Call;
import io.parley.outbound.HttpCaller.Response;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpCallerTest {
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch ending = new CountDownLatch(1);
    private final HttpCaller caller = new HttpCaller(new OutboundSettings(List.of(), true, 1));
    private final Set<Integer> ports = ConcurrentHashMap.newKeySet();
    private HttpServer server;

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.start();
    }

    @AfterEach
    void stop() {
        ending.countDown();
        caller.close();
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(String path, int status, String body, Map<String, String> headers) {
        serve(path, exchange -> {
            ports.add(exchange.getRemoteAddress().getPort());
            headers.forEach(exchange.getResponseHeaders()::add);
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        });
    }

    private void serve(String path, HttpHandler handler) {
        server.createContext(path, exchange -> {
            try (exchange) {
                handler.handle(exchange);
            }
        });
    }

    private Response call(String path, Duration timeout) throws CallFailedException {
        URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
        return caller.call(Call.post(url, Map.of("X-Test", "1"), new byte[] {1}, timeout));
    }

    @Test
    void an_answer_comes_back_whatever_its_status() throws CallFailedException {
        answer("/teapot", 418, "short and stout", Map.of());
        Response response = call("/teapot", Duration.ofSeconds(10));
        assertThat(response.status()).isEqualTo(418);
        assertThat(response.body()).asString(StandardCharsets.UTF_8).isEqualTo("short and stout");
    }

    @Test
    void a_server_that_is_busy_says_how_long_it_wants_to_be_left_alone() throws CallFailedException {
        answer("/busy", 429, "", Map.of("Retry-After", "17"));
        answer("/well", 200, "", Map.of("Retry-After", "17"));
        assertThat(call("/busy", Duration.ofSeconds(10)).retryAfter()).isEqualTo(Duration.ofSeconds(17));
        assertThat(call("/well", Duration.ofSeconds(10)).retryAfter()).isZero();
    }

    @Test
    void a_connection_is_used_again() throws CallFailedException {
        answer("/", 200, "x", Map.of());
        for (int i = 0; i < 10; i++) call("/", Duration.ofSeconds(10));
        assertThat(ports).hasSize(1);
    }

    @Test
    void a_redirect_is_an_answer_and_not_followed() throws CallFailedException {
        answer("/elsewhere", 200, "secret", Map.of());
        answer("/redirect", 302, "", Map.of("Location", "/elsewhere"));
        assertThat(call("/redirect", Duration.ofSeconds(10)).status()).isEqualTo(302);
    }

    @Test
    void a_body_that_never_ends_is_given_up_in_time() {
        serve("/trickle", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write('x');
            exchange.getResponseBody().flush();
            awaitEnding();
        });
        assertThatThrownBy(() -> call("/trickle", Duration.ofMillis(300))).hasMessageContaining("no answer within");
    }

    @Test
    void who_finds_no_free_place_in_time_fails_and_the_place_becomes_free_again() throws Exception {
        CountDownLatch taken = new CountDownLatch(1);
        serve("/hang", exchange -> {
            taken.countDown();
            awaitEnding();
        });
        answer("/quick", 200, "x", Map.of());
        var hanging = threads.submit(() -> call("/hang", Duration.ofSeconds(2)));
        taken.await();
        assertThatThrownBy(() -> call("/quick", Duration.ofMillis(100))).hasMessageContaining("too many calls");
        assertThat(call("/quick", Duration.ofSeconds(20)).status()).isEqualTo(200);
        assertThatThrownBy(hanging::get).hasMessageContaining("no answer within");
    }

    @Test
    void too_large_an_answer_is_refused() {
        answer("/large", 200, "x".repeat((int) HttpCaller.MAX_ANSWER_BYTES + 1), Map.of());
        assertThatThrownBy(() -> call("/large", Duration.ofSeconds(20))).isInstanceOf(CallFailedException.class);
    }

    @Test
    void a_server_that_is_not_there_is_told_apart() {
        server.stop(0);
        assertThatThrownBy(() -> call("/", Duration.ofSeconds(10))).hasMessageContaining("ConnectException");
    }

    private void awaitEnding() {
        try {
            ending.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
