package io.parley.store;

import io.parley.core.Storage;
import io.parley.store.contract.ServiceLogContract;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.io.TempDir;

class SqliteServiceLogTest extends ServiceLogContract {
    @TempDir
    Path directory;

    @Override
    protected Storage open(Clock clock) {
        return Sqlite.open(directory, clock);
    }
}
