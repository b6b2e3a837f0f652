package io.parley.migrate.source;

import java.time.Duration;

/// How polite a crawl is.
///
/// @param callsPerSecond at most so many calls
/// @param callsPerRun at most so many calls before the crawl stops by itself; 0 for no limit
/// @param patience how long an app may go on saying "too many requests" before the crawl gives up for today
/// @param firstPause before the second try of a call; doubled for each further one, up to a minute
public record Pace(double callsPerSecond, long callsPerRun, Duration patience, Duration firstPause) {
    public static final Pace DEFAULT = new Pace(10, 0, Duration.ofMinutes(15), Duration.ofSeconds(1));

    /// For a server of one's own.
    public static final Pace UNHURRIED = new Pace(1000, 0, DEFAULT.patience, DEFAULT.firstPause);

    /// Tries of a call that finds no server, or a broken one.
    static final int MAX_TRIES = 8;

    static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    Duration pause(int failures) {
        Duration pause = firstPause.multipliedBy(1L << Math.min(failures - 1, 16));
        return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }
}
