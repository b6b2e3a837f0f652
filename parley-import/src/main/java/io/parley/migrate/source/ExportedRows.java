package io.parley.migrate.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.migrate.archive.ArchiveWriter;
import io.parley.migrate.archive.Lines;
import io.parley.migrate.archive.SetName;
import io.parley.migrate.archive.SetWriter;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/// All rows of a class of a Parley, with the columns that no ordinary call shows: users keep their passwords. A class
/// that was read to the end is looked through for what changed since.
final class ExportedRows implements Step {
    private static final int PAGE = 1000;

    private final String className;

    ExportedRows(String className) {
        this.className = className;
    }

    /// Whether the server is a Parley that gives out rows like this.
    static boolean isOffered(RestClient rest) throws IOException {
        try {
            return rest.get("/x/export/classes", Map.of()).has("results");
        } catch (RestException refused) {
            if (refused.status() == 401) throw refused;
            return false;
        }
    }

    @Override
    public SetName set() {
        return SetName.ofClass(className);
    }

    @Override
    public void run(RestClient rest, ArchiveWriter archive, Watcher watcher) throws IOException {
        try (SetWriter out = archive.set(set())) {
            JsonNode resume = out.resume().orElse(Lines.object());
            boolean again = out.info().complete();
            long begun =
                    again ? System.currentTimeMillis() : resume.path("begun").asLong(System.currentTimeMillis());
            long since =
                    again ? resume.path("begun").asLong() : resume.path("since").asLong();
            String after = again ? "" : resume.path("after").asText("");
            long lines = out.info().lines();
            while (true) {
                Map<String, Object> query = new LinkedHashMap<>();
                query.put("limit", PAGE);
                if (!after.isEmpty()) query.put("after", after);
                JsonNode page =
                        rest.get("/x/export/classes/" + className, query).path("results");
                ObjectNode where = Lines.object().put("since", since).put("begun", begun);
                if (page.isEmpty()) {
                    out.complete(where);
                    watcher.added(set(), lines, "");
                    return;
                }
                for (JsonNode row : page) {
                    after = row.path("objectId").asText();
                    if (Instant.parse(row.path("updatedAt").asText()).toEpochMilli() < since) continue;
                    out.add(row, 0);
                    lines++;
                }
                out.checkpoint(where.put("after", after));
                watcher.added(set(), lines, "");
                if (watcher.stopWanted()) throw new Stopped();
            }
        }
    }
}
