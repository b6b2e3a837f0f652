package io.parley.conformance.sdk;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import com.sun.net.httpserver.SimpleFileServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What is around a browser: a secure site with the pages of the programs, of another origin than the server under test
/// (SDK 2.4.0 looks for its server as the page came, securely or not); and a proxy that leads the host names of the
/// hosted service there, as a hosts entry or a zone of one's own would do. The
/// proxy leads nowhere else. Thread-safe.
final class BrowserNetwork implements AutoCloseable {
    private static final Pattern TUNNEL =
            Pattern.compile("CONNECT (?:[a-z0-9.-]+\\.leancloud\\.cn|app-router\\.com):443 HTTP/1\\.1\r\n");
    private static final InetSocketAddress ANY_PORT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    private final HttpsServer site;
    private final ServerSocket proxy;
    private final InetSocketAddress server;

    private BrowserNetwork(HttpsServer site, ServerSocket proxy, InetSocketAddress server) {
        this.site = site;
        this.proxy = proxy;
        this.server = server;
    }

    static BrowserNetwork leadingTo(URI server, TestAuthority authority) {
        try {
            HttpsServer site =
                    HttpsServer.create(ANY_PORT, 0, "/", SimpleFileServer.createFileHandler(SdkPrograms.home()));
            site.setHttpsConfigurator(new HttpsConfigurator(authority.serverContext()));
            site.start();
            ServerSocket proxy = new ServerSocket();
            proxy.bind(ANY_PORT);
            var network = new BrowserNetwork(site, proxy, new InetSocketAddress(server.getHost(), server.getPort()));
            Thread.ofVirtual().name("proxy").start(network::accept);
            return network;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen", e);
        }
    }

    /// Address of the site with the pages.
    String pages() {
        return "https://127.0.0.1:" + site.getAddress().getPort();
    }

    InetSocketAddress proxy() {
        return (InetSocketAddress) proxy.getLocalSocketAddress();
    }

    private void accept() {
        while (!proxy.isClosed()) {
            try {
                Socket browser = proxy.accept();
                Thread.ofVirtual().name("tunnel").start(() -> serve(browser));
            } catch (IOException e) {
                if (!proxy.isClosed()) throw new UncheckedIOException("the proxy cannot listen", e);
            }
        }
    }

    private void serve(Socket browser) {
        try (browser) {
            Matcher wanted = TUNNEL.matcher(head(browser.getInputStream()));
            if (!wanted.lookingAt()) {
                answer(browser, "403 Forbidden");
                return;
            }
            try (Socket target = new Socket(server.getAddress(), server.getPort())) {
                answer(browser, "200 Connected");
                Thread back = Thread.ofVirtual().start(() -> pump(target, browser));
                pump(browser, target);
                back.join();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a tunnel failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) break;
            head.append((char) next);
        }
        return head.toString();
    }

    private static void answer(Socket browser, String status) throws IOException {
        browser.getOutputStream().write(("HTTP/1.1 " + status + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    /// Ends both directions when one has ended.
    private static void pump(Socket from, Socket to) {
        try (from;
                to) {
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[16_384];
            for (int read = from.getInputStream().read(buffer);
                    read >= 0;
                    read = from.getInputStream().read(buffer)) out.write(buffer, 0, read);
        } catch (SocketException e) {
            // One end was cut, or the other direction ended: there is nothing more to carry.
        } catch (IOException e) {
            throw new UncheckedIOException("a tunnel failed", e);
        }
    }

    @Override
    public void close() {
        site.stop(0);
        try {
            proxy.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot stop listening", e);
        }
    }
}
