package io.parley.core.outbox;

import io.parley.core.app.App;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Does the jobs of one purpose. Thread-safe; blocks as long as it needs, but for less than [Couriers#LEASE].
public interface Courier {
    Purpose purpose();

    /// Does the jobs of a lane in their order, as many as it can: after a failure it tries none of those behind.
    /// What it throws counts as a failure of the first one.
    Outcome deliver(App app, Batch batch);

    /// @param done how many jobs, from the first on
    /// @param failure why the next one was not done
    /// @param followUps what has to be done now because of those done
    record Outcome(int done, Optional<Failure> failure, List<Job> followUps) {
        public Outcome {
            followUps = List.copyOf(followUps);
        }

        public static Outcome done(int jobs) {
            return new Outcome(jobs, Optional.empty(), List.of());
        }

        public static Outcome failed(int done, Failure failure) {
            return new Outcome(done, Optional.of(failure), List.of());
        }
    }

    /// @param jobs how many share the failure, 1 unless they were tried together
    /// @param hopeless trying again makes no sense
    /// @param reason for the operator; holds no content and no secret
    /// @param retryAfter how long the other side wants to be left alone; heeded up to the longest wait of the pace
    record Failure(int jobs, boolean hopeless, String reason, Duration retryAfter) {
        public Failure(int jobs, boolean hopeless, String reason) {
            this(jobs, hopeless, reason, Duration.ZERO);
        }
    }

    /// @param lanes of an app worked on at the same time
    /// @param perLane jobs given to [#deliver] together
    /// @param attempts after so many failures in a row a job is given up
    /// @param patience before the second attempt; doubled before each further one
    /// @param maxPatience the longest wait between attempts
    record Pace(int lanes, int perLane, int attempts, Duration patience, Duration maxPatience) {}

    Pace pace(App app);
}
