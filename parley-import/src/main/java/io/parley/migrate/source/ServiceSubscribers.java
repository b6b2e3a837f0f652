package io.parley.migrate.source;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.migrate.archive.Lines;
import io.parley.migrate.archive.SetName;
import java.io.IOException;
import java.util.EnumSet;
import org.jspecify.annotations.Nullable;

/// Who subscribes to each service conversation, and since when.
final class ServiceSubscribers extends PerConversation {
    ServiceSubscribers(boolean refresh) {
        super(SetName.SUBSCRIPTIONS, EnumSet.of(KnownConversation.Kind.SERVICE), refresh);
    }

    @Override
    void read(Reading reading, @Nullable JsonNode from) throws IOException {
        String id = reading.conversation().id();
        var pages = new SubscriberPages(
                reading.rest(),
                reading.conversation(),
                from == null ? "" : from.path("after").asText());
        for (JsonNode page = pages.next(); !page.isEmpty(); page = pages.next()) {
            for (JsonNode item : page)
                reading.progress()
                        .add(
                                Lines.object()
                                        .put("conv_id", id)
                                        .put(
                                                "client_id",
                                                item.path("subscriber").asText())
                                        .put("timestamp", item.path("timestamp").asLong()),
                                0);
            reading.progress().inside(Lines.object().put("after", pages.after()));
        }
    }
}
