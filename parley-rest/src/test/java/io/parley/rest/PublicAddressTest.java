package io.parley.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.rest.PublicAddress.Ports;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PublicAddressTest {

    @ParameterizedTest(name = "plain {0}, tls {1}; came by {2} to {3}; secure={4}: {5}")
    @CsvSource({
        // a server without TLS never promises any
        "8080, 0,    http,  8080, false, ws://chat.test:8080/",
        "8080, 0,    http,  8080, true,  ws://chat.test:8080/",
        "80,   0,    http,  0,    true,  ws://chat.test/",
        // a server with TLS only has nothing else
        "0,    8443, https, 8443, true,  wss://chat.test:8443/",
        "0,    8443, https, 8443, false, wss://chat.test:8443/",
        "0,    443,  https, 0,    true,  wss://chat.test/",
        // with both, the wish decides
        "8080, 8443, http,  8080, true,  wss://chat.test:8443/",
        "8080, 8443, http,  8080, false, ws://chat.test:8080/",
        "8080, 8443, https, 8443, false, ws://chat.test:8080/",
        "80,   443,  http,  0,    true,  wss://chat.test/",
        // the port the client used is right, even when a mapping in between hides our own
        "8080, 0,    http,  31000, true, ws://chat.test:31000/",
    })
    void hands_out_what_is_served(int plain, int tls, String scheme, int port, boolean secure, String url) {
        var address = new PublicAddress(Optional.empty(), false);
        address.listening(new Ports(plain, tls));

        var reached = new Reached(scheme.equals("https"), false, "chat.test", port, "10.0.0.1");

        assertThat(address.webSocket(reached, secure)).isEqualTo(url);
    }

    @ParameterizedTest
    @CsvSource({
        "https, true,  wss://chat.test/",
        "https, false, wss://chat.test/",
        "http,  true,  ws://chat.test/",
        "http,  false, ws://chat.test/",
    })
    void behind_a_proxy_the_scheme_is_the_one_the_client_used(String scheme, boolean secure, String url) {
        var address = new PublicAddress(Optional.empty(), true);
        address.listening(new Ports(8080, 0));

        var reached = new Reached(scheme.equals("https"), true, "chat.test", 0, "10.0.0.1");

        assertThat(address.webSocket(reached, secure)).isEqualTo(url);
    }

    @ParameterizedTest
    @CsvSource({
        "https://chat.example.com,       wss://chat.example.com/,       chat.example.com",
        "https://chat.example.com:8443/, wss://chat.example.com:8443/,  chat.example.com:8443",
        "https://example.com/chat,       wss://example.com/chat/,       example.com",
        "http://[::1]:8080,              ws://[::1]:8080/,              [::1]:8080",
    })
    void a_configured_address_is_used_whatever_the_client_used(String url, String webSocket, String host) {
        var address = new PublicAddress(Optional.of(URI.create(url)), false);
        address.listening(new Ports(8080, 0));
        var reached = new Reached(false, false, "10.1.2.3", 8080, "10.0.0.1");

        assertThat(address.webSocket(reached, true)).isEqualTo(webSocket);
        assertThat(address.webSocket(reached, false)).isEqualTo(webSocket);
        assertThat(address.host(reached)).isEqualTo(host);
    }

    @Test
    void the_host_for_rest_calls_is_that_of_tls_where_there_is_one() {
        var address = new PublicAddress(Optional.empty(), false);
        address.listening(new Ports(8080, 8443));

        assertThat(address.host(new Reached(false, false, "[::1]", 8080, "::1")))
                .isEqualTo("[::1]:8443");
    }
}
