package io.parley.migrate.archive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Adds lines to one set. Lines count together with the checkpoint that follows them: after a crash the set ends at a
/// checkpoint, and its source goes on from what that says. Checkpoints are made durable a few at a time. Used by one
/// thread.
public final class SetWriter implements AutoCloseable {
    /// Text of a part before compression. A reader may hold a whole part in memory.
    private static final long MAX_TEXT = 8L * 1024 * 1024;

    private static final long MAX_AGE_MILLIS = 20_000;

    private final ArchiveWriter archive;
    private final SetName name;
    private @Nullable PartWriter part;
    private @Nullable ObjectNode pending;
    private boolean ahead; // of the last checkpoint
    private long begun;

    SetWriter(ArchiveWriter archive, SetName name) {
        this.archive = archive;
        this.name = name;
    }

    /// What the last durable checkpoint said.
    public Optional<JsonNode> resume() {
        return info().resume();
    }

    public SetInfo info() {
        return archive.manifest().set(name);
    }

    /// @param timestamp of what the line describes, milliseconds since the epoch; 0 when it has none
    public void add(JsonNode line, long timestamp) throws IOException {
        PartWriter open = part;
        if (open == null) {
            int number = info().parts().size() + 1;
            part = open = new PartWriter(archive.folder(), "%s/%06d.jsonl.gz".formatted(name, number));
            begun = System.nanoTime();
        }
        ahead = true;
        open.add(Lines.bytes(line), timestamp);
    }

    /// All that belongs to `resume` has been added.
    public void checkpoint(ObjectNode resume) throws IOException {
        ahead = false;
        pending = resume;
        PartWriter open = part;
        if (open == null || open.text() >= MAX_TEXT || (System.nanoTime() - begun) / 1_000_000 >= MAX_AGE_MILLIS)
            flush();
    }

    /// Makes the last checkpoint durable.
    public void flush() throws IOException {
        ObjectNode resume = pending;
        if (resume != null && !ahead) commit(false, resume);
    }

    /// All has been added, and the source has no more for now.
    public void complete(ObjectNode resume) throws IOException {
        commit(true, resume);
    }

    /// Begins the set anew: what it held does not count any more.
    public void restart(ObjectNode resume) throws IOException {
        if (part != null) part.close();
        part = null;
        archive.put(name, new SetInfo(List.of(), false, Optional.of(resume)));
    }

    private void commit(boolean complete, ObjectNode resume) throws IOException {
        SetInfo info = new SetInfo(info().parts(), complete, Optional.of(resume));
        PartWriter open = part;
        archive.put(name, open == null ? info : info.with(open.finish()));
        part = null;
        pending = null;
        ahead = false;
    }

    /// Keeps what the last checkpoint covers, and gives up the rest.
    @Override
    public void close() throws IOException {
        flush();
        if (part != null) part.close();
        part = null;
    }
}
