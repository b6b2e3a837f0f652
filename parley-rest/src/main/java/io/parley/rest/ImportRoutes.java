package io.parley.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.core.app.App;
import io.parley.core.app.AppSettings;
import io.parley.core.command.ConversationId;
import io.parley.core.file.BlobKey;
import io.parley.core.file.BlobStore;
import io.parley.core.intake.Digest;
import io.parley.core.intake.Intake;
import io.parley.core.intake.Intake.Tally;
import io.parley.core.intake.Sum;
import io.parley.core.record.Row;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Taking in what another server had, and saying what is there to whoever compares. Needs the master key. Our own
/// endpoints; their bodies are JSON Lines as archives hold them, see docs/archive-format.md. Source: rest 25.
public final class ImportRoutes {
    private static final String BASE = "/x/import/";
    private static final String EXPORT = "/x/export/classes";
    private static final int MAX_DIGESTS = 1000;
    private static final int MAX_ROWS = 1000;

    private final Intake intake;
    private final BlobStore blobs;

    public ImportRoutes(Intake intake, BlobStore blobs) {
        this.intake = intake;
        this.blobs = blobs;
    }

    public void mount(RestServer server) {
        server.post(BASE + "lines/:set", call -> take(call, call.pathValue("set")));
        server.post(BASE + "lines/classes/:set", call -> take(call, "classes/" + call.pathValue("set")));
        server.get(BASE + "parts/:part", this::isFinished);
        server.post(BASE + "parts/:part", this::finished);
        server.post(BASE + "settle", this::settle);
        server.get(BASE + "files", this::knownFile);
        server.streaming("POST", BASE + "files", this::file);
        server.get(EXPORT, this::classes);
        server.get(EXPORT + "/:name", this::rows);
        server.get(BASE + "digests", this::digests);
        server.get(BASE + "switches", this::switches);
        server.get(
                BASE + "classes/:name",
                call -> Answer.ok(json(intake.rows(call.master().id(), call.pathValue("name")))));
    }

    private Answer take(Call call, String set) {
        App app = call.master();
        if (!Intake.knows(set)) throw HttpRefusal.badRequest("there is no set \"" + set + "\"");
        List<ObjectNode> lines = new ArrayList<>();
        for (String line : new String(call.bytes(), StandardCharsets.UTF_8).split("\n")) {
            if (line.isBlank()) continue;
            try {
                lines.add(Json.parseObject(line.getBytes(StandardCharsets.UTF_8)));
            } catch (HttpRefusal malformed) {
                throw HttpRefusal.badRequest("line " + (lines.size() + 1) + " is not a JSON object; nothing was taken");
            }
        }
        Tally tally = intake.take(app.id(), set, lines);
        ObjectNode answer = Json.object()
                .put("added", tally.added())
                .put("changed", tally.changed())
                .put("known", tally.known());
        ArrayNode refused = answer.putArray("refused");
        for (Intake.Refused no : tally.refused())
            refused.addObject().put("index", no.index()).put("reason", no.reason());
        return Answer.ok(answer);
    }

    private Answer isFinished(Call call) {
        return Answer.ok(
                Json.object().put("finished", intake.isFinished(call.master().id(), call.pathValue("part"))));
    }

    private Answer finished(Call call) {
        intake.finished(call.master().id(), call.pathValue("part"));
        return Answer.ok(Json.object());
    }

    private static BlobKey key(App app, Call call) {
        return new BlobKey(
                app.id(), call.queryParameter("key").orElseThrow(() -> HttpRefusal.badRequest("a file has a key")));
    }

    /// For whoever goes on with an import: -1 bytes when there is no such file.
    private Answer knownFile(Call call) {
        App app = call.master();
        try {
            return Answer.ok(Json.object()
                    .put(
                            "size",
                            blobs.find(key(app, call)).map(BlobStore.Blob::size).orElse(-1L))
                    .put("most", app.settings().storage().maxFileBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot look for a file", e);
        }
    }

    private Answer file(Call call) {
        App app = call.master();
        int most = app.settings().storage().maxFileBytes();
        try {
            blobs.write(
                    key(app, call),
                    call.stream(),
                    most,
                    call.header("Content-Type").orElse("application/octet-stream"));
            return Answer.ok(Json.object());
        } catch (BlobStore.BlobTooLargeException e) {
            throw new HttpRefusal(413, 413, "A file has at most " + most + " bytes (storage.maxFileBytes).");
        } catch (IOException e) {
            // The line or the store: both may be better when it is tried again.
            throw new HttpRefusal(503, 1, "The file was not kept: " + e.getMessage());
        }
    }

    private Answer classes(Call call) {
        ObjectNode answer = Json.object();
        ArrayNode results = answer.putArray("results");
        intake.classes(call.master().id()).forEach(results::add);
        return Answer.ok(answer);
    }

    /// Whole rows, by ascending id: also what callers of other endpoints never see.
    private Answer rows(Call call) {
        App app = call.master();
        int limit = (int) call.number("limit", 100, 1, MAX_ROWS);
        ObjectNode answer = Json.object();
        ArrayNode results = answer.putArray("results");
        for (Row row : intake.rows(app.id(), call.pathValue("name"), call.parameter("after"), limit)) {
            ObjectNode line = results.addObject();
            line.put("objectId", row.id());
            line.setAll(row.data());
            line.put("createdAt", Json.iso(row.createdAt()));
            line.put("updatedAt", Json.iso(row.updatedAt()));
        }
        return Answer.ok(answer);
    }

    private Answer settle(Call call) {
        App app = call.master();
        List<ConversationId> ids = new ArrayList<>();
        for (JsonNode id : call.body().path("conversations")) ids.add(new ConversationId(id.asText()));
        intake.settle(app.id(), ids);
        return Answer.ok(Json.object());
    }

    /// What must be the same on both sides when clients move over.
    private Answer switches(Call call) {
        AppSettings settings = call.master().settings();
        return Answer.ok(Json.object()
                .put("loginSignature", settings.loginSignature())
                .put("conversationSignature", settings.conversationSignature())
                .put("blacklistSignature", settings.blacklistSignature())
                .put("roles", settings.roles())
                .put("blacklist", settings.blacklist()));
    }

    private Answer digests(Call call) {
        App app = call.master();
        ObjectNode answer = Json.object();
        ArrayNode results = answer.putArray("results");
        int limit = (int) call.number("limit", 100, 1, MAX_DIGESTS);
        for (Digest digest : intake.digests(app.id(), call.parameter("after").map(ConversationId::new), limit)) {
            ObjectNode result = results.addObject()
                    .put("id", digest.id().value())
                    .put("first", digest.first())
                    .put("last", digest.last());
            result.set("row", json(digest.row()));
            result.set("messages", json(digest.messages()));
            result.set("rules", json(digest.rules()));
        }
        return Answer.ok(answer);
    }

    private static ObjectNode json(Sum.Value sum) {
        return Json.object().put("count", sum.count()).put("hash", sum.hash());
    }
}
