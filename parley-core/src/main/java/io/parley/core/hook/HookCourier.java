package io.parley.core.hook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.core.app.App;
import io.parley.core.app.Hook;
import io.parley.core.outbox.Batch;
import io.parley.core.outbox.Courier;
import io.parley.core.outbox.Purpose;
import java.time.Duration;

/// Tells hooks what has happened. Their results mean nothing. Source: semantics 10.2.
public final class HookCourier implements Courier {
    private static final ObjectMapper JSON = new ObjectMapper();

    /// Far below what a lease allows, with the longest time a hook may take.
    private static final int PER_LANE = 20;

    private static final int LANES = 32;

    private final HookCaller caller;

    public HookCourier(HookCaller caller) {
        this.caller = caller;
    }

    @Override
    public Purpose purpose() {
        return Purpose.HOOK;
    }

    @Override
    public Pace pace(App app) {
        return new Pace(
                LANES, PER_LANE, app.settings().hooks().attempts(), Duration.ofSeconds(1), Duration.ofMinutes(10));
    }

    @Override
    public Outcome deliver(App app, Batch batch) {
        int done = 0;
        for (String payload : batch.payloads()) {
            try {
                tell(app, payload);
            } catch (HookFailure failure) {
                return Outcome.failed(done, new Failure(1, false, failure.reason(), failure.retryAfter()));
            }
            done++;
        }
        return Outcome.done(done);
    }

    private void tell(App app, String payload) {
        JsonNode job = parse(payload);
        Hook hook = Hook.of(job.path("hook").asText())
                .orElseThrow(() ->
                        new HookFailure("there is no hook " + job.path("hook").asText()));
        // It may have been taken away since.
        if (caller.has(app, hook) && job.path("parameters") instanceof ObjectNode parameters)
            caller.call(app, hook, parameters);
    }

    private static JsonNode parse(String payload) {
        try {
            return JSON.readTree(payload);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the outbox holds a job that is no JSON", e);
        }
    }
}
