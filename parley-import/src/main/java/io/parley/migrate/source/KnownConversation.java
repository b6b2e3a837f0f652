package io.parley.migrate.source;

import io.parley.migrate.archive.ArchiveReader;
import io.parley.migrate.archive.SetName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A conversation that the archive has, and where its REST interface is. Source: rest 6 to 8.
record KnownConversation(String id, Kind kind) {
    enum Kind {
        NORMAL("/1.2/rtm/conversations/"),
        ROOM("/1.2/rtm/chatrooms/"),
        SERVICE("/1.2/rtm/service-conversations/");

        private final String base;

        Kind(String base) {
            this.base = base;
        }
    }

    /// Where the interface of this conversation begins.
    String path() {
        return kind.base + Paths.encode(id);
    }

    /// In the order they came into the archive, each once.
    static List<KnownConversation> of(Path archive) throws IOException {
        SeenIds seen = new SeenIds();
        List<KnownConversation> all = new ArrayList<>();
        new ArchiveReader(archive)
                .forEach(
                        SetName.CONVERSATIONS,
                        line -> {
                            String id = line.json().path("objectId").asText();
                            if (id.isEmpty() || !seen.add(id)) return;
                            Kind kind = Kind.NORMAL;
                            if (line.json().path("tr").asBoolean()) kind = Kind.ROOM;
                            if (line.json().path("sys").asBoolean()) kind = Kind.SERVICE;
                            all.add(new KnownConversation(id, kind));
                        },
                        Step::refuseDamage);
        return all;
    }
}
