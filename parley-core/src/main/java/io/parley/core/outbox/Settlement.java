package io.parley.core.outbox;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// How a claim ended: the first `done` jobs are done, the next `dead` ones are given up, the rest waits on.
///
/// @param attempts failures in a row so far, to be found in the next claim
/// @param reason why jobs were given up
/// @param retryAt when the rest is due; absent: at once
/// @param followUps jobs that those done have led to, added in the same step
public record Settlement(
        int done, int dead, int attempts, String reason, Optional<Instant> retryAt, List<Job> followUps) {
    public Settlement {
        followUps = List.copyOf(followUps);
    }
}
