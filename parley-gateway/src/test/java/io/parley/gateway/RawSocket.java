package io.parley.gateway;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A WebSocket client made of a plain socket, so that it can do everything wrong that a client can do wrong. Reads
/// only when asked to.
class RawSocket implements AutoCloseable {
    static final String SAMPLE_KEY = "dGhlIHNhbXBsZSBub25jZQ==";

    private static final int PATIENCE_MILLIS = 20_000;

    private final Socket socket = new Socket();
    private final DataInputStream in;
    private final OutputStream out;

    int status;
    List<String> responseHeaders = new ArrayList<>();

    RawSocket(int port, int receiveBuffer) throws IOException {
        if (receiveBuffer > 0) socket.setReceiveBufferSize(receiveBuffer);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        out = socket.getOutputStream();
    }

    static List<String> handshake(String... more) {
        List<String> headers = new ArrayList<>(List.of(
                "Host: test",
                "Upgrade: websocket",
                "Connection: keep-alive, Upgrade",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: " + SAMPLE_KEY));
        headers.addAll(List.of(more));
        return headers;
    }

    /// Sends a request and reads the head of the response.
    void request(String line, List<String> headers) throws IOException {
        String head = line + "\r\n" + String.join("\r\n", headers) + "\r\n\r\n";
        out.write(head.getBytes(StandardCharsets.US_ASCII));
        status = Integer.parseInt(readLine().split(" ")[1]);
        for (String header = readLine(); !header.isEmpty(); header = readLine()) responseHeaders.add(header);
    }

    Optional<String> responseHeader(String name) {
        return responseHeaders.stream()
                .filter(header -> header.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                .map(header -> header.substring(name.length() + 1).strip())
                .findFirst();
    }

    String readBody() throws IOException {
        int length = Integer.parseInt(responseHeader("Content-Length").orElseThrow());
        return new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }

    private String readLine() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) throw new EOFException("after " + line);
            if (c != '\r') line.write(c);
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    void send(int opcode, byte[] payload) {
        send(0x80 | opcode, true, payload);
    }

    void send(int firstByte, boolean masked, byte[] payload) {
        try {
            out.write(encode(firstByte, masked, payload));
        } catch (IOException e) {
            throw new AssertionError("the server does not take a frame", e);
        }
    }

    static byte[] encode(int firstByte, boolean masked, byte[] payload) {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(firstByte);
        int mask = masked ? 0x80 : 0;
        if (payload.length < 126) {
            frame.write(mask | payload.length);
        } else if (payload.length <= 0xFFFF) {
            frame.write(mask | 126);
            frame.write(payload.length >> 8);
            frame.write(payload.length);
        } else {
            frame.write(mask | 127);
            for (int shift = 56; shift >= 0; shift -= 8) frame.write((int) ((long) payload.length >> shift));
        }
        byte[] key = {1, 2, 3, 4};
        if (masked) frame.writeBytes(key);
        for (int i = 0; i < payload.length; i++) frame.write(masked ? payload[i] ^ key[i & 3] : payload[i]);
        return frame.toByteArray();
    }

    void sendRaw(byte[] bytes) throws IOException {
        out.write(bytes);
    }

    /// The next frame; fails when none comes.
    Frame next() {
        try {
            int opcode = in.readUnsignedByte() & 0x0F;
            int length = in.readUnsignedByte(); // server frames are not masked
            if (length == 126) length = in.readUnsignedShort();
            else if (length == 127) length = Math.toIntExact(in.readLong());
            byte[] payload = new byte[length];
            in.readFully(payload);
            return new Frame(opcode, payload);
        } catch (IOException e) {
            throw new AssertionError("no frame from the server", e);
        }
    }

    /// The server has closed the socket after what was read so far.
    boolean isAtEnd() {
        try {
            return in.read() < 0;
        } catch (SocketTimeoutException stillOpen) {
            return false;
        } catch (IOException reset) {
            return true;
        }
    }

    /// The connection is lost without a close frame.
    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
