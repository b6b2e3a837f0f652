package io.parley.server.ops;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.parley.core.Storage;
import io.parley.rest.Answer;
import io.parley.rest.Call;
import io.parley.rest.RestServer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells whether clients should be sent here: 200 when all is well, 503 when the store fails or the server is
/// about to stop. Thread-safe.
public final class Health {
    private static final Logger log = LoggerFactory.getLogger(Health.class);

    private final Storage storage;
    private final InstantSource clock;
    private final String version;
    private final Instant started;
    private volatile boolean draining;

    public Health(Storage storage, InstantSource clock, String version) {
        this.storage = storage;
        this.clock = clock;
        this.version = version;
        this.started = clock.instant();
    }

    public void mount(RestServer server) {
        server.get("/health", this::answer);
        server.get("/x/health", this::answer);
    }

    /// From now on the answer is 503.
    public void draining() {
        draining = true;
    }

    private Answer answer(Call call) {
        boolean store = storeWorks();
        String status = draining ? "draining" : store ? "ok" : "failing";
        return Answer.json(
                        status.equals("ok") ? 200 : 503,
                        JsonNodeFactory.instance
                                .objectNode()
                                .put("status", status)
                                .put("version", version)
                                .put(
                                        "uptimeSeconds",
                                        Duration.between(started, clock.instant())
                                                .toSeconds())
                                .put("store", store ? "ok" : "failing"))
                .with("Cache-Control", "no-store");
    }

    private boolean storeWorks() {
        try {
            storage.apps().all();
            return true;
        } catch (RuntimeException e) {
            log.error("Health check: the store does not answer", e);
            return false;
        }
    }
}
