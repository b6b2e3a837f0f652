package io.parley.store;

import io.parley.core.Storage;
import io.parley.store.contract.ConversationStoreContract;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.io.TempDir;

class SqliteConversationStoreTest extends ConversationStoreContract {
    @TempDir
    Path directory;

    @Override
    protected Storage open(Clock clock) {
        return Sqlite.open(directory, clock);
    }
}
