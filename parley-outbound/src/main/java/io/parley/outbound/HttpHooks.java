package io.parley.outbound;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.parley.core.app.App;
import io.parley.core.app.Hook;
import io.parley.core.app.HookSettings;
import io.parley.core.hook.HookCaller;
import io.parley.core.hook.HookFailure;
import io.parley.core.hook.UplinkCaller;
import io.parley.outbound.HttpCaller.Call;
import io.parley.outbound.HttpCaller.Response;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/// Hooks over HTTP, as LeanCloud calls them: a cloud function of the engine, or any address that takes the same
/// request. Thread-safe; blocks. Source: semantics 10.1, 10.5.
final class HttpHooks implements HookCaller, UplinkCaller {
    private static final Duration UPLINK_TIMEOUT = Duration.ofSeconds(5);
    private static final int NOT_FOUND = 404;

    private final HttpCaller http;
    private final Engines engines;
    private final CallSigning signing;
    private final MeterRegistry meters;

    HttpHooks(HttpCaller http, Engines engines, Clock clock, MeterRegistry meters) {
        this.http = http;
        this.engines = engines;
        this.signing = new CallSigning(clock);
        this.meters = meters;
    }

    @Override
    public boolean has(App app, Hook hook) {
        return app.settings().hooks().url(hook).isPresent() || engines.defines(app, hook);
    }

    @Override
    public JsonNode call(App app, Hook hook, ObjectNode parameters) {
        long started = System.nanoTime();
        String outcome = "failed";
        try {
            JsonNode result = result(app, hook, parameters);
            outcome = "ok";
            return result;
        } catch (CallFailedException e) {
            throw new HookFailure(e.reason(), e.retryAfter());
        } finally {
            Timer.builder("parley.hooks.calls")
                    .description("calls of the application's hooks, in seconds")
                    .tag("hook", hook.function())
                    .tag("outcome", outcome)
                    .register(meters)
                    .record(Duration.ofNanos(System.nanoTime() - started));
        }
    }

    private JsonNode result(App app, Hook hook, ObjectNode parameters) throws CallFailedException {
        HookSettings settings = app.settings().hooks();
        Optional<String> own = settings.url(hook);
        URI url = URI.create(own.orElseGet(() -> settings.engineUrl() + "/1.1/functions/" + hook.function()));
        ObjectNode sent = parameters;
        if (settings.bodySignature()) signing.signBody(app, hook.function(), sent = parameters.deepCopy());
        byte[] body = Json.bytes(sent);
        Response response = http.call(Call.post(url, signing.headers(app, body), body, settings.timeout(hook)));
        if (own.isEmpty() && response.status() == NOT_FOUND) {
            engines.ask(app); // it was taken away, or never there
            return MissingNode.getInstance();
        }
        if (response.status() != 200)
            throw new CallFailedException("status " + response.status(), response.retryAfter());
        if (response.body().length == 0) return MissingNode.getInstance();
        return Json.parse(response.body()).path("result");
    }

    @Override
    public void post(App app, ArrayNode messages) {
        byte[] body = Json.bytes(messages);
        try {
            Response response = http.call(Call.post(
                    URI.create(app.settings().hooks().uplinkUrl()), signing.headers(app, body), body, UPLINK_TIMEOUT));
            if (response.status() / 100 != 2)
                throw new CallFailedException("status " + response.status(), response.retryAfter());
        } catch (CallFailedException e) {
            throw new HookFailure(e.reason(), e.retryAfter());
        }
    }
}
