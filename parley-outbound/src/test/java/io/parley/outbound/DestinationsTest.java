package io.parley.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DestinationsTest {
    private static void check(OutboundSettings settings, String url) throws CallFailedException {
        new Destinations(settings).check(URI.create(url));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.9.9.9",
                "10.1.2.3",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "169.254.169.254",
                "0.0.0.0",
                "100.64.0.1",
                "192.0.0.8",
                "198.18.0.1",
                "224.0.0.1",
                "255.255.255.255",
                "::1",
                "::",
                "fe80::1",
                "fc00::1",
                "fd12:3456::1",
                "ff02::1",
                "::ffff:10.0.0.1",
                "64:ff9b::a00:1",
            })
    void addresses_behind_the_server_are_private(String address) throws UnknownHostException {
        assertThat(Destinations.isPrivate(InetAddress.getByName(address))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"8.8.8.8", "172.32.0.1", "100.128.0.1", "192.1.0.1", "2001:4860:4860::8888", "64:ff9b::808:808"})
    void addresses_of_the_internet_are_not(String address) throws UnknownHostException {
        assertThat(Destinations.isPrivate(InetAddress.getByName(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1/",
                "http://localhost:3000/",
                "http://[::1]/",
                "http://169.254.169.254/latest/meta-data/",
                "http://2130706433/",
            })
    void private_hosts_are_refused_unless_all_are_allowed(String url) {
        assertThatThrownBy(() -> check(OutboundSettings.DEFAULT, url)).isInstanceOf(CallFailedException.class);
    }

    @Test
    void a_host_that_is_named_may_be_private() throws CallFailedException {
        var named = new OutboundSettings(List.of("127.0.0.1", "Localhost"), false, 1);
        check(named, "http://127.0.0.1:3000/x");
        check(named, "http://localhost/x");
        assertThatThrownBy(() -> check(named, "http://127.0.0.2/")).hasMessageContaining("outbound.allowedHosts");
        check(new OutboundSettings(List.of(), true, 1), "http://127.0.0.2/");
    }

    @Test
    void only_listed_hosts_may_be_called_when_there_is_a_list() {
        var listed = new OutboundSettings(List.of("*.example.com"), true, 1);
        assertThatThrownBy(() -> check(listed, "https://example.org/")).hasMessageContaining("outbound.allowedHosts");
        assertThatThrownBy(() -> check(listed, "https://badexample.com/"))
                .hasMessageContaining("outbound.allowedHosts");
        assertThatThrownBy(() -> check(listed, "https://x.example.com.evil.org/"))
                .hasMessageContaining("outbound.allowedHosts");
    }

    /// The pattern names many, and somebody else may decide where they lead.
    @Test
    void a_pattern_does_not_make_private_addresses_good() {
        var listed = new OutboundSettings(List.of("*.localhost"), false, 1);
        assertThatThrownBy(() -> check(listed, "http://x.localhost/")).isInstanceOf(CallFailedException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"file:///etc/passwd", "ftp://example.com/", "http:///x", "mailto:a@example.com"})
    void only_http_makes_sense(String url) {
        assertThatThrownBy(() -> check(new OutboundSettings(List.of(), true, 1), url))
                .hasMessageContaining("http");
    }
}
