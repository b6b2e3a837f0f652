package io.parley.rest;

import io.parley.core.app.App;
import io.parley.core.installation.Installations;
import io.parley.core.record.ClassNames;
import io.parley.core.record.Records;

/// Devices that want pushes. Source: rest 15.
public final class InstallationRoutes implements ClassRoutes.ClassWriter {
    private static final String BASE = "/1.1/installations";

    private final Installations installations;
    private final Records records;
    private final RecordCalls calls;

    public InstallationRoutes(Installations installations, Records records, RecordCalls calls) {
        this.installations = installations;
        this.records = records;
        this.calls = calls;
    }

    public void mount(RestServer server) {
        server.post(BASE, this::create);
        server.get(BASE, call -> ClassRoutes.find(call, records, calls, ClassNames.INSTALLATION));
        server.get(BASE + "/:id", call -> ClassRoutes.get(call, records, calls, ClassNames.INSTALLATION));
        server.put(BASE + "/:id", this::update);
        server.delete(BASE + "/:id", this::delete);
    }

    @Override
    public Answer create(Call call) {
        App app = call.caller().app();
        return RecordCalls.created(call, BASE, installations.save(app, call.body(), calls.requester(call)));
    }

    @Override
    public Answer update(Call call) {
        App app = call.caller().app();
        var written = installations.update(
                app, call.pathValue("id"), call.body(), RecordCalls.condition(call), calls.requester(call));
        return RecordCalls.updated(call, written);
    }

    @Override
    public Answer delete(Call call) {
        App app = call.caller().app();
        installations.delete(app, call.pathValue("id"), RecordCalls.condition(call), calls.requester(call));
        return Answer.ok(Json.object());
    }
}
