package io.parley.migrate.standin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.migrate.archive.Lines;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/// A small app that has some of everything, on a stand-in.
public final class SampleApp {
    private static final long START = 1_760_000_000_000L;

    private SampleApp() {}

    public static String id(int number) {
        return "5dee02017c4cc935%08x".formatted(number);
    }

    public static void fill(StandIn server, long seed, int conversations, int messages) {
        Random random = new Random(seed);
        for (int i = 0; i < conversations; i++) server.addRow("_Conversation", conversation(i));
        for (int i = 0; i < messages; i++) {
            // Many share a millisecond, so that pages end between them.
            long timestamp = START + i / 5 * 1000L;
            server.addMessage(message(random.nextInt(conversations), timestamp, "m" + random.nextLong() + "-" + i, i));
        }
        server.addRow(
                "_ConversationMemberInfo",
                Lines.object()
                        .put("objectId", "5e0000000000000000000001")
                        .put("cid", id(0))
                        .put("clientId", "Jerry")
                        .put("role", "Manager")
                        .put("createdAt", "2019-12-09T08:12:49.475Z")
                        .put("updatedAt", "2019-12-09T08:12:49.475Z"));
        for (int i = 0; i < 130; i++) server.addToList(id(0), "permanent-silenceds", "quiet" + i);
        server.addToList(id(0), "blacklists", "Spike");
        service(server);
        server.addRow(
                "_User",
                Lines.object()
                        .put("objectId", "5f0000000000000000000001")
                        .put("username", "tom")
                        .put(
                                "password",
                                "tA7BLW+NK0UeARng0693gCaVnljkglCB9snqlpCSUKjx2RgYp8VZZOQt0S5iUtlDrkJXfT3gknS4rRqjYsd/Ug==")
                        .put("salt", "h60d8x797d3oa0naxybxxv9bn7xpt2yiowz68mpiwou7gwr2")
                        .put("createdAt", "2019-12-09T08:12:49.475Z")
                        .put("updatedAt", "2019-12-09T08:12:49.475Z"));
        ObjectNode file = Lines.object()
                .put("objectId", "5f0000000000000000000002")
                .put("name", "cat.png")
                .put("key", "pictures/cat 1.png")
                .put("mime_type", "image/png")
                .put("createdAt", "2019-12-09T08:12:49.475Z")
                .put("updatedAt", "2019-12-09T08:12:49.475Z");
        server.addRow("_File", file);
        server.addFile("pictures/cat 1.png", new byte[] {1, 2, 3});
    }

    /// Lets the history of the app be long, in the first of its conversations.
    public static void talkMuch(StandIn server, int conversations, int messages) {
        List<String> ids =
                IntStream.range(0, conversations).mapToObj(SampleApp::id).toList();
        server.generate(new GeneratedHistory(messages, ids, 180));
    }

    /// @param number of the file, from 3
    public static void addFile(StandIn server, int number, byte[] content) {
        String key = "films/" + number + ".mp4";
        server.addRow(
                "_File",
                Lines.object()
                        .put("objectId", "5f00000000000000%08x".formatted(number))
                        .put("name", number + ".mp4")
                        .put("key", key)
                        .put("mime_type", "video/mp4")
                        .put("createdAt", "2019-12-09T08:12:49.475Z")
                        .put("updatedAt", "2019-12-09T08:12:49.475Z"));
        server.addFile(key, content);
    }

    private static void service(StandIn server) {
        String service = "5dee0201000000000000aaaa";
        server.addRow(
                "_Conversation",
                Lines.object()
                        .put("objectId", service)
                        .put("name", "news")
                        .put("sys", true)
                        .put("createdAt", "2019-12-09T08:12:49.475Z")
                        .put("updatedAt", "2019-12-09T08:12:49.475Z"));
        for (int i = 0; i < 55; i++) server.subscribe(service, "reader %02d".formatted(i), START - 1000 - i);
        ObjectNode item = History.item(service, START + 7, "news-1", "editor", "{\"_lctype\":-1,\"_lctext\":\"hi\"}");
        for (String client : List.of("reader 00", "reader 54")) server.show(service, client, item);
    }

    public static ObjectNode conversation(int number) {
        ObjectNode row = Lines.object()
                .put("objectId", id(number))
                .put("name", "chat " + number)
                .put("c", "Tom")
                .put("tr", number % 10 == 9)
                .put("createdAt", "2019-12-09T08:12:49.475Z")
                .put("updatedAt", "2020-01-21T14:22:48.642Z")
                .put("score", new java.math.BigDecimal("23.20"));
        row.putObject("lm").put("__type", "Date").put("iso", "2020-01-21T14:22:48.000Z");
        row.putObject("attr")
                .put("alias", "x")
                .putObject("deep")
                .putArray("list")
                .add(1);
        row.putObject("ACL").putObject("*").put("read", true);
        if (number % 10 != 9) {
            row.putArray("m").add("Tom").add("Jerry").add("guest " + number);
            row.putArray("mu").add("Jerry");
        }
        return row;
    }

    public static ObjectNode message(int conversation, long timestamp, String id, int number) {
        ObjectNode item = History.item(
                id(conversation),
                timestamp,
                id,
                number % 2 == 0 ? "Tom" : "Jerry",
                "{\"_lctype\":-1,\"_lctext\":\"number " + number + "\"}");
        if (number % 2 == 0) item.put("ack-at", timestamp + 30);
        if (number % 11 == 0) item.put("data", "AQID").put("bin", true);
        return item;
    }
}
