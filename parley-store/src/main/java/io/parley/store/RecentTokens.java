package io.parley.store;

import io.parley.core.message.MessageLog;
import java.security.SecureRandom;
import java.sql.SQLException;

/// Which rows hold the send tokens of the last minutes, without an index in the database: a hash leads to candidate
/// rows, and the row itself tells whether it is the one. Owned by the writer's thread, except [#hash].
///
/// Two generations of at most [#GENERATION_SIZE] tokens; the older one is dropped when the newer one is full or as old
/// as the memory must last. A forgotten rollback needs no care: a row that is not there does not match.
final class RecentTokens {
    static final int GENERATION_SIZE = 1 << 21;

    interface RowTest {
        boolean test(long row) throws SQLException;
    }

    // Secret, so that nobody can choose tokens that collide.
    private final long seed = new SecureRandom().nextLong();
    private Generation current = new Generation();
    private Generation previous = new Generation();
    private long currentSince;
    private long newestRow;

    /// @param now milliseconds since the epoch
    RecentTokens(long now) {
        currentSince = now;
    }

    /// Thread-safe.
    int hash(long conversation, String sender, String token) {
        long h = mix(seed ^ conversation * 0x9E37_79B9_7F4A_7C15L);
        h = mix(characters(h, sender) ^ sender.length());
        h = mix(characters(h, token));
        return (int) (h >>> 32) | 1; // never 0
    }

    private static long characters(long h, String text) {
        for (int i = 0; i < text.length(); i++) h = (h ^ text.charAt(i)) * 0xD6E8_FEB8_6659_FD93L ^ h >>> 29;
        return h;
    }

    private static long mix(long h) {
        h = (h ^ h >>> 32) * 0xBF58_476D_1CE4_E5B9L;
        return h ^ h >>> 29;
    }

    /// The first row with this hash that passes the test; 0 when there is none.
    long find(int hash, RowTest test) throws SQLException {
        long row = current.find(hash, newestRow, test);
        return row != 0 ? row : previous.find(hash, newestRow, test);
    }

    /// @param now milliseconds since the epoch
    void remember(int hash, long row, long now) {
        if (current.size == GENERATION_SIZE || now - currentSince > MessageLog.TOKEN_MEMORY.toMillis()) {
            previous = current;
            current = new Generation();
            currentSince = now;
        }
        newestRow = Math.max(newestRow, row);
        current.add(hash, row);
    }

    /// Whether another token would push out the oldest.
    boolean isFull() {
        return current.size == GENERATION_SIZE;
    }

    /// An open-addressing table of longs: the hash above, the low half of the row below. The row's high half follows
    /// from the newest row, as long as fewer than 2^32 rows lie between.
    private static final class Generation {
        private long[] slots = new long[1 << 10];
        private int size;

        long find(int hash, long newestRow, RowTest test) throws SQLException {
            int mask = slots.length - 1;
            for (int i = start(hash, mask); slots[i] != 0; i = i + 1 & mask) {
                if ((int) (slots[i] >>> 32) != hash) continue;
                long row = newestRow - (((int) newestRow - (int) slots[i]) & 0xffff_ffffL);
                if (test.test(row)) return row;
            }
            return 0;
        }

        void add(int hash, long row) {
            if (size * 2 >= slots.length) grow();
            put(((long) hash << 32) | (row & 0xffff_ffffL));
            size++;
        }

        private void put(long slot) {
            int mask = slots.length - 1;
            int i = start((int) (slot >>> 32), mask);
            while (slots[i] != 0) i = i + 1 & mask;
            slots[i] = slot;
        }

        private void grow() {
            long[] old = slots;
            slots = new long[old.length * 2];
            for (long slot : old) if (slot != 0) put(slot);
        }

        private static int start(int hash, int mask) {
            int h = hash * 0x9E37_79B9;
            return (h ^ h >>> 15) & mask;
        }
    }
}
