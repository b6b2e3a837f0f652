package io.parley.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.core.Storage;
import io.parley.core.command.AppId;
import io.parley.store.contract.UsedSignaturesContract;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteUsedSignaturesTest extends UsedSignaturesContract {
    @TempDir
    Path directory;

    @Override
    protected Storage open(Clock clock) {
        return Sqlite.open(directory, clock);
    }

    @Test
    void what_is_too_old_to_be_accepted_anyway_is_forgotten() {
        Instant end = clock.instant();
        Writer writer = ((SqliteStorage) storage).writer;
        for (int i = 0; i < 3; i++)
            storage.usedSignatures().use(new AppId("chat"), "signature" + i, end.plusSeconds(i));

        int forgotten = writer.run(Step.of(
                "trimming",
                db -> SqliteUsedSignatures.trim(db, end.plusSeconds(2).toEpochMilli(), 10)));

        assertThat(forgotten).isEqualTo(2);
        assertThat(storage.usedSignatures().use(new AppId("chat"), "signature2", end))
                .isFalse();
    }
}
