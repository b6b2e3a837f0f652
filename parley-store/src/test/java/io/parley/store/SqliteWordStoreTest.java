package io.parley.store;

import io.parley.core.Storage;
import io.parley.store.contract.WordStoreContract;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.io.TempDir;

class SqliteWordStoreTest extends WordStoreContract {
    @TempDir
    Path directory;

    @Override
    protected Storage open(Clock clock) {
        return Sqlite.open(directory, clock);
    }
}
