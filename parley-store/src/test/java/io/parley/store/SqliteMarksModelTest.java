package io.parley.store;

import io.parley.core.Storage;
import io.parley.store.contract.MarksModelContract;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.io.TempDir;

class SqliteMarksModelTest extends MarksModelContract {
    @TempDir
    Path directory;

    @Override
    protected Storage open(Clock clock) {
        return Sqlite.open(directory, clock);
    }
}
