package io.parley.client;

import io.parley.client.internal.LoopThread;
import io.parley.client.internal.Settings;
import java.time.Duration;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Executor;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/** Which app at which server, and how the SDK shall behave. Immutable; see {@link #builder}. */
public final class AVIMOptions {
    final String appId;
    final String appKey;
    final String server;
    final @Nullable String socketUrl;
    final String deviceId;
    final @Nullable OkHttpClient http;
    final @Nullable Executor callbacks;
    final AVIMCache cache;
    final Duration cacheMaxAge;
    final boolean countsUnread;
    final @Nullable LoopThread loop;
    private final Duration replyTimeout;
    private final Duration sendTimeout;
    private final Duration connectTimeout;
    private final Duration heartbeat;
    private final Duration firstRetry;
    private final Duration longestRetry;
    private final Random random;

    private AVIMOptions(Builder from) {
        appId = from.appId;
        appKey = from.appKey;
        server = from.server;
        socketUrl = from.socketUrl;
        deviceId = from.deviceId;
        http = from.http;
        callbacks = from.callbacks;
        cache = from.cache;
        cacheMaxAge = from.cacheMaxAge;
        countsUnread = from.countsUnread;
        loop = from.loop;
        replyTimeout = from.replyTimeout;
        sendTimeout = from.sendTimeout;
        connectTimeout = from.connectTimeout;
        heartbeat = from.heartbeat;
        firstRetry = from.firstRetry;
        longestRetry = from.longestRetry;
        random = from.random;
    }

    Settings settings() {
        return new Settings(
                appId,
                deviceId,
                replyTimeout.toMillis(),
                sendTimeout.toMillis(),
                connectTimeout.toMillis(),
                heartbeat.toMillis(),
                firstRetry.toMillis(),
                longestRetry.toMillis(),
                random);
    }

    /**
     * Begins a set of options.
     *
     * @param appId the app's id
     * @param appKey the app's key; never the master key
     * @param server the server's address, such as {@code https://chat.example.com}
     * @return a builder with everything else as it is by default
     */
    public static Builder builder(String appId, String appKey, String server) {
        return new Builder(appId, appKey, server);
    }

    /** Puts options together. Not thread-safe. */
    public static final class Builder {
        private final String appId;
        private final String appKey;
        private final String server;
        private @Nullable String socketUrl;
        private String deviceId = UUID.randomUUID().toString();
        private @Nullable OkHttpClient http;
        private @Nullable Executor callbacks;
        private AVIMCache cache = AVIMCache.memory();
        private Duration cacheMaxAge = Duration.ofHours(1);
        private boolean countsUnread;
        private Duration replyTimeout = Duration.ofSeconds(10);
        private Duration sendTimeout = Duration.ofSeconds(30);
        private Duration connectTimeout = Duration.ofSeconds(10);
        private Duration heartbeat = Duration.ofMinutes(3);
        private Duration firstRetry = Duration.ofSeconds(1);
        private Duration longestRetry = Duration.ofMinutes(2);
        private Random random = new Random();
        private @Nullable LoopThread loop;

        private Builder(String appId, String appKey, String server) {
            this.appId = Objects.requireNonNull(appId);
            this.appKey = Objects.requireNonNull(appKey);
            this.server = Objects.requireNonNull(server);
        }

        /**
         * Connects to this address, without asking the server's directory for it.
         *
         * @param url such as {@code wss://chat.example.com/}
         * @return this
         */
        public Builder socketUrl(String url) {
            socketUrl = url;
            return this;
        }

        /**
         * Tells this device from others. Keep one in the settings of the app: without it, each start counts as another
         * device.
         *
         * @param id any text, the same at each start
         * @return this
         */
        public Builder deviceId(String id) {
            deviceId = id;
            return this;
        }

        /**
         * Uses an HTTP client of the application's own, with its proxies, certificates and threads.
         *
         * @param client used for calls, uploads and the socket
         * @return this
         */
        public Builder httpClient(OkHttpClient client) {
            http = client;
            return this;
        }

        /**
         * Calls handlers and callbacks there, one after the other. By default a thread of the SDK's own does it. On
         * Android, {@code new Handler(Looper.getMainLooper())::post} brings them to the main thread.
         *
         * @param executor of the application
         * @return this
         */
        public Builder callbackExecutor(Executor executor) {
            callbacks = executor;
            return this;
        }

        /**
         * Keeps what was seen there; in memory by default.
         *
         * @param store of conversations, results of queries and messages
         * @return this
         */
        public Builder cache(AVIMCache store) {
            cache = store;
            return this;
        }

        /**
         * How long a cached answer counts as new; an hour by default.
         *
         * @param age of results of queries and of messages
         * @return this
         */
        public Builder cacheMaxAge(Duration age) {
            cacheMaxAge = age;
            return this;
        }

        /**
         * Lets the server count what was missed while offline, instead of sending the last twenty messages of each
         * conversation at login, which is the default.
         *
         * @param counts true for {@link AVIMConversation#getUnreadMessagesCount()}
         * @return this
         */
        public Builder unreadCounts(boolean counts) {
            countsUnread = counts;
            return this;
        }

        /**
         * How long an answer is waited for; 10 seconds by default.
         *
         * @param timeout for each request
         * @return this
         */
        public Builder replyTimeout(Duration timeout) {
            replyTimeout = timeout;
            return this;
        }

        /**
         * How long the SDK tries to send a message, over reconnects, before it gives up; 30 seconds by default.
         *
         * @param timeout for each message
         * @return this
         */
        public Builder sendTimeout(Duration timeout) {
            sendTimeout = timeout;
            return this;
        }

        /**
         * How long an attempt to connect may take; 10 seconds by default.
         *
         * @param timeout for each attempt
         * @return this
         */
        public Builder connectTimeout(Duration timeout) {
            connectTimeout = timeout;
            return this;
        }

        /**
         * How often a silent connection is tried; 180 seconds by default. The server ends connections that are silent
         * for about six minutes.
         *
         * @param interval between two heartbeats
         * @return this
         */
        public Builder heartbeat(Duration interval) {
            heartbeat = interval;
            return this;
        }

        /**
         * The waits before attempts to reconnect: from half of the first one up, doubled each time, at random within
         * their upper half; 1 second and 2 minutes by default.
         *
         * @param first the longest first wait
         * @param longest no wait is longer
         * @return this
         */
        public Builder retry(Duration first, Duration longest) {
            firstRetry = first;
            longestRetry = longest;
            return this;
        }

        /** For tests: waits that can be repeated. */
        Builder random(Random numbers) {
            random = numbers;
            return this;
        }

        /** For tests: a clock of their own. */
        Builder loop(LoopThread thread) {
            loop = thread;
            return this;
        }

        /**
         * Finishes.
         *
         * @return the options
         */
        public AVIMOptions build() {
            return new AVIMOptions(this);
        }
    }
}
