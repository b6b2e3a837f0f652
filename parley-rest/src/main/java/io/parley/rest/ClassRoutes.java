package io.parley.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.core.app.App;
import io.parley.core.record.ClassNames;
import io.parley.core.record.RecordKey;
import io.parley.core.record.RecordQuery;
import io.parley.core.record.Records;
import io.parley.core.record.Requester;
import io.parley.core.record.Scan;
import java.util.Map;
import java.util.Optional;

/// Classes of rows: made, read, changed, deleted, searched. Source: rest 5.
public final class ClassRoutes {
    private static final String BASE = "/1.1/classes/";

    private final Records records;
    private final RecordCalls calls;
    private final Map<String, ClassWriter> writers;

    /// How rows of a class with rules of its own are written.
    interface ClassWriter {
        Answer create(Call call);

        Answer update(Call call);

        Answer delete(Call call);
    }

    public ClassRoutes(
            Records records, RecordCalls calls, UserRoutes users, InstallationRoutes installations, FileRoutes files) {
        this.records = records;
        this.calls = calls;
        this.writers = Map.of(ClassNames.USER, users, ClassNames.INSTALLATION, installations, ClassNames.FILE, files);
    }

    public void mount(RestServer server) {
        server.post(BASE + ":class", call -> writer(call.pathValue("class")).create(call));
        server.get(BASE + ":class", call -> find(call, records, calls, call.pathValue("class")));
        server.get(BASE + ":class/:id", call -> get(call, records, calls, call.pathValue("class")));
        server.put(BASE + ":class/:id", call -> writer(call.pathValue("class")).update(call));
        server.delete(
                BASE + ":class/:id", call -> writer(call.pathValue("class")).delete(call));
        server.get("/1.1/scan/classes/:class", this::scan);
        server.get("/1.1/schemas", call -> Answer.ok(records.schemas(call.master())));
        server.get("/1.1/schemas/:class", call -> Answer.ok(records.schema(call.master(), call.pathValue("class"))));
        ClassWriter roles = new Rows(ClassNames.ROLE);
        server.post("/1.1/roles", roles::create);
        server.get("/1.1/roles", call -> find(call, records, calls, ClassNames.ROLE));
        server.get("/1.1/roles/:id", call -> get(call, records, calls, ClassNames.ROLE));
        server.put("/1.1/roles/:id", roles::update);
        server.delete("/1.1/roles/:id", roles::delete);
    }

    private ClassWriter writer(String className) {
        ClassWriter own = writers.get(className);
        return own == null ? new Rows(className) : own;
    }

    private final class Rows implements ClassWriter {
        private final String className;

        Rows(String className) {
            this.className = className;
        }

        @Override
        public Answer create(Call call) {
            App app = call.caller().app();
            var written = records.create(app, className, call.body(), calls.requester(call));
            return RecordCalls.created(call, BASE + className, written);
        }

        @Override
        public Answer update(Call call) {
            App app = call.caller().app();
            var key = RecordCalls.key(call, className);
            var written = records.update(app, key, call.body(), RecordCalls.condition(call), calls.requester(call));
            return RecordCalls.updated(call, written);
        }

        @Override
        public Answer delete(Call call) {
            App app = call.caller().app();
            Requester requester = calls.requester(call);
            // The JavaScript SDK names several rows of a class at once.
            for (String id : call.pathValue("id").split(",", -1))
                records.delete(app, new RecordKey(app.id(), className, id), RecordCalls.condition(call), requester);
            return Answer.ok(Json.object());
        }
    }

    /// A row that does not exist is an empty object. Source: rest 5.2.
    static Answer get(Call call, Records records, RecordCalls calls, String className) {
        App app = call.caller().app();
        String keys = call.queryParameter("keys").orElse("");
        String include = call.queryParameter("include").orElse("");
        return Answer.ok(records.get(app, RecordCalls.key(call, className), keys, include, calls.requester(call))
                .orElseGet(Json::object));
    }

    static Answer find(Call call, Records records, RecordCalls calls, String className) {
        App app = call.caller().app();
        // The SDK knows the class that has a relation, not the one it leads to.
        Optional<String> target = call.queryParameter("redirectClassNameForKey")
                .flatMap(column -> records.target(app, className, column));
        RecordQuery query = RecordCalls.query(call, target.orElse(className));
        Records.Page page = records.find(app, query, calls.requester(call));
        ObjectNode body = Json.object();
        target.ifPresent(name -> body.put("className", name));
        ArrayNode results = body.putArray("results");
        page.documents().forEach(results::add);
        if (query.count()) body.put("count", page.count());
        return Answer.ok(body);
    }

    private Answer scan(Call call) {
        App app = call.master();
        var scan = new Scan(
                call.pathValue("class"),
                RecordCalls.where(call),
                call.parameter("scan_key").orElse("objectId"),
                (int) call.number("limit", RecordQuery.DEFAULT_LIMIT, -1, Integer.MAX_VALUE),
                call.parameter("keys").orElse(""));
        Scan.Page page = records.scan(
                app, scan, call.parameter("cursor").filter(text -> !text.isEmpty()), calls.requester(call));
        ObjectNode body = Json.object();
        ArrayNode results = body.putArray("results");
        page.documents().forEach(results::add);
        page.cursor().ifPresentOrElse(cursor -> body.put("cursor", cursor), () -> body.putNull("cursor"));
        return Answer.ok(body);
    }
}
