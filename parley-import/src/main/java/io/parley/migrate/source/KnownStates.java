package io.parley.migrate.source;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.migrate.archive.ArchiveReader;
import io.parley.migrate.archive.Checksums;
import io.parley.migrate.archive.Part;
import io.parley.migrate.archive.SetName;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.Map;

/// How an archive last saw the messages from some time on: some 80 bytes for each. Used by one thread.
final class KnownStates {
    /// What became of a message since.
    enum Change {
        NEW,
        CHANGED,
        NONE
    }

    private final MessageDigest digest = Checksums.sha256();
    private final Map<Long, Long> states = new HashMap<>();

    /// @param from milliseconds since the epoch
    static KnownStates of(Path archive, long from) throws IOException {
        KnownStates known = new KnownStates();
        ArchiveReader reader = new ArchiveReader(archive);
        // The later line counts, and what was found later is in the second set.
        for (SetName set : new SetName[] {SetName.MESSAGES, SetName.PATCHES})
            for (Part part : reader.manifest().set(set).parts())
                if (part.to() >= from)
                    reader.forEach(
                            part,
                            line -> {
                                if (line.json().path("timestamp").asLong() >= from) known.see(line.json());
                            },
                            Step::refuseDamage);
        return known;
    }

    /// Compares a message with what was known of it, and remembers it.
    Change see(JsonNode item) {
        String conversation = item.path("to").asText(item.path("conv-id").asText());
        long key = hash(conversation + " " + item.path("timestamp").asLong() + " "
                + item.path("msg-id").asText());
        JsonNode data = item.path("data");
        long state = hash(item.path("bin").asBoolean() + " " + (data.isTextual() ? data.asText() : data.toString()));
        Long before = states.put(key, state);
        if (before == null) return Change.NEW;
        return before == state ? Change.NONE : Change.CHANGED;
    }

    private long hash(String text) {
        return ByteBuffer.wrap(digest.digest(text.getBytes(StandardCharsets.UTF_8)))
                .getLong();
    }
}
