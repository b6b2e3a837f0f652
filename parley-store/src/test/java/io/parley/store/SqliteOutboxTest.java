package io.parley.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.core.Storage;
import io.parley.core.outbox.Batch;
import io.parley.core.outbox.Job;
import io.parley.core.outbox.Purpose;
import io.parley.store.contract.OutboxContract;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteOutboxTest extends OutboxContract {
    @TempDir
    Path directory;

    @Override
    protected Storage open(Clock clock) {
        return Sqlite.open(directory, clock);
    }

    /// The directory belongs to one process: what another held, nobody holds any more.
    @Test
    void a_claim_of_a_process_that_ended_is_free_at_once() {
        storage.outbox().add(List.of(new Job(APP, Purpose.HOOK, "lane", "\"job\"")));
        assertThat(claim(10, 10)).hasSize(1);

        reopen();

        assertThat(claim(10, 10)).flatExtracting(Batch::payloads).containsExactly("\"job\"");
    }
}
