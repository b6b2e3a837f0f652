package io.parley.migrate.source;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.migrate.archive.SetName;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The messages of each conversation and chat room, where the application-wide history is not wanted or not complete.
/// Source: rest 6 C12, 7 R8.
final class ConversationHistories extends PerConversation {
    ConversationHistories(boolean refresh) {
        super(SetName.MESSAGES, EnumSet.of(KnownConversation.Kind.NORMAL, KnownConversation.Kind.ROOM), refresh);
    }

    @Override
    void read(Reading reading, @Nullable JsonNode from) throws IOException {
        HistoryKey after = from == null ? new HistoryKey(0, "") : HistoryKey.of(from);
        var pages = new HistoryPages(reading.rest(), reading.conversation().path() + "/messages", true, after);
        for (List<JsonNode> page = pages.next(0); !page.isEmpty(); page = pages.next(0)) {
            for (JsonNode item : page)
                reading.progress().add(item, item.path("timestamp").asLong());
            reading.progress().inside(pages.after().toJson());
        }
    }
}
