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

/// The messages of the whole app: first from now back to the oldest, then from where that began to what came since;
/// later runs go on with the second. Source: rest 10 G3, 24.
final class AppHistory implements Step {
    static final String PATH = "/1.2/rtm/messages";

    /// What is younger may still get neighbours: servers do not store in the exact order of their clocks.
    private final Duration settling;

    AppHistory(Duration settling) {
        this.settling = settling;
    }

    @Override
    public SetName set() {
        return SetName.MESSAGES;
    }

    @Override
    public void run(RestClient rest, ArchiveWriter archive, Watcher watcher) throws IOException {
        long settled = System.currentTimeMillis() - settling.toMillis();
        try (SetWriter out = archive.set(set())) {
            JsonNode resume = out.resume().orElse(Lines.object());
            if (resume.has("done"))
                throw new IOException("the messages in this archive were read with --per-conversation; go on like that,"
                        + " or begin another archive");
            long lines = out.info().lines();
            JsonNode newest = resume.path("newest");
            if (!resume.path("back").asText().equals("done")) {
                var pages = new HistoryPages(
                        rest,
                        PATH,
                        false,
                        resume.has("back") ? HistoryKey.of(resume.get("back")) : new HistoryKey(settled, ""));
                for (List<JsonNode> page = pages.next(0); !page.isEmpty(); page = pages.next(0)) {
                    if (newest.isMissingNode())
                        newest = HistoryKey.of(page.getFirst()).toJson();
                    lines += add(out, page);
                    ObjectNode where = Lines.object();
                    where.set("newest", newest);
                    where.set("back", pages.after().toJson());
                    out.checkpoint(where);
                    watcher.added(set(), lines, "back to " + Times.human(where.at("/back/timestamp")));
                    if (watcher.stopWanted()) throw new Stopped();
                }
            }
            forward(rest, out, watcher, HistoryKey.of(newest), lines, settled);
        }
    }

    private void forward(RestClient rest, SetWriter out, Watcher watcher, HistoryKey newest, long before, long settled)
            throws IOException {
        long lines = before;
        var pages = new HistoryPages(rest, PATH, true, newest);
        for (List<JsonNode> page = pages.next(settled); !page.isEmpty(); page = pages.next(settled)) {
            lines += add(out, page);
            out.checkpoint(forwardFrom(pages.after()));
            watcher.added(set(), lines, "up to " + Times.human(page.getLast().path("timestamp")));
            if (watcher.stopWanted()) throw new Stopped();
        }
        out.complete(forwardFrom(pages.after()));
        watcher.added(set(), lines, "");
    }

    private static ObjectNode forwardFrom(HistoryKey key) {
        ObjectNode where = Lines.object().put("back", "done");
        where.set("newest", key.toJson());
        return where;
    }

    private static int add(SetWriter out, List<JsonNode> page) throws IOException {
        for (JsonNode item : page) out.add(item, item.path("timestamp").asLong());
        return page.size();
    }
}
