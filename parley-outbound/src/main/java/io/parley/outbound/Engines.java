package io.parley.outbound;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.core.app.App;
import io.parley.core.app.Hook;
import io.parley.core.command.AppId;
import io.parley.outbound.HttpCaller.Call;
import io.parley.outbound.HttpCaller.Response;
import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Which hooks the engines of apps define, asked every minute. Thread-safe. Source: semantics 10.1.
final class Engines implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Engines.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration EVERY = Duration.ofSeconds(60);

    private final HttpCaller http;
    private final Supplier<? extends Collection<App>> apps;
    private final Map<AppId, Known> known = new ConcurrentHashMap<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("parley-engines").factory());

    /// @param url of the engine that was asked
    private record Known(String url, Set<Hook> hooks) {}

    Engines(HttpCaller http, Supplier<? extends Collection<App>> apps) {
        this.http = http;
        this.apps = apps;
    }

    void start() {
        var _ = timer.scheduleWithFixedDelay(
                () -> Thread.ofVirtual().name("engines").start(this::askAll), 0, EVERY.toSeconds(), TimeUnit.SECONDS);
    }

    private void askAll() {
        for (App app : apps.get()) if (!app.settings().hooks().engineUrl().isEmpty()) ask(app);
    }

    /// Whether the engine defines a hook. As long as it was not heard of, it may: a hook that must not fail open must
    /// not be passed over while its engine starts.
    boolean defines(App app, Hook hook) {
        String url = app.settings().hooks().engineUrl();
        Known found = known.get(app.id());
        return !url.isEmpty() && (found == null || !found.url.equals(url) || found.hooks.contains(hook));
    }

    /// Asks now. What was known stays known when there is no answer.
    void ask(App app) {
        String engine = app.settings().hooks().engineUrl();
        try {
            Response response = http.call(new Call(
                    "GET",
                    URI.create(engine + "/1.1/functions/_ops/metadatas"),
                    Map.of("X-LC-Id", app.id().value(), "X-LC-Key", app.masterKey() + ",master"),
                    new byte[0],
                    PATIENCE));
            if (response.status() != 200) throw new CallFailedException("status " + response.status());
            Set<Hook> hooks = EnumSet.noneOf(Hook.class);
            for (JsonNode name : Json.parse(response.body()).path("result"))
                Hook.of(name.asText()).ifPresent(hooks::add);
            Known before = known.put(app.id(), new Known(engine, hooks));
            if (before == null || !before.hooks.equals(hooks))
                log.info("engine defines hooks app={} hooks={}", app.id(), hooks);
        } catch (CallFailedException | IllegalArgumentException e) {
            log.warn("an engine did not tell its hooks app={} reason={}", app.id(), e.getMessage());
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
