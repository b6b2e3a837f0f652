package io.parley.server.ops;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.parley.rest.Answer;
import io.parley.rest.RestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/// The server's meters, as Prometheus reads them. Thread-safe.
public final class Metrics implements AutoCloseable {
    private static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";
    private static final Path LINUX_STATUS = Path.of("/proc/self/status");

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics garbage = new JvmGcMetrics();

    public MeterRegistry registry() {
        return registry;
    }

    public void mount(RestServer server) {
        server.get("/metrics", call -> Answer.text(200, TYPE, registry.scrape()));
    }

    /// Adds the meters of the JVM and the process. Takes a while: nobody waits for it at the start.
    public void watchProcess() {
        new JvmMemoryMetrics().bindTo(registry);
        garbage.bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ClassLoaderMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        if (Files.isReadable(LINUX_STATUS))
            Gauge.builder("process.resident.memory", Metrics::residentBytes)
                    .description("Memory of this process that is in RAM")
                    .baseUnit("bytes")
                    .register(registry);
    }

    /// From `VmRSS:   123456 kB`.
    private static double residentBytes() {
        try (Stream<String> lines = Files.lines(LINUX_STATUS)) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) * 1024)
                    .findFirst()
                    .orElse(Double.NaN);
        } catch (IOException e) {
            return Double.NaN; // how a gauge says that it has no value
        }
    }

    @Override
    public void close() {
        garbage.close();
        registry.close();
    }
}
