package io.parley.rest;

import io.micrometer.core.instrument.MeterRegistry;
import io.parley.core.Backend;
import io.parley.core.file.Previews;
import io.parley.core.record.Documents;
import io.parley.core.record.Requester;
import java.time.Clock;

/// All routes of what applications keep beside the chat.
public final class BackendRoutes {
    private final Backend backend;
    private final Previews previews;
    private final FileAddress files;
    private final LoginGuard guard;

    public BackendRoutes(Backend backend, Previews previews, FileAddress files, Clock clock, MeterRegistry meters) {
        this.guard = new LoginGuard(clock, meters);
        this.backend = backend;
        this.previews = previews;
        this.files = files;
    }

    /// The same users, for whom the chat signs logins.
    public Users users() {
        return (app, token) -> backend.users()
                .bySession(app.id(), token)
                .map(account -> Documents.of(account.row(), Requester.master((of, key) -> key), false));
    }

    public void mount(RestServer server) {
        var calls = new RecordCalls(backend.users(), files);
        var users = new UserRoutes(backend.users(), backend.records(), calls, guard);
        var installations = new InstallationRoutes(backend.installations(), backend.records(), calls);
        var uploads = new FileRoutes(backend.files(), previews, backend.records(), calls, files);
        users.mount(server);
        installations.mount(server);
        uploads.mount(server);
        new ClassRoutes(backend.records(), calls, users, installations, uploads).mount(server);
        new BatchRoutes(server).mount();
    }
}
