package io.parley.core.outbox;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.parley.core.app.App;
import io.parley.core.app.Apps;
import io.parley.core.command.AppId;
import io.parley.core.outbox.Courier.Failure;
import io.parley.core.outbox.Courier.Outcome;
import io.parley.core.outbox.Courier.Pace;
import io.parley.core.outbox.Outbox.Waiting;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/// Sees to it that jobs are done: claims them as soon as they are added, hands them to their courier on a virtual
/// thread, and settles the claim. Thread-safe.
///
/// Lanes are worked on side by side, as many per app and purpose as the courier's pace says, so that an
/// application whose server is dead holds up nobody else. Nothing runs, and nothing is asked, while nothing waits;
/// only every [#LOOK_AROUND] the store is asked for what another process has left behind.
public final class Couriers implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Couriers.class);

    /// A claim that is not settled after this time is void.
    public static final Duration LEASE = Duration.ofMinutes(5);

    /// How often the log repeats why jobs are given up.
    private static final Duration TELL_AGAIN = Duration.ofMinutes(10);

    static final Duration LOOK_AROUND = Duration.ofSeconds(30);

    /// How long dead letters are kept.
    static final Duration DEAD_KEPT = Duration.ofDays(30);

    private final Apps apps;
    private final Outbox outbox;
    private final Clock clock;
    private final Map<Purpose, Courier> couriers = new EnumMap<>(Purpose.class);
    private final Map<Place, Desk> desks = new ConcurrentHashMap<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("parley-outbox").factory());
    private final Map<Purpose, AtomicInteger> waiting = new EnumMap<>(Purpose.class);
    private final AtomicInteger dead = new AtomicInteger();
    private final MeterRegistry meters;
    private volatile boolean closing;

    private record Place(AppId app, Purpose purpose) {}

    /// What the log said last about jobs given up.
    private record Told(String reason, Instant at) {}

    /// @param couriers one for each purpose there may be jobs of
    public Couriers(Apps apps, Outbox outbox, List<? extends Courier> couriers, Clock clock, MeterRegistry meters) {
        this.apps = apps;
        this.outbox = outbox;
        this.clock = clock;
        this.meters = meters;
        for (Courier courier : couriers) this.couriers.put(courier.purpose(), courier);
        for (Purpose purpose : Purpose.values()) {
            AtomicInteger count = new AtomicInteger();
            waiting.put(purpose, count);
            Gauge.builder("parley.outbox.waiting", count, AtomicInteger::get)
                    .description("jobs that wait to be done, as of the last look")
                    .tag("purpose", name(purpose))
                    .register(meters);
        }
        Gauge.builder("parley.outbox.dead", dead, AtomicInteger::get)
                .description("jobs that were given up and are kept for a look, as of the last look")
                .register(meters);
    }

    private static String name(Purpose purpose) {
        return purpose.name().toLowerCase(java.util.Locale.ROOT);
    }

    /// Begins with what an earlier process has left.
    public void start() {
        outbox.listen(new Outbox.Listener() {
            @Override
            public void added(AppId app, Purpose purpose) {
                wake(app, purpose);
            }

            @Override
            public void added(AppId app, Purpose purpose, Instant dueAt) {
                wakeAt(new Place(app, purpose), dueAt);
            }
        });
        timer.scheduleWithFixedDelay(
                () -> Thread.ofVirtual().name("outbox look").start(this::lookAround),
                0,
                LOOK_AROUND.toMillis(),
                TimeUnit.MILLISECONDS);
        timer.scheduleWithFixedDelay(
                () -> Thread.ofVirtual().name("outbox trim").start(this::trim), 1, 60, TimeUnit.MINUTES);
    }

    private void lookAround() {
        try {
            Map<Purpose, Long> jobs = new EnumMap<>(Purpose.class);
            for (Waiting found : outbox.waiting()) {
                jobs.merge(found.purpose(), found.jobs(), Long::sum);
                wakeAt(new Place(found.app(), found.purpose()), found.dueAt());
            }
            waiting.forEach(
                    (purpose, count) -> count.set((int) Math.min(Integer.MAX_VALUE, jobs.getOrDefault(purpose, 0L))));
            dead.set((int) Math.min(Integer.MAX_VALUE, outbox.deadCount()));
        } catch (RuntimeException e) {
            if (!closing) log.warn("the outbox could not be looked at, trying again later", e);
        }
    }

    private void trim() {
        try {
            outbox.trim(clock.instant().minus(DEAD_KEPT));
        } catch (RuntimeException e) {
            if (!closing) log.warn("old dead letters stay, trying again later", e);
        }
    }

    private void wakeAt(Place place, Instant due) {
        // In whole milliseconds on both sides, as the store compares: 0.9 ms too early is too early.
        long delay = due.toEpochMilli() - clock.millis();
        if (delay <= 0) {
            wake(place.app, place.purpose);
            return;
        }
        if (delay > LOOK_AROUND.toMillis()) return; // the next look comes before it
        try {
            // Looks at the clock again then: it is not the timer's, may have been set back, and nothing is due too
            // early.
            timer.schedule(() -> wakeAt(place, due), delay, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            log.debug("closing: jobs wait for the next start purpose={}", place.purpose);
        }
    }

    private void wake(AppId app, Purpose purpose) {
        Courier courier = couriers.get(purpose);
        if (courier == null || closing) return;
        Optional<App> known = apps.find(app);
        if (known.isEmpty()) return;
        desks.computeIfAbsent(
                        new Place(app, purpose),
                        place -> new Desk(
                                place, courier, courier.pace(known.get()).lanes()))
                .wake();
    }

    /// Where the jobs of one app and purpose are handed out.
    private final class Desk {
        private final Place place;
        private final Courier courier;
        private final Semaphore free;
        private final AtomicInteger calls = new AtomicInteger();
        private final Counter done;
        private final Counter failed;
        private final Counter died;
        private final AtomicReference<Told> told = new AtomicReference<>(new Told("", Instant.EPOCH));

        Desk(Place place, Courier courier, int lanes) {
            this.place = place;
            this.courier = courier;
            this.free = new Semaphore(lanes);
            done = counter("parley.outbox.done", "jobs done");
            failed = counter("parley.outbox.failed", "attempts that failed");
            died = counter("parley.outbox.died", "jobs given up");
        }

        /// A reason that many jobs share is told once in a while; the metrics count them all.
        private boolean isNews(String reason) {
            Instant now = clock.instant();
            Told last =
                    told.getAndUpdate(before -> before.reason.equals(reason) && now.isBefore(before.at.plus(TELL_AGAIN))
                            ? before
                            : new Told(reason, now));
            return !last.reason.equals(reason) || !now.isBefore(last.at.plus(TELL_AGAIN));
        }

        private Counter counter(String name, String description) {
            return Counter.builder(name)
                    .description(description)
                    .tag("purpose", name(place.purpose))
                    .register(meters);
        }

        /// One thread hands out; calls meanwhile make it look again.
        void wake() {
            if (calls.getAndIncrement() == 0)
                Thread.ofVirtual().name("outbox " + place.purpose).start(this::handOut);
        }

        private void handOut() {
            int seen = 1;
            do {
                try {
                    claim();
                } catch (RuntimeException e) {
                    if (!closing)
                        log.warn("jobs could not be claimed, trying again later purpose={}", place.purpose, e);
                }
                seen = calls.addAndGet(-seen);
            } while (seen != 0);
        }

        private void claim() {
            App app = apps.find(place.app).orElse(null);
            if (app == null) return;
            Pace pace = courier.pace(app);
            while (!closing) {
                int lanes = free.drainPermits();
                if (lanes == 0) return; // who finishes calls again
                List<Batch> batches = List.of();
                try {
                    batches = outbox.claim(place.app, place.purpose, lanes, pace.perLane(), LEASE);
                } finally {
                    free.release(lanes - batches.size());
                }
                for (Batch batch : batches)
                    Thread.ofVirtual().name("outbox " + place.purpose).start(() -> work(app, pace, batch));
                if (batches.size() < lanes) return;
            }
        }

        private void work(App app, Pace pace, Batch batch) {
            try {
                settle(pace, batch, deliver(app, batch));
            } catch (RuntimeException e) {
                if (!closing) log.warn("a claim could not be settled: it is done again purpose={}", place.purpose, e);
            } finally {
                free.release();
                if (!closing) wake();
            }
        }

        private Outcome deliver(App app, Batch batch) {
            try {
                return courier.deliver(app, batch);
            } catch (RuntimeException e) {
                if (!closing) log.error("a courier failed purpose={} app={}", place.purpose, place.app, e);
                return Outcome.failed(
                        0, new Failure(1, false, "failed: " + e.getClass().getSimpleName()));
            }
        }

        private void settle(Pace pace, Batch batch, Outcome outcome) {
            done.increment(outcome.done());
            if (outcome.failure().isEmpty()) {
                outbox.settle(batch, new Settlement(outcome.done(), 0, 0, "", Optional.empty(), outcome.followUps()));
                return;
            }
            Failure failure = outcome.failure().get();
            failed.increment();
            int attempts = (outcome.done() > 0 ? 0 : batch.attempts()) + 1;
            boolean giveUp = failure.hopeless() || attempts >= pace.attempts();
            if (giveUp) {
                died.increment(failure.jobs());
                log.atLevel(isNews(failure.reason()) ? Level.WARN : Level.DEBUG)
                        .log(
                                "jobs were given up purpose={} app={} jobs={} attempts={} reason={}",
                                place.purpose,
                                place.app,
                                failure.jobs(),
                                attempts,
                                failure.reason());
                // Those behind get one attempt each until one succeeds: a dead server must not hold them for ever.
                int next = failure.hopeless() ? 0 : attempts - 1;
                outbox.settle(
                        batch,
                        new Settlement(
                                outcome.done(),
                                failure.jobs(),
                                next,
                                failure.reason(),
                                Optional.empty(),
                                outcome.followUps()));
                return;
            }
            log.debug("a job failed purpose={} app={} reason={}", place.purpose, place.app, failure.reason());
            Instant again = clock.instant().plus(pause(pace, attempts, failure.retryAfter()));
            outbox.settle(
                    batch,
                    new Settlement(
                            outcome.done(), 0, attempts, failure.reason(), Optional.of(again), outcome.followUps()));
            wakeAt(place, again);
        }
    }

    /// What the other side asks for, when that is longer; but nobody makes us wait longer than the pace says.
    static Duration pause(Pace pace, int attempts, Duration asked) {
        Duration own = backOff(pace, attempts);
        Duration heeded = asked.compareTo(pace.maxPatience()) < 0 ? asked : pace.maxPatience();
        return own.compareTo(heeded) > 0 ? own : heeded;
    }

    /// Doubled each time, and shortened by up to a half, so that lanes that failed together do not come back
    /// together.
    static Duration backOff(Pace pace, int attempts) {
        long longest = pace.maxPatience().toMillis();
        long wait = Math.min(longest, pace.patience().toMillis() << Math.min(20, attempts - 1));
        return Duration.ofMillis(wait - ThreadLocalRandom.current().nextLong(wait / 2 + 1));
    }

    /// Hands out nothing more. What is being done is done again after the next start, unless it ends before the store
    /// is closed.
    @Override
    public void close() {
        closing = true;
        timer.shutdownNow();
    }
}
