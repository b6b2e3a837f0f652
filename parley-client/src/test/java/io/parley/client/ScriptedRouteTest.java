package io.parley.client;

import static io.parley.client.Device.await;
import static io.parley.client.Device.failure;
import static io.parley.client.ScriptedServer.answer;
import static io.parley.client.ScriptedServer.json;
import static io.parley.client.ScriptedServer.route;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.parley.client.ScriptedServer.Peer;
import io.parley.client.internal.proto.CommandType;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// How a client finds the socket of its server, or does not. Source: protocol 1.4.
class ScriptedRouteTest extends Scripted {
    private void isFoundAt(String path) {
        CompletableFuture<AVIMClient> opening = tom.open();
        Peer peer = server.accepts();
        peer.opens("token", A_DAY);
        await(opening);
        assertThat(peer.path()).isEqualTo(path);
    }

    static Stream<String> useless_answers() {
        return Stream.of(
                answer("500 Internal Server Error", "", ""),
                answer("404 Not Found", "Content-Type: application/json\r\n", "{\"code\":4100,\"error\":\"who?\"}"),
                answer("200 OK", "Content-Type: text/html\r\n", "<html>Please log in to this hotel's network</html>"),
                json(""),
                json("null"),
                json("[]"),
                json("{}"),
                json("{\"server\":"),
                json("{\"server\":5,\"secondary\":null}"),
                json(route("", "")),
                json(route("not an address", "nor is this")),
                json("{\"ttl\":3600}"),
                "no HTTP at all\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{\"server\":\"ws://");
    }

    @ParameterizedTest
    @MethodSource("useless_answers")
    void a_route_directory_whose_answer_is_of_no_use_fails_the_first_login_and_not_the_next(String useless) {
        server.answersRoutes(useless);

        AVIMException failed = failure(tom.open());

        assertThat(failed.getCode()).isEqualTo(AVIMException.CONNECTION_FAILED);
        assertThat(failed).hasMessageContaining("cannot connect: ");
        staysAway();
        server.answersRoutes(json(route(server.url("/now"), server.url("/now"))));
        isFoundAt("/now");
    }

    @ParameterizedTest
    @MethodSource("useless_answers")
    void a_route_directory_that_is_broken_for_a_while_is_asked_until_it_works(String useless) {
        Peer peer = logsIn();
        server.answersRoutes(useless);

        peer.drops();
        device.events.next("paused");
        clock.passes(RETRY);
        await().until(() -> device.realtime.getConnectionState() == AVIMConnectionState.WAITING);
        server.answersRoutes(json(route(server.url("/again"), server.url("/again"))));
        clock.passes(RETRY.multipliedBy(2));
        Peer next = server.accepts();
        next.opens("token", A_DAY);

        device.events.next("resumed");
        assertThat(next.path()).isEqualTo("/again");
    }

    @Test
    void a_route_directory_that_does_not_answer_is_given_up() {
        server.answersRoutes(ScriptedServer.NEVER);
        CompletableFuture<AVIMClient> opening = tom.open();
        server.isCalled();

        clock.passes(CONNECT);

        AVIMException failed = failure(opening);
        assertThat(failed.getCode()).isEqualTo(AVIMException.CONNECTION_FAILED);
        assertThat(failed).hasMessageContaining("does not answer");
        staysAway();
    }

    @ParameterizedTest
    @ValueSource(strings = {"301 Moved Permanently", "302 Found", "307 Temporary Redirect", "308 Permanent Redirect"})
    void a_route_directory_that_has_moved_is_followed(String status) {
        server.answersHttp(path -> path.startsWith("/moved")
                ? json(route(server.url("/there"), server.url("/there")))
                : answer(status, "Location: /moved?" + path.substring(path.indexOf('?') + 1) + "\r\n", ""));

        isFoundAt("/there");
    }

    @Test
    void a_route_directory_that_sends_one_around_in_circles_is_given_up() {
        server.answersRoutes(answer("302 Found", "Location: /v1/route\r\n", ""));

        assertThat(failure(tom.open()).getCode()).isEqualTo(AVIMException.CONNECTION_FAILED);
        staysAway();
    }

    @Test
    void a_route_directory_is_told_which_app_wants_which_kind_of_socket() {
        logsIn();

        assertThat(server.isCalled()).startsWith("/v1/route?").contains("appId=", "secure=0");
    }

    // ---- two addresses

    @ParameterizedTest
    @ValueSource(strings = {ScriptedServer.REFUSING, "no address", "http://127.0.0.1:1/", "ws://127.0.0.1:1/"})
    void the_secondary_address_is_tried_when_the_first_is_of_no_use(String first) {
        String address = first.startsWith("/") ? server.url(first) : first;
        server.answersRoutes(json(route(address, server.url("/secondary"))));

        isFoundAt("/secondary");
    }

    @Test
    void the_secondary_address_is_tried_when_the_first_does_not_answer() {
        server.answersRoutes(json(route(server.url(ScriptedServer.SILENT), server.url("/secondary"))));
        CompletableFuture<AVIMClient> opening = tom.open();
        server.isDialled(ScriptedServer.SILENT);

        clock.passes(CONNECT);
        Peer peer = server.accepts();
        peer.opens("token", A_DAY);

        await(opening);
        assertThat(peer.path()).isEqualTo("/secondary");
    }

    @Test
    void when_no_address_answers_the_login_fails() {
        server.answersRoutes(json(route(server.url(ScriptedServer.SILENT), server.url(ScriptedServer.REFUSING))));
        CompletableFuture<AVIMClient> opening = tom.open();
        server.isDialled(ScriptedServer.SILENT);

        clock.passes(CONNECT);

        AVIMException failed = failure(opening);
        assertThat(failed.getCode()).isEqualTo(AVIMException.CONNECTION_FAILED);
        assertThat(failed).hasMessageContaining("503");
        staysAway();
    }

    // ---- how long an answer counts

    @Test
    void an_answer_counts_as_long_as_it_says() {
        Peer first = logsIn();
        leaves(first);
        clock.passes(Duration.ofSeconds(3599));
        Peer second = logsIn();
        assertThat(server.timesAsked()).isEqualTo(1);
        leaves(second);
        clock.passes(Duration.ofSeconds(1));

        logsIn();

        assertThat(server.timesAsked()).isEqualTo(2);
    }

    private void leaves(Peer peer) {
        CompletableFuture<AVIMClient> closing = tom.close();
        peer.answers(peer.expects(CommandType.session), closed(0, ""));
        await(closing);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",\"ttl\":0", ",\"ttl\":-5", ",\"ttl\":\"soon\"", ",\"ttl\":null"})
    void an_answer_that_does_not_say_how_long_it_counts_counts_once(String ttl) {
        server.answersRoutes(json("{\"server\":\"" + server.url("/") + "\"" + ttl + "}"));
        leaves(logsIn());

        logsIn();

        assertThat(server.timesAsked()).isEqualTo(2);
    }

    @Test
    void after_a_loss_the_directory_is_asked_whatever_its_last_answer_said() {
        Peer peer = logsIn();
        server.answersRoutes(json(route(server.url("/moved"), server.url("/moved"))));

        peer.drops();
        Peer next = reconnects();
        next.opens("token", A_DAY);

        device.events.next("resumed");
        assertThat(next.path()).isEqualTo("/moved");
        assertThat(server.timesAsked()).isEqualTo(2);
    }
}
