package io.parley.migrate.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.migrate.archive.ArchiveWriter;
import io.parley.migrate.archive.Lines;
import io.parley.migrate.archive.SetName;
import io.parley.migrate.archive.SetWriter;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A set that can only be had conversation by conversation. It counts how many conversations are done, in the order
/// in which the archive has them; conversations that come into the archive later are behind those. A set that was
/// completed before is asked for again only when the crawl shall refresh.
abstract class PerConversation implements Step {
    private final SetName set;
    private final Set<KnownConversation.Kind> kinds;
    private final boolean refresh;

    PerConversation(SetName set, Set<KnownConversation.Kind> kinds, boolean refresh) {
        this.set = set;
        this.kinds = kinds;
        this.refresh = refresh;
    }

    @Override
    public SetName set() {
        return set;
    }

    /// What is at hand while one conversation is read.
    record Reading(RestClient rest, SetWriter out, KnownConversation conversation, Progress progress) {}

    /// Reads one conversation, from `from` on when a former run was in the middle of it.
    abstract void read(Reading reading, @Nullable JsonNode from) throws IOException;

    @Override
    public final void run(RestClient rest, ArchiveWriter archive, Watcher watcher) throws IOException {
        List<KnownConversation> all = KnownConversation.of(archive.folder());
        try (SetWriter out = archive.set(set)) {
            if (refresh && out.info().complete()) out.restart(Lines.object().put("done", 0));
            JsonNode resume = out.resume().orElse(Lines.object());
            if (resume.has("back"))
                throw new IOException("the messages in this archive were read without --per-conversation; go on like"
                        + " that, or begin another archive");
            int done = resume.path("done").asInt();
            JsonNode inner = resume.get("inside");
            Progress progress = new Progress(out, watcher, all.size());
            for (; done < all.size(); done++) {
                KnownConversation conversation = all.get(done);
                progress.done = done;
                if (kinds.contains(conversation.kind())) {
                    try {
                        read(new Reading(rest, out, conversation, progress), inner);
                    } catch (RestException refused) {
                        if (refused.status() == 401) throw refused;
                        if (isSwitchedOff(refused)) {
                            watcher.skipped(set, refused.reason());
                            break;
                        }
                        // Deleted since it was listed.
                        watcher.skipped(set, conversation.id() + ": " + refused.reason());
                    }
                    progress.next();
                }
                inner = null;
            }
            out.complete(Lines.object().put("done", Math.min(done, all.size())));
            watcher.added(set, out.info().lines(), "");
        }
    }

    /// Codes of features that an app does not use; 404 is what a server says that never had them. Source: rest 22.
    private static boolean isSwitchedOff(RestException refused) {
        return refused.code() == 4325 || refused.code() == 4544 || (refused.status() == 404 && refused.code() <= 1);
    }

    /// Where the set has come to.
    final class Progress {
        private final SetWriter out;
        private final Watcher watcher;
        private final int of;
        private int done;
        private long lines;

        private Progress(SetWriter out, Watcher watcher, int of) {
            this.out = out;
            this.watcher = watcher;
            this.of = of;
            lines = out.info().lines();
        }

        void add(JsonNode line, long timestamp) throws IOException {
            out.add(line, timestamp);
            lines++;
        }

        /// After a page in the middle of a conversation.
        void inside(ObjectNode inside) throws IOException {
            ObjectNode resume = Lines.object().put("done", done);
            resume.set("inside", inside);
            report(resume);
        }

        private void next() throws IOException {
            report(Lines.object().put("done", done + 1));
        }

        private void report(ObjectNode resume) throws IOException {
            out.checkpoint(resume);
            watcher.added(set, lines, "conversation " + (done + 1) + " of " + of);
            if (watcher.stopWanted()) throw new Stopped();
        }
    }
}
