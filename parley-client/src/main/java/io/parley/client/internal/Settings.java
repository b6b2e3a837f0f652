package io.parley.client.internal;

import java.util.Random;

/**
 * What the connection needs to know. Times in milliseconds. Immutable, but for the random numbers.
 */
public final class Settings {
    final String appId;
    final String deviceId;
    final long replyTimeout;
    final long sendTimeout;
    final long connectTimeout;
    final long heartbeat;
    final long firstRetry;
    final long longestRetry;
    final Random random;

    /**
     * @param deviceId tells the server which session of the same client and tag is a new one of the same device
     * @param replyTimeout how long a reply is waited for
     * @param sendTimeout how long a message is sent again and again until it is given up
     * @param heartbeat how often a silent connection is tried
     * @param firstRetry the longest wait before the first attempt to reconnect; doubles with each further attempt
     * @param random decides how long each wait is
     */
    public Settings(
            String appId,
            String deviceId,
            long replyTimeout,
            long sendTimeout,
            long connectTimeout,
            long heartbeat,
            long firstRetry,
            long longestRetry,
            Random random) {
        this.appId = appId;
        this.deviceId = deviceId;
        this.replyTimeout = replyTimeout;
        this.sendTimeout = sendTimeout;
        this.connectTimeout = connectTimeout;
        this.heartbeat = heartbeat;
        this.firstRetry = firstRetry;
        this.longestRetry = longestRetry;
        this.random = random;
    }

    /**
     * The wait before an attempt to reconnect: a random time from half to all of a span that doubles each time, so that
     * clients that were cut off together do not all come back at once.
     *
     * @param attempt 0 for the first one
     */
    long retryDelay(int attempt) {
        long span = attempt >= 20 ? longestRetry : Math.min(longestRetry, firstRetry << attempt);
        return span / 2 + (long) (random.nextDouble() * (span - span / 2));
    }
}
