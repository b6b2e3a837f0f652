package io.parley.core.outbox;

import io.parley.core.command.AppId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;

/// Jobs until they are done. Thread-safe. Every method may block and is one atomic step, durable on return.
///
/// A job that follows from a message is added with it, see [io.parley.core.message.Draft]. A job is done at least
/// once: when a process dies between doing and settling it, it is done again.
public interface Outbox {
    /// All of them, or none.
    void add(Collection<Job> jobs);

    /// Claims the oldest jobs of lanes that are due and that nobody holds, those first that have been due longest.
    /// When a claim is not settled within `lease`, its jobs are due again.
    ///
    /// @param lanes at most so many
    /// @param perLane at most so many jobs of each
    List<Batch> claim(AppId app, Purpose purpose, int lanes, int perLane, Duration lease);

    /// Ends a claim. Returns false, and changes nothing, when it had run out and the lane was claimed again.
    boolean settle(Batch batch, Settlement settlement);

    /// What waits, by app and purpose.
    List<Waiting> waiting();

    /// @param jobs how many
    /// @param dueAt when the first of them is due, or its claim runs out
    record Waiting(AppId app, Purpose purpose, long jobs, Instant dueAt) {}

    /// Dead letters of an app, the newest first.
    ///
    /// @param before only those with smaller ids
    List<DeadLetter> dead(AppId app, OptionalLong before, int limit);

    long deadCount();

    /// Makes jobs of dead letters again, in the order given. Unknown ids are passed over.
    ///
    /// @return how many there were
    int replay(AppId app, Collection<Long> ids);

    /// Forgets dead letters. Unknown ids are passed over.
    ///
    /// @return how many there were
    int discard(AppId app, Collection<Long> ids);

    /// Forgets dead letters that died before a time.
    void trim(Instant before);

    /// Who wants to know that there is work. Set once, before anything is added.
    void listen(Listener listener);

    @FunctionalInterface
    interface Listener {
        /// A job was added and is durable. Must not block.
        void added(AppId app, Purpose purpose);

        /// The same of a job that is not due yet.
        default void added(AppId app, Purpose purpose, Instant dueAt) {
            added(app, purpose);
        }
    }
}
