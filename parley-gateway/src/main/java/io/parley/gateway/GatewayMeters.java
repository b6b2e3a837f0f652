package io.parley.gateway;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.parley.core.command.Command;
import io.parley.core.command.ErrorCode;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/// What the gateway counts. Thread-safe.
final class GatewayMeters {
    private final MeterRegistry registry;
    private final Counter framesIn;
    private final Counter framesOut;
    private final Counter bytesIn;
    private final Counter bytesOut;
    private final Counter dropped;
    private final Map<String, Counter> closed = new ConcurrentHashMap<>();
    private final Map<ErrorCode, Counter> refusals = new ConcurrentHashMap<>();
    private final Map<Class<?>, Timer> commands = new ConcurrentHashMap<>();

    GatewayMeters(MeterRegistry registry, Population population) {
        this.registry = registry;
        Gauge.builder("parley.connections.open", population, Population::size)
                .description("WebSockets open now")
                .register(registry);
        framesIn = counter("parley.frames.in", "WebSocket messages received");
        framesOut = counter("parley.frames.out", "WebSocket messages sent");
        bytesIn = counter("parley.bytes.in", "payload bytes of WebSocket messages received");
        bytesOut = counter("parley.bytes.out", "payload bytes of WebSocket messages sent");
        dropped = counter("parley.rooms.dropped", "chat room events left out for slow readers");
    }

    private Counter counter(String name, String description) {
        return Counter.builder(name).description(description).register(registry);
    }

    void received(int frames, long bytes) {
        framesIn.increment(frames);
        bytesIn.increment((double) bytes);
    }

    void sent(int frames, long bytes) {
        framesOut.increment(frames);
        bytesOut.increment((double) bytes);
    }

    void dropped() {
        dropped.increment();
    }

    void closed(String reason) {
        closed.computeIfAbsent(
                        reason,
                        key -> Counter.builder("parley.connections.closed")
                                .description("WebSockets ended since the start")
                                .tag("reason", key)
                                .register(registry))
                .increment();
    }

    void refused(ErrorCode code) {
        refusals.computeIfAbsent(
                        code,
                        key -> Counter.builder("parley.refusals")
                                .description("commands refused")
                                .tag("code", Integer.toString(key.number()))
                                .register(registry))
                .increment();
    }

    void ran(Command command, long nanoseconds) {
        Class<?> kind = command.getClass();
        Timer timer = commands.get(kind);
        if (timer == null)
            timer = commands.computeIfAbsent(
                    kind,
                    key -> Timer.builder("parley.commands")
                            .description("commands of clients, from the lane to the reply")
                            .tag("command", nameOf(key))
                            .register(registry));
        timer.record(nanoseconds, TimeUnit.NANOSECONDS);
    }

    /// `MessageCommand.Send`: simple names alone are not unique.
    static String nameOf(Class<?> command) {
        Class<?> feature = command.getEnclosingClass();
        return feature == null ? command.getSimpleName() : feature.getSimpleName() + "." + command.getSimpleName();
    }
}
