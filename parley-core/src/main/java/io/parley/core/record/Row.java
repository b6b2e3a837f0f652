package io.parley.core.record;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.core.command.AppId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/// One row. Immutable: whoever changes `data` works on a copy.
///
/// @param data the columns in LeanCloud's JSON form, as exported, without `objectId`, `createdAt` and `updatedAt`;
///     holds also what callers never see, such as password hashes
/// @param createdAt in whole milliseconds
/// @param updatedAt in whole milliseconds; later than that of every earlier state of the row
public record Row(RecordKey key, ObjectNode data, Instant createdAt, Instant updatedAt) {
    public Row {
        createdAt = createdAt.truncatedTo(ChronoUnit.MILLIS);
        updatedAt = updatedAt.truncatedTo(ChronoUnit.MILLIS);
    }

    public AppId app() {
        return key.app();
    }

    public String id() {
        return key.id();
    }

    /// What the row can be found by, besides its id.
    public List<Index> indexes() {
        return Index.of(key.className(), data);
    }

    @Override
    public String toString() {
        return "Row[" + key + "]"; // contents never reach a log
    }
}
