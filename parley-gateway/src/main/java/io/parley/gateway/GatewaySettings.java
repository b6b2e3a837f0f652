package io.parley.gateway;

import java.time.Duration;

/// Limits of connections. Defaults come from protocol 2.3 and semantics 2.6.
///
/// @param maxFrameBytes a longer frame closes the connection with 4109
/// @param loginTimeout connected, but no session opened: close with 4108
/// @param readTimeout nothing heard (frames or pongs): close with 4107; SDKs ping every 180 s
/// @param legacyPingInterval WebSocket pings for JSON sessions, whose SDK may stay silent for ever (legacy-json 5)
/// @param maxInboxCommands commands of one connection that wait; when full, its socket is not read
/// @param maxOutboxBytes bytes that wait for one reader; when exceeded, the connection is closed
/// @param noticeDelay pause between a reply and the pushes it causes on the same connection (protocol 10.2)
public record GatewaySettings(
        int maxFrameBytes,
        Duration loginTimeout,
        Duration readTimeout,
        Duration legacyPingInterval,
        int maxInboxCommands,
        int maxOutboxBytes,
        Duration noticeDelay) {
    public static final GatewaySettings DEFAULT = new GatewaySettings(
            64 * 1024,
            Duration.ofSeconds(60),
            Duration.ofSeconds(400),
            Duration.ofSeconds(50),
            128,
            1024 * 1024,
            Duration.ofMillis(10));

    public GatewaySettings {
        if (maxFrameBytes < 1 || maxInboxCommands < 1 || maxOutboxBytes < 4)
            throw new IllegalArgumentException("limits of connections must be positive");
        if (loginTimeout.isNegative() || readTimeout.isNegative() || legacyPingInterval.isNegative())
            throw new IllegalArgumentException("time-outs of connections must not be negative");
        if (noticeDelay.isNegative()) throw new IllegalArgumentException("the notice delay must not be negative");
    }

    /// Half of the outbox is for what a connection's own commands cause, half for what others push to it.
    int outboxShare() {
        return maxOutboxBytes / 2;
    }
}
