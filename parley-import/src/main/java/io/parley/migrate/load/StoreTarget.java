package io.parley.migrate.load;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.core.Storage;
import io.parley.core.command.AppId;
import io.parley.core.command.ConversationId;
import io.parley.core.command.Refusal;
import io.parley.core.file.BlobKey;
import io.parley.core.file.BlobStore;
import io.parley.core.intake.Digest;
import io.parley.core.intake.Intake;
import io.parley.core.intake.Intake.Tally;
import io.parley.core.intake.Sum;
import io.parley.migrate.archive.SetName;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// An app in a store that this process has opened.
public final class StoreTarget implements Target {
    private static final int PAGE = 200;

    /// Nobody else waits for this store.
    private static final int STEPS_AT_ONCE = 8;

    private final Intake intake;
    private final BlobStore blobs;
    private final AppId app;
    private final String name;

    /// @param name of the store, for humans
    public StoreTarget(Storage storage, BlobStore blobs, AppId app, String name) {
        this.blobs = blobs;
        intake = new Intake(storage.intake(), storage.records(), STEPS_AT_ONCE);
        this.app = app;
        this.name = name;
    }

    @Override
    public Tally take(SetName set, List<ObjectNode> lines) {
        return intake.take(app, set.value(), lines);
    }

    @Override
    public boolean isFinished(String part) {
        return intake.isFinished(app, part);
    }

    @Override
    public void finished(String part) {
        intake.finished(app, part);
    }

    @Override
    public Tally file(String key, Path bytes, String mimeType, boolean again) throws IOException {
        long size = Files.size(bytes);
        try (InputStream in = Files.newInputStream(bytes)) {
            BlobKey at = new BlobKey(app, key);
            if (!again && fileSize(key) == size) return KNOWN_FILE;
            blobs.write(at, in, size, mimeType);
            return ADDED_FILE;
        } catch (Refusal refusal) {
            return Target.refusedFile(refusal.detail());
        }
    }

    @Override
    public long fileSize(String key) throws IOException {
        return blobs.find(new BlobKey(app, key)).map(BlobStore.Blob::size).orElse(-1L);
    }

    @Override
    public void settle(List<ConversationId> conversations) {
        intake.settle(app, conversations);
    }

    @Override
    public List<Digest> digests(Optional<ConversationId> after) {
        return intake.digests(app, after, PAGE);
    }

    @Override
    public Sum.Value rows(String className) {
        return intake.rows(app, className);
    }

    @Override
    public String name() {
        return name;
    }
}
