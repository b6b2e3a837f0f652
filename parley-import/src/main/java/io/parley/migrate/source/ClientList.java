package io.parley.migrate.source;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.migrate.archive.Lines;
import io.parley.migrate.archive.SetName;
import java.io.IOException;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Clients that a conversation has silenced, or blocked. Source: rest 6 C20, C23.
final class ClientList extends PerConversation {
    private static final int PAGE = 100;

    private final String pathEnd;

    private ClientList(SetName set, String pathEnd, Set<KnownConversation.Kind> kinds, boolean refresh) {
        super(set, kinds, refresh);
        this.pathEnd = pathEnd;
    }

    static ClientList silenced(boolean refresh) {
        return new ClientList(
                SetName.SILENCED,
                "/permanent-silenceds",
                EnumSet.of(KnownConversation.Kind.NORMAL, KnownConversation.Kind.ROOM),
                refresh);
    }

    static ClientList blacklists(boolean refresh) {
        return new ClientList(SetName.BLACKLISTS, "/blacklists", EnumSet.allOf(KnownConversation.Kind.class), refresh);
    }

    @Override
    void read(Reading reading, @Nullable JsonNode from) throws IOException {
        String id = reading.conversation().id();
        String next = from == null ? "" : from.path("next").asText();
        while (true) {
            Map<String, Object> query = new LinkedHashMap<>();
            query.put("limit", PAGE);
            if (!next.isEmpty()) query.put("next", next);
            JsonNode page = reading.rest().get(reading.conversation().path() + pathEnd, query);
            for (JsonNode client : page.path("client_ids"))
                reading.progress().add(Lines.object().put("conv_id", id).put("client_id", client.asText()), 0);
            String last = next;
            next = page.path("next").asText("");
            if (next.isEmpty() || next.equals("null") || next.equals(last)) return;
            reading.progress().inside(Lines.object().put("next", next));
        }
    }
}
