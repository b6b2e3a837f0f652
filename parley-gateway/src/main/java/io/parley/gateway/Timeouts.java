package io.parley.gateway;

import java.time.Duration;

/// The limits on silence, counted in ticks of an event loop's sweep: a counter per connection is cheaper than a
/// timer.
///
/// @param tick how often connections are looked at, in nanoseconds
record Timeouts(long tick, int login, int read, int legacyPing, int legacyDead, int closing) {
    private static final Duration LONGEST_TICK = Duration.ofSeconds(1);
    private static final Duration SHORTEST_TICK = Duration.ofMillis(5);

    /// How long the other side may take to answer a close frame.
    private static final Duration CLOSING = Duration.ofSeconds(2);

    static Timeouts of(GatewaySettings settings) {
        Duration shortest = min(settings.loginTimeout(), min(settings.readTimeout(), settings.legacyPingInterval()));
        Duration tick = max(SHORTEST_TICK, min(LONGEST_TICK, shortest.dividedBy(6)));
        int ping = ticks(settings.legacyPingInterval(), tick);
        return new Timeouts(
                tick.toNanos(),
                ticks(settings.loginTimeout(), tick),
                ticks(settings.readTimeout(), tick),
                ping,
                // Two pings missed, the second with a shorter time to answer, so that a cut network is noticed within
                // two minutes. Source: legacy-json 5 and 17, A4.
                2 * ping + Math.max(1, ping / 3),
                ticks(CLOSING, tick));
    }

    private static int ticks(Duration duration, Duration tick) {
        return (int) Math.max(1, duration.dividedBy(tick));
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    private static Duration max(Duration a, Duration b) {
        return a.compareTo(b) > 0 ? a : b;
    }
}
