package io.parley.conformance.sdk;

import java.io.IOException;

/// Where a program on an SDK runs: lines go in, lines come out. Thread-safe.
interface Host extends AutoCloseable {
    void write(String line) throws IOException;

    /// Where to look when something goes wrong.
    String log();

    @Override
    void close();

    /// Hears what a program says, from one thread at a time.
    interface Ear {
        void line(String line);

        void ended(IOException why);
    }
}
