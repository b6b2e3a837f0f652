package io.parley.migrate.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.migrate.archive.ArchiveWriter;
import io.parley.migrate.archive.Lines;
import io.parley.migrate.archive.SetName;
import io.parley.migrate.archive.SetWriter;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Reads the end of the history once more, and writes down which messages were edited or recalled since the archive
/// took them: no call of LeanCloud's tells, and history shows the present text alone. Messages that were stored late,
/// behind where the archive had come to, are added. What was deleted stays in the archive. Source: rest 6.2, 10 G3.
final class LookBack implements Step {
    private final Duration window;

    /// @param window how old messages may be
    LookBack(Duration window) {
        this.window = window;
    }

    @Override
    public SetName set() {
        return SetName.PATCHES;
    }

    @Override
    public void run(RestClient rest, ArchiveWriter archive, Watcher watcher) throws IOException {
        Optional<JsonNode> resume = archive.manifest().set(SetName.MESSAGES).resume();
        HistoryKey newest = HistoryKey.of(resume.orElse(Lines.object()).path("newest"));
        if (newest.timestamp() == 0) return; // there are no messages yet
        long from = System.currentTimeMillis() - window.toMillis();
        KnownStates known = KnownStates.of(archive.folder(), from);
        try (SetWriter patches = archive.set(set());
                SetWriter late = archive.set(SetName.MESSAGES)) {
            var pages = new HistoryPages(rest, AppHistory.PATH, false, new HistoryKey(newest.timestamp() + 1, ""));
            boolean added = false;
            for (List<JsonNode> page = pages.next(from); !page.isEmpty(); page = pages.next(from)) {
                boolean found = false;
                for (JsonNode item : page) {
                    long timestamp = item.path("timestamp").asLong();
                    if (timestamp < from) continue;
                    switch (known.see(item)) {
                        case NEW -> {
                            if (timestamp == newest.timestamp()) continue; // the next run goes on from there
                            late.add(item, timestamp);
                            added = true;
                        }
                        case CHANGED -> {
                            patches.add(stamped(item), timestamp);
                            found = true;
                        }
                        case NONE -> {}
                    }
                }
                if (found) patches.checkpoint(Lines.object());
                watcher.added(
                        set(),
                        patches.info().lines(),
                        "back to " + Times.human(page.getLast().path("timestamp")));
                if (pages.after().timestamp() < from) break;
                if (watcher.stopWanted()) throw new Stopped();
            }
            if (added) late.complete((ObjectNode) resume.orElseThrow());
            patches.complete(Lines.object());
        }
    }

    /// Says when it was changed: where the server does not, it was now, as far as anybody knows. The largest time
    /// wins, in whatever order an archive is taken in.
    private static JsonNode stamped(JsonNode item) {
        if (item.path("patch-timestamp").asLong() > 0) return item;
        return ((ObjectNode) item).deepCopy().put("patch-timestamp", System.currentTimeMillis());
    }
}
