package io.parley.store;

import io.parley.core.Storage;
import io.parley.store.contract.IdleConversationsContract;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.io.TempDir;

class SqliteIdleConversationsTest extends IdleConversationsContract {
    @TempDir
    Path directory;

    @Override
    protected Storage open(Clock clock) {
        return Sqlite.open(directory, clock);
    }
}
