package io.parley.core.session;

import io.parley.core.command.AppId;
import io.parley.core.command.ClientId;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// How many different clients came today. A client is remembered as a number of eight bytes: in a million clients, two
/// are taken for one once in tens of millions of days. Thread-safe; nothing blocks for long.
final class ClientsOfToday {
    private final Clock clock;
    private final Map<AppId, Numbers> byApp = new ConcurrentHashMap<>();

    ClientsOfToday(Clock clock) {
        this.clock = clock;
    }

    void seen(AppId app, ClientId client) {
        byApp.computeIfAbsent(app, id -> new Numbers()).add(today(), number(client));
    }

    int count(AppId app) {
        Numbers numbers = byApp.get(app);
        return numbers == null ? 0 : numbers.count(today());
    }

    private long today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).toEpochDay();
    }

    /// FNV-1a, with its bits mixed once more. Never 0.
    private static long number(ClientId client) {
        long hash = 0xcbf29ce484222325L;
        for (byte part : client.value().getBytes(StandardCharsets.UTF_8))
            hash = (hash ^ (part & 0xff)) * 0x100000001b3L;
        hash ^= hash >>> 32;
        hash *= 0x9E3779B97F4A7C15L;
        hash ^= hash >>> 29;
        return hash == 0 ? 1 : hash;
    }

    /// A set of numbers with open addressing, at most half full.
    private static final class Numbers {
        private static final int FIRST_SIZE = 64;

        private long day; // guarded by this, as is all else
        private long[] slots = new long[FIRST_SIZE];
        private int count;

        synchronized void add(long today, long number) {
            turn(today);
            if (!put(slots, number)) return;
            count++;
            if (count * 2 > slots.length) grow();
        }

        synchronized int count(long today) {
            turn(today);
            return count;
        }

        private void turn(long today) {
            if (day == today) return;
            day = today;
            slots = new long[FIRST_SIZE];
            count = 0;
        }

        private void grow() {
            long[] larger = new long[slots.length * 2];
            for (long number : slots) if (number != 0) put(larger, number);
            slots = larger;
        }

        private static boolean put(long[] slots, long number) {
            int at = (int) number & (slots.length - 1);
            while (slots[at] != 0) {
                if (slots[at] == number) return false;
                at = (at + 1) & (slots.length - 1);
            }
            slots[at] = number;
            return true;
        }
    }
}
