package io.parley.migrate.load;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.core.command.ConversationId;
import io.parley.core.intake.Digest;
import io.parley.core.intake.Intake.Refused;
import io.parley.core.intake.Intake.Tally;
import io.parley.core.intake.Sum;
import io.parley.migrate.archive.SetName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Where an archive goes: an app in a data directory, on a running server, or nowhere. Used by one thread.
public interface Target {
    /// Takes in lines of a set, each of them whole or not at all. Durable on return.
    Tally take(SetName set, List<ObjectNode> lines) throws IOException;

    /// Whether a part with this checksum is in.
    boolean isFinished(String part) throws IOException;

    void finished(String part) throws IOException;

    /// Takes in the bytes of a file, unless as many are there under its key.
    ///
    /// @param key what comes last in its URL; the bytes of a key never change
    /// @param mimeType of the file, for whoever serves it
    /// @param again also what is there
    /// @return of one line
    Tally file(String key, Path bytes, String mimeType, boolean again) throws IOException;

    /// How many bytes are there under a key; -1 when there is no such file.
    long fileSize(String key) throws IOException;

    Tally ADDED_FILE = new Tally(1, 0, 0, List.of());
    Tally KNOWN_FILE = new Tally(0, 0, 1, List.of());

    static Tally refusedFile(String reason) {
        return new Tally(0, 0, 0, List.of(new Refused(0, reason)));
    }

    /// Begins unread counts with zero, see [io.parley.core.intake.IntakeStore#settle].
    void settle(List<ConversationId> conversations) throws IOException;

    /// What conversations hold, by ascending id; empty at the end.
    List<Digest> digests(Optional<ConversationId> after) throws IOException;

    /// What a class holds.
    Sum.Value rows(String className) throws IOException;

    /// For humans.
    String name();
}
