package io.parley.server.cutover;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/// Asks for a domain at an address, as a client would whose name service knows the future: the domain need not lead
/// there yet.
///
/// @param domain scheme, host and port that clients will use
/// @param address where to connect
record Probe(URI domain, InetSocketAddress address) {
    private static final int MILLIS = 10_000;
    private static final int MAX_ANSWER = 1024 * 1024;
    private static final ObjectMapper JSON = new ObjectMapper();

    /// @param certificate empty without TLS
    /// @param protocol such as TLSv1.3, empty without TLS
    record Answer(
            int status,
            Map<String, String> headers,
            String body,
            Optional<X509Certificate> certificate,
            String protocol) {
        /// An empty document when the body is no JSON.
        JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (IOException e) {
                return JSON.createObjectNode();
            }
        }

        boolean isJson() {
            return json().isContainerNode() && !body.isBlank();
        }
    }

    boolean secure() {
        return "https".equals(domain.getScheme()) || "wss".equals(domain.getScheme());
    }

    Answer get(String path, String... headers) throws IOException {
        StringBuilder request =
                new StringBuilder("GET " + path + " HTTP/1.0\r\nHost: " + domain.getRawAuthority() + "\r\n");
        for (int i = 0; i < headers.length; i += 2)
            request.append(headers[i]).append(": ").append(headers[i + 1]).append("\r\n");
        return ask(request.append("\r\n").toString(), MAX_ANSWER);
    }

    /// The first step of a WebSocket.
    Answer upgrade(String path) throws IOException {
        return ask(
                "GET " + path + " HTTP/1.1\r\nHost: " + domain.getRawAuthority()
                        + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13"
                        + "\r\nSec-WebSocket-Key: cGFybGV5LWN1dG92ZXIhIQ==\r\nSec-WebSocket-Protocol: lc.protobuf2.3\r\n\r\n",
                12);
    }

    private Answer ask(String request, int most) throws IOException {
        try (Socket plain = new Socket()) {
            plain.connect(address, MILLIS);
            plain.setSoTimeout(MILLIS);
            if (!secure()) return exchange(plain, request, most, Optional.empty(), "");
            try (SSLSocket socket = (SSLSocket) ((SSLSocketFactory) SSLSocketFactory.getDefault())
                    .createSocket(plain, domain.getHost(), address.getPort(), true)) {
                SSLParameters parameters = socket.getSSLParameters();
                parameters.setEndpointIdentificationAlgorithm("HTTPS"); // the name must match
                if (!domain.getHost().matches("[0-9.]+|.*:.*"))
                    parameters.setServerNames(List.of(new SNIHostName(domain.getHost())));
                socket.setSSLParameters(parameters);
                socket.startHandshake();
                Certificate first = socket.getSession().getPeerCertificates()[0];
                return exchange(
                        socket,
                        request,
                        most,
                        Optional.of((X509Certificate) first),
                        socket.getSession().getProtocol());
            }
        }
    }

    private static Answer exchange(
            Socket socket, String request, int most, Optional<X509Certificate> certificate, String protocol)
            throws IOException {
        socket.getOutputStream().write(request.getBytes(UTF_8));
        socket.getOutputStream().flush();
        String text = new String(socket.getInputStream().readNBytes(most), ISO_8859_1);
        int head = text.indexOf("\r\n\r\n");
        List<String> lines = new ArrayList<>(List.of((head < 0 ? text : text.substring(0, head)).split("\r\n")));
        String[] status = lines.removeFirst().split(" ", 3);
        if (status.length < 2 || !status[1].matches("[0-9]{3}")) throw new IOException("the answer is not HTTP");
        Map<String, String> headers = new TreeMap<>();
        for (String line : lines) {
            int colon = line.indexOf(':');
            if (colon > 0)
                headers.put(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
        }
        String body = head < 0 ? "" : new String(text.substring(head + 4).getBytes(ISO_8859_1), UTF_8);
        return new Answer(Integer.parseInt(status[1]), headers, body, certificate, protocol);
    }
}
