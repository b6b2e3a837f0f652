package io.parley.core.push;

import io.parley.core.command.AppId;
import io.parley.core.outbox.Job;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What became of pushes, for a week. Thread-safe; every method may block and is one atomic step, durable on return.
public interface PushLog {
    /// How long it is remembered. Source: rest 16.
    Duration KEPT = Duration.ofDays(7);

    /// Notes outcomes of a push, each in the place of an earlier one of the same device, and counts those that are
    /// final.
    ///
    /// @param detailed whether each device is noted, which a push to everybody cannot afford, or only numbers
    void note(AppId app, String push, Collection<PushOutcome> outcomes, boolean detailed);

    /// By device, in the order of devices. For pushes of messages `push` is the message's id.
    List<PushOutcome> outcomes(AppId app, String push, int limit);

    /// How many devices ended how.
    Map<Platform, Map<PushOutcome.Status, Long>> counts(AppId app, String push);

    /// Adds a record, in the place of one with the same id, together with its job; unless it is a repeat.
    ///
    /// @param requestId tells repeats
    /// @param since earlier requests do not count
    /// @return the record of the request that this one repeats
    Optional<PushRecord> add(PushRecord push, Job job, Optional<String> requestId, Instant since);

    Optional<PushRecord> find(AppId app, String id);

    /// The newest first.
    ///
    /// @param before only older ones
    List<PushRecord> list(AppId app, Optional<Instant> before, int limit);

    /// Forgets a record. Returns false when there is none.
    boolean delete(AppId app, String id);

    /// Forgets what was known before a time.
    void trim(Instant before);
}
