package io.parley.core.outbox;

import io.parley.core.command.AppId;
import java.util.List;

/// The oldest jobs of a lane, claimed by whoever holds this.
///
/// @param id names the lane within the store
/// @param claim tells this claim from earlier and later ones of the lane
/// @param attempts how often the first job has failed before
/// @param payloads of the jobs, the oldest first; never empty
public record Batch(AppId app, Purpose purpose, String lane, long id, long claim, int attempts, List<String> payloads) {
    public Batch {
        payloads = List.copyOf(payloads);
    }
}
