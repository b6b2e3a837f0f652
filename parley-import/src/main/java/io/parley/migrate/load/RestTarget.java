package io.parley.migrate.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.core.command.ConversationId;
import io.parley.core.intake.Digest;
import io.parley.core.intake.Intake.Refused;
import io.parley.core.intake.Intake.Tally;
import io.parley.core.intake.Sum;
import io.parley.migrate.archive.Lines;
import io.parley.migrate.archive.SetName;
import io.parley.migrate.source.RestClient;
import io.parley.migrate.source.RestException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// An app on a running server, by its `/x/import` endpoints.
public final class RestTarget implements Target {
    private static final String BASE = "/x/import/";
    private static final String JSON = "application/json";
    private static final String JSON_LINES = "application/x-ndjson";

    /// Of one call. The server takes 20 MB.
    private static final int MAX_BODY = 4 * 1024 * 1024;

    private static final int PAGE = 200;
    private static final String OCTETS = "application/octet-stream";

    private final RestClient rest;
    private final Set<String> finished = new HashSet<>(); // as far as we know

    public RestTarget(RestClient rest) {
        this.rest = rest;
    }

    @Override
    public Tally take(SetName set, List<ObjectNode> lines) throws IOException {
        long[] counts = new long[3];
        List<Refused> refused = new ArrayList<>();
        int begin = 0;
        var body = new ByteArrayOutputStream();
        for (int i = 0; i < lines.size(); i++) {
            byte[] line = Lines.bytes(lines.get(i));
            if (body.size() > 0 && body.size() + line.length >= MAX_BODY) {
                send(set, body, begin, counts, refused);
                begin = i;
            }
            body.writeBytes(line);
            body.write('\n');
        }
        if (body.size() > 0) send(set, body, begin, counts, refused);
        return new Tally(counts[0], counts[1], counts[2], refused);
    }

    private void send(SetName set, ByteArrayOutputStream body, int begin, long[] counts, List<Refused> refused)
            throws IOException {
        JsonNode answer = rest.post(BASE + "lines/" + set, JSON_LINES, body.toByteArray());
        body.reset();
        counts[0] += answer.path("added").asLong();
        counts[1] += answer.path("changed").asLong();
        counts[2] += answer.path("known").asLong();
        for (JsonNode no : answer.path("refused"))
            refused.add(new Refused(
                    begin + no.path("index").asInt(), no.path("reason").asText()));
    }

    @Override
    public boolean isFinished(String part) throws IOException {
        if (!finished.contains(part)
                && rest.get(BASE + "parts/" + part, Map.of()).path("finished").asBoolean()) finished.add(part);
        return finished.contains(part);
    }

    @Override
    public void finished(String part) throws IOException {
        rest.post(BASE + "parts/" + part, JSON, new byte[0]);
        finished.add(part);
    }

    @Override
    public Tally file(String key, Path bytes, String mimeType, boolean again) throws IOException {
        long size = Files.size(bytes);
        Map<String, Object> query = Map.of("key", key);
        try {
            JsonNode there = rest.get(BASE + "files", query);
            if (!again && there.path("size").asLong(-1) == size) return KNOWN_FILE;
            long most = there.path("most").asLong();
            if (size > most)
                return Target.refusedFile("it has " + size + " bytes, and the server takes " + most
                        + ": set the app's storage.maxFileBytes there, and import again");
            rest.upload(BASE + "files", query, mimeType.startsWith("text/plain") ? OCTETS : mimeType, bytes);
            return ADDED_FILE;
        } catch (RestException refused) {
            if (refused.status() == 401 || refused.status() == 403) throw refused;
            return Target.refusedFile(refused.reason());
        }
    }

    @Override
    public void settle(List<ConversationId> conversations) throws IOException {
        ObjectNode body = Lines.object();
        ArrayNode ids = body.putArray("conversations");
        conversations.forEach(id -> ids.add(id.value()));
        rest.post(BASE + "settle", JSON, Lines.bytes(body));
    }

    @Override
    public List<Digest> digests(Optional<ConversationId> after) throws IOException {
        Map<String, Object> query = new LinkedHashMap<>();
        query.put("limit", PAGE);
        after.ifPresent(id -> query.put("after", id.value()));
        List<Digest> digests = new ArrayList<>();
        for (JsonNode digest : rest.get(BASE + "digests", query).path("results"))
            digests.add(new Digest(
                    new ConversationId(digest.path("id").asText()),
                    sum(digest.path("row")),
                    sum(digest.path("messages")),
                    digest.path("first").asLong(),
                    digest.path("last").asLong(),
                    sum(digest.path("rules"))));
        return digests;
    }

    private static Sum.Value sum(JsonNode json) {
        return Sum.Value.of(json.path("count").asLong(), json.path("hash").asText());
    }

    @Override
    public Sum.Value rows(String className) throws IOException {
        return sum(rest.get(BASE + "classes/" + className, Map.of()));
    }

    @Override
    public String name() {
        return rest.account().server().getAuthority();
    }
}
