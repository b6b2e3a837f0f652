package io.parley.migrate.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.migrate.archive.Lines;
import io.parley.migrate.archive.SetName;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What each subscriber sees in each service conversation: one line per client and message. Source: rest 8 S16.
final class ServiceHistories extends PerConversation {
    ServiceHistories(boolean refresh) {
        super(SetName.SERVICE_MESSAGES, EnumSet.of(KnownConversation.Kind.SERVICE), refresh);
    }

    @Override
    void read(Reading reading, @Nullable JsonNode from) throws IOException {
        String after = from == null ? "" : from.path("after").asText();
        if (from != null && from.has("client")) { // in the middle of this client's history
            after = from.path("client").asText();
            client(reading, after, HistoryKey.of(from));
        }
        var subscribers = new SubscriberPages(reading.rest(), reading.conversation(), after);
        for (JsonNode page = subscribers.next(); !page.isEmpty(); page = subscribers.next())
            for (JsonNode item : page) client(reading, item.path("subscriber").asText(), new HistoryKey(0, ""));
    }

    private static void client(Reading reading, String client, HistoryKey from) throws IOException {
        String path = reading.conversation().path() + "/subscribers/" + Paths.encode(client) + "/messages";
        var pages = new HistoryPages(reading.rest(), path, true, from);
        for (List<JsonNode> page = pages.next(0); !page.isEmpty(); page = pages.next(0)) {
            for (JsonNode item : page) {
                ObjectNode line = ((ObjectNode) item).deepCopy().put("client", client);
                reading.progress().add(line, item.path("timestamp").asLong());
            }
            reading.progress().inside(pages.after().toJson().put("client", client));
        }
        reading.progress().inside(Lines.object().put("after", client));
    }
}
