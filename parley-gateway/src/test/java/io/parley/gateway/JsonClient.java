package io.parley.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// A client of the JSON text protocol.
final class JsonClient extends RawSocket {
    private static final ObjectMapper JSON = new ObjectMapper();

    JsonClient(int port) throws IOException {
        this(port, 0);
    }

    JsonClient(int port, int receiveBuffer) throws IOException {
        super(port, receiveBuffer);
        request("GET / HTTP/1.1", handshake());
    }

    /// Single quotes stand for double ones.
    void says(String json) {
        send(ServerFrame.TEXT, json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    JsonClient opens(String client) {
        says("{'cmd':'session','op':'open','appId':'app','peerId':'%s','i':1,'ua':'js/2.4.0'}".formatted(client));
        return this;
    }

    /// Opens and reads the answer.
    JsonClient loggedIn(String client) {
        opens(client);
        JsonNode opened = hears();
        if (!opened.path("op").asText().equals("opened")) throw new AssertionError(opened);
        return this;
    }

    /// A question whose answer comes after all that was asked before.
    void asks(int i) {
        says("{'cmd':'session','op':'query','i':%d,'sessionPeerIds':['nobody']}".formatted(i));
    }

    /// The next text frame.
    JsonNode hears() {
        Frame frame = next();
        if (frame.opcode() != ServerFrame.TEXT) throw new AssertionError("not text but " + frame);
        try {
            return JSON.readTree(frame.text());
        } catch (JsonProcessingException e) {
            throw new AssertionError("not JSON: " + frame.text(), e);
        }
    }
}
