package io.parley.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.parley.protocol.proto.GenericCommand;
import io.parley.protocol.proto.PatchItem;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// Replies of bots that grow while they are read.
class StreamedReplyTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @RegisterExtension
    static final ParleyServer server =
            ParleyServer.with().set("connections.noticeDelay", "0ms").create();

    private static int tests;

    private final Operator operator = new Operator(server);
    private String tom;
    private String chat;

    @BeforeEach
    void a_chat() throws Exception {
        tests++;
        tom = "Tom" + tests;
        chat = operator.done("POST", "/1.2/rtm/conversations", "{'m':['" + tom + "','bot']}")
                .path("objectId")
                .asText();
    }

    /// A call whose body is sent piece by piece, byte by byte as HTTP/1.1 has it.
    private static final class Stream implements AutoCloseable {
        private final Socket socket;
        private final OutputStream out;

        Stream(int port, String conversation, String type, String parameters) throws Exception {
            socket = new Socket("127.0.0.1", port);
            out = socket.getOutputStream();
            String head = "POST /1.2/rtm/" + conversation + "/streams?from_client=bot" + parameters
                    + " HTTP/1.1\r\nHost: localhost\r\nX-LC-Id: " + TestApp.ID + "\r\nX-LC-Key: "
                    + TestApp.MASTER_KEY + ",master\r\nContent-Type: " + type
                    + "\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n";
            out.write(head.getBytes(StandardCharsets.US_ASCII));
        }

        void write(String text) throws Exception {
            write(text.getBytes(StandardCharsets.UTF_8));
        }

        void write(byte[] bytes) throws Exception {
            out.write((Integer.toHexString(bytes.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
            out.write(bytes);
            out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
            out.flush();
        }

        /// Ends the body and returns the status line with the body of the answer.
        String finish() throws Exception {
            out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            out.flush();
            try (InputStream in = socket.getInputStream()) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
        }

        @Override
        public void close() throws Exception {
            socket.close();
        }
    }

    private Stream stream(String type, String parameters) throws Exception {
        return new Stream(server.port(), "conversations/" + chat, type, parameters);
    }

    private static JsonNode json(String answer) throws Exception {
        assertThat(answer).startsWith("HTTP/1.1 200");
        return JSON.readTree(answer.substring(answer.indexOf("\r\n\r\n") + 4));
    }

    private static JsonNode content(String data) {
        try {
            return JSON.readTree(data);
        } catch (java.io.IOException e) {
            throw new AssertionError(data, e);
        }
    }

    private static JsonNode edit(Device device) throws Exception {
        return content(device.next().getPatchMessage().getPatches(0).getData());
    }

    private JsonNode kept() throws Exception {
        JsonNode items = operator.done("GET", "/1.2/rtm/conversations/" + chat + "/messages", "");
        assertThat(items).hasSize(1);
        return content(items.get(0).path("data").asText());
    }

    @Test
    void members_see_the_text_grow_and_history_holds_all_of_it() throws Exception {
        try (var phone = Device.login(server, tom);
                var stream = stream("text/plain; charset=utf-8", "")) {
            phone.told();
            stream.write("Once");
            GenericCommand first = phone.next();
            JsonNode shown = content(first.getDirectMessage().getMsg());
            assertThat(shown.path("_lctext").asText()).isEqualTo("Once");
            assertThat(shown.path("_lctype").asInt()).isEqualTo(-1);
            assertThat(shown.path("_lcattrs").path("streaming").asBoolean()).isTrue();
            assertThat(first.getDirectMessage().getFromPeerId()).isEqualTo("bot");

            stream.write(" upon");
            assertThat(edit(phone).path("_lctext").asText()).isEqualTo("Once upon");
            stream.write(" a time.");
            JsonNode answer = json(stream.finish());

            assertThat(answer.path("msg-id").asText())
                    .isEqualTo(first.getDirectMessage().getId());
            assertThat(answer.path("result").path("timestamp")).isEqualTo(answer.path("timestamp"));
            List<GenericCommand> edits = phone.told();
            JsonNode last =
                    content(edits.getLast().getPatchMessage().getPatches(0).getData());
            assertThat(last.path("_lctext").asText()).isEqualTo("Once upon a time.");
            assertThat(last.has("_lcattrs")).isFalse();
            assertThat(kept()).isEqualTo(last);
        }
    }

    @Test
    void many_pieces_make_few_edits() throws Exception {
        try (var phone = Device.login(server, tom);
                var stream = stream("text/plain", "")) {
            phone.told();
            long started = System.nanoTime();
            for (int i = 0; i < 300; i++) stream.write("x");
            json(stream.finish());
            long quarters = (System.nanoTime() - started) / 250_000_000L;
            // One message, an edit per quarter of a second, and the last one.
            assertThat(phone.told().size()).isLessThanOrEqualTo((int) quarters + 2);
            assertThat(kept().path("_lctext").asText()).isEqualTo("x".repeat(300));
        }
    }

    @Test
    void characters_that_come_in_parts_are_shown_whole() throws Exception {
        byte[] smile = "😀".getBytes(StandardCharsets.UTF_8);
        try (var phone = Device.login(server, tom);
                var stream = stream("text/plain", "")) {
            phone.told();
            stream.write("a");
            phone.next();
            stream.write(new byte[] {smile[0], smile[1]});
            stream.write(new byte[] {smile[2], smile[3]});
            json(stream.finish());
            for (GenericCommand told : phone.told())
                assertThat(content(told.getPatchMessage().getPatches(0).getData())
                                .path("_lctext")
                                .asText())
                        .isIn("a", "a😀");
            assertThat(kept().path("_lctext").asText()).isEqualTo("a😀");
        }
    }

    @Test
    void server_sent_events_may_be_passed_on_as_they_are() throws Exception {
        try (var stream =
                stream("text/event-stream", "&field=choices.0.delta.content&attributes=%7B%22model%22%3A%22m1%22%7D")) {
            stream.write(": a comment\n\ndata: {\"choices\":[{\"delta\":{\"role\":\"assistant\"}}]}\n\n");
            stream.write("event: chunk\ndata: {\"choices\":[{\"delta\":{\"content\":\"Hello\"}}]}\n\n");
            stream.write("data: {\"choices\":[{\"delta\":{\"content\":\",\\n you\"}}]}\n\ndata: [DONE]\n\n");
            json(stream.finish());
            assertThat(kept().path("_lctext").asText()).isEqualTo("Hello,\n you");
            assertThat(kept().path("_lcattrs").toString()).isEqualTo("{\"model\":\"m1\"}");
        }
    }

    @Test
    void plain_events_are_run_together_and_their_lines_kept() throws Exception {
        try (var stream = stream("text/event-stream", "")) {
            stream.write("data: one\ndata: two\n\n");
            stream.write("data:  three\n\n");
            json(stream.finish());
            assertThat(kept().path("_lctext").asText()).isEqualTo("one\ntwo three");
        }
    }

    @Test
    void when_the_caller_goes_away_what_came_so_far_is_the_reply() throws Exception {
        try (var phone = Device.login(server, tom)) {
            phone.told();
            var stream = stream("text/plain", "");
            stream.write("Half a sen");
            phone.next();
            stream.close();
            PatchItem last = phone.next().getPatchMessage().getPatches(0);
            assertThat(content(last.getData()).toString()).isEqualTo("{\"_lctype\":-1,\"_lctext\":\"Half a sen\"}");
            Awaitility.await()
                    .untilAsserted(() -> assertThat(kept().has("_lcattrs")).isFalse());
        }
    }

    @Test
    void a_reply_that_grows_too_long_stays_as_far_as_it_went() throws Exception {
        try (var phone = Device.login(server, tom);
                var stream = stream("text/plain", "")) {
            phone.told();
            stream.write("short");
            phone.next();
            stream.write("x".repeat(6000));
            String answer = stream.finish();
            assertThat(answer).startsWith("HTTP/1.1 400").contains("4109");
            assertThat(kept().toString()).isEqualTo("{\"_lctype\":-1,\"_lctext\":\"short\"}");
        }
    }

    @Test
    void nothing_to_say_and_nowhere_to_say_it_are_refused() throws Exception {
        try (var stream = stream("text/plain", "")) {
            assertThat(stream.finish()).startsWith("HTTP/1.1 400").contains("empty");
        }
        chat = "unknown";
        try (var stream = stream("text/plain", "")) {
            stream.write("hello");
            assertThat(stream.finish()).startsWith("HTTP/1.1 400").contains("4401");
        }
    }

    @Test
    void a_service_streams_to_the_clients_that_it_names() throws Exception {
        String service = operator.service("desk");
        try (var phone = Device.login(server, tom);
                var other = Device.login(server, tom + "'s friend");
                var stream = new Stream(
                        server.port(), "service-conversations/" + service, "text/plain", "&to_clients=" + tom)) {
            stream.write("You");
            GenericCommand first = phone.next();
            assertThat(content(first.getDirectMessage().getMsg())
                            .path("_lctext")
                            .asText())
                    .isEqualTo("You");
            stream.write(" are welcome.");
            json(stream.finish());

            assertThat(edit(phone).path("_lctext").asText()).startsWith("You are");
            JsonNode seen = operator.done(
                    "GET", "/1.2/rtm/service-conversations/" + service + "/subscribers/" + tom + "/messages", "");
            assertThat(seen).hasSize(1);
            assertThat(seen.get(0).path("data").asText())
                    .isEqualTo("{\"_lctype\":-1,\"_lctext\":\"You are welcome.\"}");
            assertThat(operator.done(
                            "GET", "/1.2/rtm/service-conversations/" + service + "/subscribers/nobody/messages", ""))
                    .isEmpty();
            assertThat(other.messages()).isEmpty();
        }
    }

    @Test
    void a_service_streams_to_all_who_subscribe() throws Exception {
        String service = operator.service("news");
        operator.done(
                "POST", "/1.2/rtm/service-conversations/" + service + "/subscribers", "{'client_id':'" + tom + "'}");
        try (var phone = Device.login(server, tom);
                var stream = new Stream(server.port(), "service-conversations/" + service, "text/plain", "")) {
            stream.write("Extra");
            assertThat(content(phone.nextMessage()).path("_lctext").asText()).isEqualTo("Extra");
            stream.write(", extra!");
            json(stream.finish());
            JsonNode shown = edit(phone);
            while (shown.has("_lcattrs")) shown = edit(phone);
            assertThat(shown.path("_lctext").asText()).isEqualTo("Extra, extra!");
        }
    }

    @Test
    void a_service_names_whom_it_speaks_to_and_normal_conversations_are_not_spoken_to_like_this() throws Exception {
        String service = operator.service("desk");
        try (var nobody = new Stream(server.port(), "service-conversations/" + service, "text/plain", "&to_clients=")) {
            assertThat(nobody.finish()).startsWith("HTTP/1.1 400").contains("to_clients");
        }
        try (var wrong = new Stream(server.port(), "service-conversations/" + chat, "text/plain", "")) {
            assertThat(wrong.finish()).startsWith("HTTP/1.1 400").contains("4313");
        }
    }

    @Test
    void the_next_start_ends_a_reply_that_a_crash_cut_off(@TempDir Path data) throws Exception {
        String history;
        try (var killed = ParleyProcess.start(data, 0)) {
            var caller = new Caller(killed);
            String room = caller.made("{\"m\":[\"Tom\"]}");
            history = "/1.2/rtm/conversations/" + room + "/messages";
            var stream = new Stream(
                    killed.port(), "conversations/" + room, "text/plain", "&attributes=%7B%22model%22%3A%22m1%22%7D");
            stream.write("Half");
            caller.awaits(history, "\"Half\"");
            stream.write(" a sen");
            // The first edit: by now it is known that the message grows.
            caller.awaits(history, "\"Half a sen\"");
            killed.kill();
            stream.close();
        }
        try (var again = ParleyProcess.start(data, 0)) {
            JsonNode item = new Caller(again).messages(history).get(0);

            assertThat(item.path("data").asText())
                    .isEqualTo("{\"_lctype\":-1,\"_lctext\":\"Half a sen\",\"_lcattrs\":{\"model\":\"m1\"}}");
            assertThat(item.path("patch-timestamp").asLong()).isPositive();
        }
    }

    /// The application's server, which calls a process.
    private static final class Caller {
        private final HttpClient http = HttpClient.newHttpClient();
        private final ParleyProcess server;

        Caller(ParleyProcess server) {
            this.server = server;
        }

        private HttpRequest.Builder request(String path) {
            return HttpRequest.newBuilder(URI.create(server.url() + path))
                    .header("X-LC-Id", TestApp.ID)
                    .header("X-LC-Key", TestApp.MASTER_KEY + ",master")
                    .header("Content-Type", "application/json");
        }

        String made(String body) throws Exception {
            var request = request("/1.2/rtm/conversations").POST(BodyPublishers.ofString(body));
            return JSON.readTree(
                            http.send(request.build(), BodyHandlers.ofString()).body())
                    .path("objectId")
                    .asText();
        }

        JsonNode messages(String history) throws Exception {
            return JSON.readTree(
                    http.send(request(history).build(), BodyHandlers.ofString()).body());
        }

        void awaits(String history, String text) {
            Awaitility.await()
                    .until(() -> messages(history).path(0).path("data").asText().contains(text));
        }
    }
}
