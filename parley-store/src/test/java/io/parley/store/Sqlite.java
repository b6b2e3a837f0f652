package io.parley.store;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;

/// Opens stores for tests.
final class Sqlite {
    private Sqlite() {}

    static SqliteStorage open(Path directory, Clock clock) {
        return SqliteStorage.open(directory, clock, new SimpleMeterRegistry());
    }
}
