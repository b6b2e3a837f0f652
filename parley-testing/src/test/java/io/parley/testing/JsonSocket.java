package io.parley.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A client that speaks the JSON text protocol, one command after the other.
final class JsonSocket implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final BlockingQueue<JsonNode> received = new LinkedBlockingQueue<>();
    private final List<JsonNode> told = new ArrayList<>();
    private final HttpClient http;
    private final WebSocket socket;
    private int serial;

    JsonSocket(URI url) {
        this(url, HttpClient.newHttpClient());
    }

    JsonSocket(URI url, HttpClient http) {
        this.http = http;
        socket = http.newWebSocketBuilder().buildAsync(url, new Recorder()).join();
    }

    /// Logs a client in and returns its session token.
    String open(String client) throws Exception {
        return ask("{\"cmd\":\"session\",\"op\":\"open\",\"appId\":\"" + TestApp.ID + "\",\"peerId\":\"" + client
                        + "\",\"ua\":\"test\",\"i\":%d}")
                .path("st")
                .asText();
    }

    /// Sends a command with `%d` where its serial belongs, and returns the answer.
    JsonNode ask(String command) throws Exception {
        int i = ++serial;
        socket.sendText(String.format(command, i), true).join();
        while (true) {
            JsonNode frame = received.poll(10, TimeUnit.SECONDS);
            assertThat(frame).as("answer to " + command).isNotNull();
            if (frame.path("i").asInt() == i) return frame;
            told.add(frame);
        }
    }

    /// What the server has said by itself so far: its answer to a question is the end of it.
    List<JsonNode> told() throws Exception {
        ask("{\"cmd\":\"session\",\"op\":\"query\",\"sessionPeerIds\":[],\"i\":%d}");
        List<JsonNode> all = List.copyOf(told);
        told.clear();
        return all;
    }

    /// Sends a command that is not answered: the next answer is that to a question asked after it.
    void tell(String command) throws Exception {
        int i = ++serial;
        socket.sendText(String.format(command, i), true).join();
        int fence = ++serial;
        socket.sendText("{\"cmd\":\"session\",\"op\":\"query\",\"sessionPeerIds\":[],\"i\":" + fence + "}", true)
                .join();
        JsonNode frame;
        do {
            frame = received.poll(10, TimeUnit.SECONDS);
            assertThat(frame).as("answer to the question after " + command).isNotNull();
            assertThat(frame.path("i").asInt()).as("answered: %s", frame).isNotEqualTo(i);
        } while (frame.path("i").asInt() != fence);
    }

    @Override
    public void close() {
        socket.abort();
        http.close();
    }

    private final class Recorder implements WebSocket.Listener {
        private final StringBuilder parts = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
            parts.append(part);
            if (last) {
                try {
                    received.add(JSON.readTree(parts.toString()));
                } catch (JsonProcessingException e) {
                    throw new AssertionError("the server sent something else than JSON", e);
                }
                parts.setLength(0);
            }
            return WebSocket.Listener.super.onText(socket, part, last);
        }
    }
}
