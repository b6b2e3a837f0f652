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
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// An app on a running server, by its `/x/import` endpoints.
public final class RestTarget implements Target {
    private static final String BASE = "/x/import/";
    private static final String JSON = "application/json";
    private static final String JSON_LINES = "application/x-ndjson";

    /// Of one call, some thousand messages. The server takes 20 MB.
    private static final int MAX_BODY = 1024 * 1024;

    /// Of messages, whose order does not matter: while the server waits for its disk, it reads what comes next, and
    /// what waits together is synced together.
    private static final int CALLS_AT_ONCE = 4;

    private static final Set<SetName> IN_ANY_ORDER =
            Set.of(SetName.MESSAGES, SetName.PATCHES, SetName.SERVICE_MESSAGES);

    private static final int PAGE = 200;
    private static final String OCTETS = "application/octet-stream";

    private final RestClient rest;
    private final Set<String> finished = new HashSet<>(); // as far as we know

    public RestTarget(RestClient rest) {
        this.rest = rest;
    }

    @Override
    public Tally take(SetName set, List<ObjectNode> lines) throws IOException {
        List<Future<Tally>> calls = new ArrayList<>();
        int atOnce = IN_ANY_ORDER.contains(set) ? CALLS_AT_ONCE : 1;
        try (ExecutorService threads = Executors.newFixedThreadPool(
                atOnce, Thread.ofVirtual().name("import-call-", 0).factory())) {
            int begin = 0;
            var body = new ByteArrayOutputStream();
            for (int i = 0; i < lines.size(); i++) {
                byte[] line = Lines.bytes(lines.get(i));
                if (body.size() > 0 && body.size() + line.length >= MAX_BODY) {
                    calls.add(threads.submit(call(set, body, begin)));
                    body = new ByteArrayOutputStream();
                    begin = i;
                }
                body.writeBytes(line);
                body.write('\n');
            }
            if (body.size() > 0) calls.add(threads.submit(call(set, body, begin)));
        }
        return sum(calls);
    }

    private Callable<Tally> call(SetName set, ByteArrayOutputStream body, int begin) {
        return () -> {
            JsonNode answer = rest.post(BASE + "lines/" + set, JSON_LINES, body.toByteArray());
            List<Refused> refused = new ArrayList<>();
            for (JsonNode no : answer.path("refused"))
                refused.add(new Refused(
                        begin + no.path("index").asInt(), no.path("reason").asText()));
            return new Tally(
                    answer.path("added").asLong(),
                    answer.path("changed").asLong(),
                    answer.path("known").asLong(),
                    refused);
        };
    }

    /// @param calls that have ended
    private static Tally sum(List<Future<Tally>> calls) throws IOException {
        long added = 0;
        long changed = 0;
        long known = 0;
        List<Refused> refused = new ArrayList<>();
        for (Future<Tally> call : calls) {
            if (call.state() == Future.State.FAILED) {
                if (call.exceptionNow() instanceof IOException failed) throw failed;
                throw new IllegalStateException("a call of an import failed", call.exceptionNow());
            }
            Tally tally = call.resultNow();
            added += tally.added();
            changed += tally.changed();
            known += tally.known();
            refused.addAll(tally.refused());
        }
        return new Tally(added, changed, known, refused);
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
        try {
            JsonNode there = knownFile(key);
            if (!again && there.path("size").asLong(-1) == size) return KNOWN_FILE;
            long most = there.path("most").asLong();
            if (size > most)
                return Target.refusedFile("it has " + size + " bytes, and the server takes " + most
                        + ": set the app's storage.maxFileBytes there, and import again");
            rest.upload(
                    BASE + "files", Map.of("key", key), mimeType.startsWith("text/plain") ? OCTETS : mimeType, bytes);
            return ADDED_FILE;
        } catch (RestException refused) {
            if (refused.status() == 401 || refused.status() == 403) throw refused;
            return Target.refusedFile(refused.reason());
        }
    }

    private JsonNode knownFile(String key) throws IOException {
        return rest.get(BASE + "files", Map.of("key", key));
    }

    @Override
    public long fileSize(String key) throws IOException {
        return knownFile(key).path("size").asLong(-1);
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
