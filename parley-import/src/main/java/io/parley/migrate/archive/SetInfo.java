package io.parley.migrate.archive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What the manifest says of one set.
///
/// @param complete the source had no more when the set was last written
/// @param resume where the source of the set goes on; belongs to whoever fills it
public record SetInfo(List<Part> parts, boolean complete, Optional<JsonNode> resume) {
    static final SetInfo EMPTY = new SetInfo(List.of(), false, Optional.empty());

    public SetInfo {
        parts = List.copyOf(parts);
    }

    public long lines() {
        return parts.stream().mapToLong(Part::lines).sum();
    }

    /// Smallest timestamp of its lines, 0 when they have none.
    public long from() {
        return parts.stream()
                .filter(part -> part.to() != 0)
                .mapToLong(Part::from)
                .min()
                .orElse(0);
    }

    public long to() {
        return parts.stream().mapToLong(Part::to).max().orElse(0);
    }

    SetInfo with(Part part) {
        List<Part> more = new ArrayList<>(parts);
        more.add(part);
        return new SetInfo(more, complete, resume);
    }

    ObjectNode toJson() {
        ObjectNode json = Lines.object().put("lines", lines()).put("complete", complete);
        if (to() != 0) json.put("from", from()).put("to", to());
        resume.ifPresent(where -> json.set("resume", where));
        var array = json.putArray("parts");
        parts.forEach(part -> array.add(part.toJson()));
        return json;
    }

    static SetInfo of(JsonNode json) {
        List<Part> parts = new ArrayList<>();
        json.path("parts").forEach(part -> parts.add(Part.of(part)));
        return new SetInfo(parts, json.path("complete").asBoolean(), Optional.ofNullable(json.get("resume")));
    }
}
