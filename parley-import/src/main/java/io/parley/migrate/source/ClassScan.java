package io.parley.migrate.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.migrate.archive.ArchiveReader;
import io.parley.migrate.archive.ArchiveWriter;
import io.parley.migrate.archive.Lines;
import io.parley.migrate.archive.SetName;
import io.parley.migrate.archive.SetWriter;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// All rows of a class, by scanning. A cursor lives ten minutes; when it has died, the scan begins anew and leaves out
/// what the archive has. A class that was read to the end is asked for what changed since. Source: rest 5.4.
final class ClassScan implements Step {
    private static final int PAGE = 1000;

    /// Clocks differ, and rows become visible a little after their time.
    private static final long OVERLAP_MILLIS = 60_000;

    private final String className;
    private final SetName set;

    ClassScan(String className) {
        this.className = className;
        this.set = SetName.ofClass(className);
    }

    @Override
    public SetName set() {
        return set;
    }

    @Override
    public void run(RestClient rest, ArchiveWriter archive, Watcher watcher) throws IOException {
        expect(rest, watcher);
        try (SetWriter out = archive.set(set)) {
            JsonNode resume = out.resume().orElse(Lines.object());
            long since = resume.path("since").asLong();
            long begun = resume.path("begun").asLong(System.currentTimeMillis());
            String cursor = resume.path("cursor").asText("");
            if (out.info().complete()) {
                since = begun - OVERLAP_MILLIS;
                begun = System.currentTimeMillis();
                cursor = "";
            }
            new Pass(rest, archive, out, watcher, since, begun)
                    .run(cursor, resume.has("cursor") && !out.info().complete());
        }
    }

    private void expect(RestClient rest, Watcher watcher) throws IOException {
        try {
            JsonNode counted = rest.get("/1.1/classes/" + className, Map.of("count", 1, "limit", 0));
            if (counted.has("count")) watcher.expected(set, counted.get("count").asLong());
        } catch (RestException noCount) {
            // An estimate is missing then, nothing else.
            watcher.expected(set, 0);
        }
    }

    /// One walk over the class.
    private final class Pass {
        private final RestClient rest;
        private final ArchiveWriter archive;
        private final SetWriter out;
        private final Watcher watcher;
        private final long since;
        private final long begun;
        private @Nullable SeenIds seen;
        private long lines;

        Pass(RestClient rest, ArchiveWriter archive, SetWriter out, Watcher watcher, long since, long begun) {
            this.rest = rest;
            this.archive = archive;
            this.out = out;
            this.watcher = watcher;
            this.since = since;
            this.begun = begun;
            lines = out.info().lines();
        }

        void run(String firstCursor, boolean again) throws IOException {
            String cursor = firstCursor;
            if (again && cursor.isEmpty()) seen = seenSoFar();
            while (true) {
                Optional<JsonNode> answer = page(cursor);
                if (answer.isEmpty()) {
                    out.flush();
                    seen = seenSoFar();
                    cursor = "";
                    continue;
                }
                for (JsonNode row : answer.get().path("results")) add(row);
                cursor = answer.get().path("cursor").asText("");
                ObjectNode resume = Lines.object().put("since", since).put("begun", begun);
                if (cursor.isEmpty() || cursor.equals("null")) {
                    out.complete(resume);
                    watcher.added(set, lines, "");
                    return;
                }
                out.checkpoint(resume.put("cursor", cursor));
                watcher.added(set, lines, "");
                if (watcher.stopWanted()) throw new Stopped();
            }
        }

        private void add(JsonNode row) throws IOException {
            SeenIds known = seen;
            if (known != null && !known.add(row.path("objectId").asText())) return;
            out.add(row, 0);
            lines++;
        }

        /// Empty when the cursor has died.
        private Optional<JsonNode> page(String cursor) throws IOException {
            Map<String, Object> query = new LinkedHashMap<>();
            query.put("limit", PAGE);
            if (!cursor.isEmpty()) query.put("cursor", cursor);
            if (since > 0)
                query.put("where", "{\"updatedAt\":{\"$gt\":{\"__type\":\"Date\",\"iso\":\"" + iso(since) + "\"}}}");
            try {
                return Optional.of(rest.get("/1.1/scan/classes/" + className, query));
            } catch (RestException refused) {
                if (!cursor.isEmpty() && refused.status() / 100 == 4 && refused.status() != 401)
                    return Optional.empty();
                throw refused;
            }
        }

        /// What the archive holds of this pass. Of a pass for changes it is enough to write some twice.
        private SeenIds seenSoFar() throws IOException {
            SeenIds ids = new SeenIds();
            if (since > 0) return ids;
            new ArchiveReader(archive.folder())
                    .forEach(set, line -> ids.add(line.json().path("objectId").asText()), Step::refuseDamage);
            return ids;
        }
    }

    private static String iso(long millis) {
        return Times.iso(Instant.ofEpochMilli(millis));
    }
}
