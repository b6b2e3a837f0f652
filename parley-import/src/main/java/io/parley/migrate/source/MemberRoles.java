package io.parley.migrate.source;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.migrate.archive.Lines;
import io.parley.migrate.archive.SetName;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Roles conversation by conversation, for servers that keep them in no class. Source: rest 6 C27.
final class MemberRoles extends PerConversation {
    private static final int PAGE = 100;

    MemberRoles(boolean refresh) {
        super(SetName.ROLES, EnumSet.of(KnownConversation.Kind.NORMAL, KnownConversation.Kind.ROOM), refresh);
    }

    @Override
    void read(Reading reading, @Nullable JsonNode from) throws IOException {
        String id = reading.conversation().id();
        int skip = from == null ? 0 : from.path("skip").asInt();
        while (true) {
            JsonNode page = reading.rest()
                    .get(reading.conversation().path() + "/member-infos", Map.of("skip", skip, "limit", PAGE))
                    .path("results");
            for (JsonNode info : page)
                reading.progress()
                        .add(
                                Lines.object()
                                        .put("objectId", info.path("objectId").asText())
                                        .put("cid", id)
                                        .put("clientId", info.path("clientId").asText())
                                        .put("role", info.path("role").asText()),
                                0);
            if (page.size() < PAGE) return;
            skip += PAGE;
            reading.progress().inside(Lines.object().put("skip", skip));
        }
    }
}
