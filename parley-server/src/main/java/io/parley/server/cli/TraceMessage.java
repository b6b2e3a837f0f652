package io.parley.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.migrate.source.Pace;
import io.parley.migrate.source.RestClient;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Tells where a message is.
@Command(
        name = "trace",
        description = {
            "Tells what became of a message: when it was stored, and for each recipient whether it is online,",
            "has acknowledged and read it, and what became of each notification. Exit code 0: found; 1: failed."
        },
        sortOptions = false)
final class TraceMessage implements Callable<Integer> {
    @Parameters(paramLabel = "ID", description = "Id of the message, as acknowledgements, history and hooks tell it.")
    @SuppressWarnings("NullAway.Init")
    private String id;

    @Mixin
    private AccountOptions account = new AccountOptions();

    @Option(
            names = "--conversation",
            paramLabel = "ID",
            description = "Its conversation: needed for messages that were imported.")
    private @Nullable String conversation;

    @Mixin
    private Telling tell = new Telling();

    @Override
    public Integer call() throws IOException {
        try (RestClient rest = new RestClient(account.read(), Pace.DEFAULT)) {
            String path = "/1.2/rtm/messages/" + URLEncoder.encode(id, StandardCharsets.UTF_8) + "/trace";
            show(tell.out(), rest.get(path, query()));
        }
        return 0;
    }

    private Map<String, Object> query() {
        return conversation == null ? Map.of() : Map.of("conv_id", conversation);
    }

    private static void show(PrintWriter out, JsonNode trace) {
        out.printf(
                "message %s from \"%s\" in %s conversation %s%n",
                text(trace, "messageId"), text(trace, "from"), text(trace, "kind"), text(trace, "conversation"));
        out.printf("  stored           %s%n", text(trace, "storedAt"));
        line(out, trace, "editedAt", "edited");
        line(out, trace, "recalledAt", "recalled");
        line(out, trace, "firstDeliveredAt", "first delivered");
        for (JsonNode recipient : trace.path("recipients")) show(out, "  ", recipient);
        if (!trace.path("complete").asBoolean()) out.println("  and more");
        out.flush();
    }

    private static void line(PrintWriter out, JsonNode trace, String field, String word) {
        if (trace.has(field)) out.printf("  %-16s %s%n", word, text(trace, field));
    }

    private static void show(PrintWriter out, String indent, JsonNode recipient) {
        out.printf(
                "%s\"%s\": %s, %s, %s%s%n",
                indent,
                text(recipient, "client"),
                recipient.path("acknowledged").asBoolean() ? "acknowledged" : "not acknowledged",
                recipient.path("read").asBoolean() ? "read" : "not read",
                recipient.path("online").asBoolean() ? "online" : "offline",
                recipient.path("muted").asBoolean() ? ", muted" : "");
        for (JsonNode session : recipient.path("sessions"))
            out.printf(
                    "%s  on device %s %s%n",
                    indent, orNone(text(session, "deviceId")), orNone(text(session, "userAgent")));
        for (JsonNode device : recipient.path("devices"))
            out.printf(
                    "%s  device %s %s: %s, %s%n",
                    indent,
                    orNone(text(device, "deviceId")),
                    orNone(text(device, "userAgent")),
                    when(device, "deliveredAt", "delivered"),
                    when(device, "acknowledgedAt", "acknowledged"));
        for (JsonNode push : recipient.path("pushes"))
            out.printf(
                    "%s  push by %s to %s: %s at %s %s%n",
                    indent,
                    text(push, "platform"),
                    text(push, "device"),
                    text(push, "status"),
                    text(push, "at"),
                    text(push, "reason"));
    }

    private static String when(JsonNode device, String field, String word) {
        return device.has(field) ? word + " " + text(device, field) : "not " + word;
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asText("");
    }

    private static String orNone(String text) {
        return text.isEmpty() ? "(unnamed)" : text;
    }
}
