package io.parley.migrate.archive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/// The table of contents of an archive, `manifest.json`. A file that it does not name does not belong to the archive:
/// so replacing it is what makes new parts count. Holds no keys.
///
/// @param app id of the app the data comes from
/// @param source where the data comes from, for humans: a host, or names of files
/// @param startedAt when the archive was begun
/// @param updatedAt when it was last written
public record Manifest(String app, String source, Instant startedAt, Instant updatedAt, Map<SetName, SetInfo> sets) {
    public static final String FILE = "manifest.json";
    static final String FORMAT = "parley-archive";
    static final int VERSION = 1;

    public Manifest {
        sets = Collections.unmodifiableMap(new TreeMap<>(sets));
    }

    public SetInfo set(SetName name) {
        return sets.getOrDefault(name, SetInfo.EMPTY);
    }

    Manifest with(SetName name, SetInfo info, Instant now) {
        Map<SetName, SetInfo> changed = new TreeMap<>(sets);
        changed.put(name, info);
        return new Manifest(app, source, startedAt, now, changed);
    }

    void write(Path archive) throws IOException {
        ObjectNode json = Lines.object()
                .put("format", FORMAT)
                .put("version", VERSION)
                .put("app", app)
                .put("source", source)
                .put("startedAt", startedAt.toString())
                .put("updatedAt", updatedAt.toString())
                .put("complete", sets.values().stream().allMatch(SetInfo::complete));
        ObjectNode all = json.putObject("sets");
        sets.forEach((name, info) -> all.set(name.value(), info.toJson()));
        Durable.replace(archive.resolve(FILE), Lines.pretty(json));
    }

    /// @throws DamagedArchive when there is no manifest, or not one of ours
    public static Manifest read(Path archive) throws IOException {
        Path file = archive.resolve(FILE);
        if (!Files.isRegularFile(file)) throw new DamagedArchive(new Damage(FILE, 0, "is missing"));
        try {
            return of(Lines.read(Files.readAllBytes(file)));
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            throw new DamagedArchive(new Damage(FILE, line, "is not JSON: " + e.getOriginalMessage()));
        } catch (IllegalArgumentException | DateTimeParseException e) {
            throw new DamagedArchive(new Damage(FILE, 0, String.valueOf(e.getMessage())));
        }
    }

    private static Manifest of(JsonNode json) throws DamagedArchive {
        if (!json.path("format").asText().equals(FORMAT))
            throw new DamagedArchive(new Damage(FILE, 0, "is not the manifest of an archive"));
        if (json.path("version").asInt() != VERSION)
            throw new DamagedArchive(
                    new Damage(FILE, 0, "has version " + json.path("version").asText() + "; known is " + VERSION));
        Map<SetName, SetInfo> sets = new TreeMap<>();
        json.path("sets").properties().forEach(set -> sets.put(new SetName(set.getKey()), SetInfo.of(set.getValue())));
        return new Manifest(
                json.path("app").asText(),
                json.path("source").asText(),
                Instant.parse(json.path("startedAt").asText()),
                Instant.parse(json.path("updatedAt").asText()),
                sets);
    }
}
