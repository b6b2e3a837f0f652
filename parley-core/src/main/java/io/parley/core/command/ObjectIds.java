package io.parley.core.command;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicInteger;

/// New object ids: 24 lower-case hexadecimal digits from seconds, a random process number and a counter, so that they
/// sort by creation time and never collide. Thread-safe. Source: rest 1.
public final class ObjectIds {
    private static final long PROCESS = new SecureRandom().nextLong() & 0xff_ffff_ffffL;
    private static final AtomicInteger COUNTER = new AtomicInteger(new SecureRandom().nextInt());

    private ObjectIds() {}

    public static String next() {
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(System.currentTimeMillis() / 1000, 8)
                + hex.toHexDigits(PROCESS, 10)
                + hex.toHexDigits(COUNTER.getAndIncrement() & 0xff_ffffL, 6);
    }
}
