package io.parley.outbound;

import io.micrometer.core.instrument.MeterRegistry;
import io.parley.core.Outward;
import io.parley.core.app.Apps;
import io.parley.core.hook.CloudFunctions;
import io.parley.outbound.push.Vendors;
import java.time.Clock;

/// Everything that calls out, put together. Thread-safe.
public final class Outbound implements AutoCloseable {
    private final HttpCaller http;
    private final Engines engines;
    private final HttpHooks hooks;
    private final EngineFunctions functions;
    private final Vendors vendors;

    public Outbound(OutboundSettings settings, Apps apps, Clock clock, MeterRegistry meters) {
        http = new HttpCaller(settings);
        engines = new Engines(http, apps::all);
        hooks = new HttpHooks(http, engines, clock, meters);
        functions = new EngineFunctions(http);
        vendors = new Vendors(http, clock);
        engines.start();
        Thread.ofVirtual().name("push providers").start(() -> apps.all().forEach(vendors::announce));
    }

    /// What core needs of the outside.
    public Outward outward() {
        return new Outward(hooks, hooks, vendors);
    }

    public CloudFunctions functions() {
        return functions;
    }

    @Override
    public void close() {
        engines.close();
        vendors.close();
        http.close();
    }
}
