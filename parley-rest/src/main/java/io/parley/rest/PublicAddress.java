package io.parley.rest;

import io.parley.core.session.ForwardedAddress;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where clients find this server, as far as a call lets us know: the configured public address, else what a
/// trusted proxy says, else the address the client itself used. Thread-safe.
public final class PublicAddress {
    private static final Logger log = LoggerFactory.getLogger(PublicAddress.class);

    private final Optional<URI> configured;
    private final boolean trustProxy;
    private final AtomicBoolean proxyNoted = new AtomicBoolean();
    private volatile Ports ports = new Ports(0, 0);

    /// The ports this server really listens on; 0 means: not.
    public record Ports(int plain, int tls) {}

    /// @param configured http or https; a path is kept in front of WebSocket paths
    /// @param trustProxy believe `X-Forwarded-*`
    public PublicAddress(Optional<URI> configured, boolean trustProxy) {
        this.configured = configured;
        this.trustProxy = trustProxy;
    }

    /// To be told once, when the ports are open.
    public void listening(Ports ports) {
        this.ports = ports;
    }

    /// The WebSocket URL for a client. `secure` is a wish: a URL is only handed out for what is really served,
    /// because several SDKs ask for TLS whatever the server. Source: protocol 1.4, legacy-json 2.2.
    String webSocket(Reached reached, boolean secure) {
        Optional<String> tls = base(reached, true);
        Optional<String> plain = base(reached, false);
        String base =
                secure ? tls.or(() -> plain).orElseThrow() : plain.or(() -> tls).orElseThrow();
        return "ws" + base.substring("http".length());
    }

    /// Bare `host[:port]` for REST calls. SDKs put `https://` before it, so that TLS comes first where it exists.
    String host(Reached reached) {
        URI base = URI.create(base(reached, true).or(() -> base(reached, false)).orElseThrow());
        return base.getRawAuthority();
    }

    /// `http(s)://host[:port][/path]/`, as the client used it.
    String web(Reached reached) {
        return base(reached, true)
                .filter(base -> reached.secure() || configured.isPresent())
                .or(() -> base(reached, false))
                .orElseThrow();
    }

    /// `http(s)://host[:port][/path]/`, when that scheme is served. At least one of the two is.
    private Optional<String> base(Reached reached, boolean secure) {
        if (configured.isPresent()) {
            String url = configured.get().toString();
            return url.startsWith("https") == secure
                    ? Optional.of(url.endsWith("/") ? url : url + "/")
                    : Optional.empty();
        }
        String scheme = secure ? "https://" : "http://";
        if (reached.secure() == secure) return Optional.of(scheme + authority(reached.host(), reached.port()) + "/");
        int other = secure ? ports.tls : ports.plain;
        if (reached.proxied() || other == 0) return Optional.empty();
        return Optional.of(scheme + authority(reached.host(), other == (secure ? 443 : 80) ? 0 : other) + "/");
    }

    private static String authority(String host, int port) {
        return port == 0 ? host : host + ":" + port;
    }

    /// Reads from a request how it came here. Called on its event loop.
    Reached reached(HttpServerRequest request) {
        boolean secure = request.isSSL();
        HostAndPort authority = Optional.ofNullable(request.authority())
                .orElseGet(() -> HostAndPort.create(
                        request.localAddress().hostAddress(),
                        request.localAddress().port()));
        String client = String.valueOf(request.remoteAddress().hostAddress());
        String forwarded = request.getHeader("X-Forwarded-Proto");
        if (forwarded == null || !trustProxy) {
            if (forwarded != null) noteProxy();
            return new Reached(secure, false, bracketed(authority.host()), portOf(authority, secure), client);
        }
        secure = first(forwarded).equals("https") || first(forwarded).equals("wss");
        String host = request.getHeader("X-Forwarded-Host");
        if (host != null) {
            HostAndPort said = HostAndPort.parseAuthority(first(host), -1);
            if (said != null) authority = said;
        }
        int port = portOf(authority, secure);
        String saidPort = request.getHeader("X-Forwarded-Port");
        if (port == 0 && saidPort != null && first(saidPort).matches("[1-9][0-9]{0,4}")) {
            port = withoutDefault(Integer.parseInt(first(saidPort)), secure);
        }
        client =
                ForwardedAddress.of(request.headers().getAll("X-Forwarded-For")).orElse(client);
        return new Reached(secure, true, bracketed(authority.host()), port, client);
    }

    private void noteProxy() {
        if (proxyNoted.compareAndSet(false, true))
            log.warn("X-Forwarded-Proto ignored; set trustProxy when a proxy of yours stands in front of this server");
    }

    private static String first(String list) {
        int comma = list.indexOf(',');
        return (comma < 0 ? list : list.substring(0, comma)).strip().toLowerCase(Locale.ROOT);
    }

    private static int portOf(HostAndPort authority, boolean secure) {
        return authority.port() <= 0 ? 0 : withoutDefault(authority.port(), secure);
    }

    private static int withoutDefault(int port, boolean secure) {
        return port == (secure ? 443 : 80) ? 0 : port;
    }

    private static String bracketed(String host) {
        return host.indexOf(':') >= 0 && !host.startsWith("[") ? "[" + host + "]" : host;
    }
}
