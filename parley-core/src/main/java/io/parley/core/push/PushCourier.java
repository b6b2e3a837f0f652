package io.parley.core.push;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.parley.core.app.App;
import io.parley.core.command.ClientId;
import io.parley.core.command.ConversationKey;
import io.parley.core.command.Subscription;
import io.parley.core.outbox.Batch;
import io.parley.core.outbox.Courier;
import io.parley.core.outbox.Job;
import io.parley.core.outbox.Purpose;
import io.parley.core.push.PushJob.Find;
import io.parley.core.push.PushJob.Receiver;
import io.parley.core.push.PushJob.Send;
import io.parley.core.push.PushOutcome.Status;
import io.parley.core.record.ClassNames;
import io.parley.core.record.RecordKey;
import io.parley.core.record.Row;
import io.parley.core.session.Sessions;
import io.parley.core.subscription.SubscriptionStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Finds the devices of pushes and has them notified. Thread-safe.
///
/// When some devices of a job got their notification and others have to wait, the job is done, and another one for
/// those others takes its place: nobody is notified twice because of somebody else.
public final class PushCourier implements Courier {
    private static final int SUBSCRIBERS = 500;

    /// Beyond this, the rest of a batch waits for the next claim.
    private static final Duration ENOUGH = Duration.ofMinutes(1);

    private final Devices devices;
    private final Plan plan;
    private final PushProviders providers;
    private final PushLog log;
    private final SubscriptionStore subscriptions;
    private final Sessions sessions;
    private final Clock clock;
    private final MeterRegistry meters;

    PushCourier(
            Devices devices,
            Plan plan,
            PushProviders providers,
            PushLog log,
            SubscriptionStore subscriptions,
            Sessions sessions,
            Clock clock,
            MeterRegistry meters) {
        this.devices = devices;
        this.plan = plan;
        this.providers = providers;
        this.log = log;
        this.subscriptions = subscriptions;
        this.sessions = sessions;
        this.clock = clock;
        this.meters = meters;
    }

    @Override
    public Purpose purpose() {
        return Purpose.PUSH;
    }

    /// About an hour in all: a chat's notification that comes later surprises more than it helps.
    @Override
    public Pace pace(App app) {
        return new Pace(16, 20, 12, Duration.ofSeconds(1), Duration.ofMinutes(10));
    }

    @Override
    public Outcome deliver(App app, Batch batch) {
        Instant until = clock.instant().plus(ENOUGH);
        List<Job> followUps = new ArrayList<>();
        int done = 0;
        for (String payload : batch.payloads()) {
            Optional<Failure> failure = switch (PushJob.of(payload)) {
                case Find find -> {
                    followUps.addAll(find(app, find));
                    yield Optional.empty();
                }
                case Send send -> {
                    boolean last =
                            (done > 0 ? 0 : batch.attempts()) + 1 >= pace(app).attempts();
                    yield send(app, send, batch.lane(), last, followUps);
                }
            };
            if (failure.isPresent()) return new Outcome(done, failure, followUps);
            done++;
            if (clock.instant().isAfter(until)) break;
        }
        return new Outcome(done, Optional.empty(), followUps);
    }

    private List<Job> find(App app, Find find) {
        if (clock.instant().isAfter(find.expiresAt())) return List.of();
        if (find.scheduled() && log.find(app.id(), find.id()).isEmpty()) return List.of(); // withdrawn
        return switch (find.audience()) {
            case Audience.Matching matching -> {
                Devices.Portion portion = devices.portion(app.id(), matching, find.after());
                yield portion(app, find, portion.rows(), Set.of(), portion.next());
            }
            case Audience.Subscribers(var service) -> {
                List<Subscription> page = subscriptions.page(
                        new ConversationKey(app.id(), service), find.after().map(ClientId::new), SUBSCRIBERS);
                Set<ClientId> clients = new HashSet<>();
                for (Subscription subscription : page) if (!subscription.muted()) clients.add(subscription.client());
                Optional<String> next = page.size() < SUBSCRIBERS
                        ? Optional.empty()
                        : Optional.of(page.getLast().client().value());
                yield portion(app, find, devices.ofClients(app.id(), clients), clients, next);
            }
            case Audience.Clients(var service, var clients) -> {
                Set<ClientId> offline = new HashSet<>(clients);
                offline.removeIf(client -> sessions.online(app.id(), client)
                        || subscriptions
                                .find(new ConversationKey(app.id(), service), client)
                                .filter(Subscription::muted)
                                .isPresent());
                yield portion(app, find, devices.ofClients(app.id(), offline), offline, Optional.empty());
            }
            case Audience.Devices named ->
                portion(app, find, devices.named(app.id(), named), Set.of(), Optional.empty());
        };
    }

    /// Portions go side by side, a few at a time; the next one is looked for meanwhile.
    private List<Job> portion(App app, Find find, List<Row> rows, Set<ClientId> clients, Optional<String> next) {
        int side = Math.floorMod(find.after().hashCode(), 4);
        List<Job> jobs = new ArrayList<>(plan.of(app, find, rows, clients, "push " + find.id() + " " + side));
        next.ifPresent(last -> jobs.add(find.next(last).job(app.id(), Push.lane(find.id()))));
        return jobs;
    }

    private Optional<Failure> send(App app, Send send, String lane, boolean lastAttempt, List<Job> followUps) {
        List<PushOutcome> outcomes = new ArrayList<>();
        if (clock.instant().isAfter(send.expiresAt())) {
            for (Receiver receiver : send.receivers()) outcomes.add(outcome(send, receiver, Status.EXPIRED, ""));
            note(app, send, outcomes);
            return Optional.empty();
        }
        Map<String, Row> rows = devices.byId(
                app.id(), send.receivers().stream().map(Receiver::device).toList());
        List<Receiver> receivers = new ArrayList<>();
        List<Target> targets = new ArrayList<>();
        for (Receiver receiver : send.receivers()) {
            Row row = rows.get(receiver.device());
            if (row == null || Platform.ofInstallation(row.data()) != send.platform()) {
                outcomes.add(outcome(send, receiver, Status.REJECTED, "the device is gone"));
                continue;
            }
            receivers.add(receiver);
            targets.add(target(row, send.platform(), receiver));
        }
        List<PushResult> results =
                targets.isEmpty() ? List.of() : providers.send(app, send.platform(), notification(send), targets);
        List<Receiver> rest = new ArrayList<>();
        Optional<Failure> failure = Optional.empty();
        for (int i = 0; i < receivers.size(); i++) {
            Receiver receiver = receivers.get(i);
            switch (results.get(i)) {
                case PushResult.Accepted accepted -> outcomes.add(outcome(send, receiver, Status.ACCEPTED, ""));
                case PushResult.InvalidToken(var reason) -> {
                    devices.retire(
                            new RecordKey(app.id(), ClassNames.INSTALLATION, receiver.device()),
                            targets.get(i).token());
                    outcomes.add(outcome(send, receiver, Status.INVALID_TOKEN, reason));
                }
                case PushResult.Rejected(var reason) -> outcomes.add(outcome(send, receiver, Status.REJECTED, reason));
                case PushResult.Later(var reason, var retryAfter) -> {
                    rest.add(receiver);
                    if (failure.isEmpty()) failure = Optional.of(failure(send, false, reason, retryAfter));
                }
                case PushResult.Unauthorized(var reason) -> {
                    rest.add(receiver);
                    failure = Optional.of(failure(send, true, reason, Duration.ZERO));
                }
            }
        }
        return settle(app, send, new Unsettled(rest, failure, lastAttempt), outcomes, lane, followUps);
    }

    private record Unsettled(List<Receiver> rest, Optional<Failure> failure, boolean lastAttempt) {}

    private Optional<Failure> settle(
            App app, Send send, Unsettled unsettled, List<PushOutcome> outcomes, String lane, List<Job> followUps) {
        boolean progress = !outcomes.isEmpty();
        boolean giveUp = !progress
                && (unsettled.lastAttempt
                        || unsettled.failure.filter(Failure::hopeless).isPresent());
        String reason = unsettled.failure.map(Failure::reason).orElse("");
        for (Receiver receiver : unsettled.rest)
            outcomes.add(outcome(send, receiver, giveUp ? Status.GIVEN_UP : Status.RETRYING, reason));
        note(app, send, outcomes);
        if (unsettled.rest.isEmpty()) return Optional.empty();
        if (!progress) return unsettled.failure;
        Optional<Instant> notBefore = unsettled
                .failure
                .map(Failure::retryAfter)
                .filter(Duration::isPositive)
                .map(asked -> clock.instant().plus(shorter(asked, pace(app).maxPatience())));
        followUps.add(
                new Send(send.id(), send.content(), send.expiresAt(), send.detailed(), send.platform(), unsettled.rest)
                        .job(app.id(), lane, notBefore));
        return Optional.empty();
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static Failure failure(Send send, boolean hopeless, String reason, Duration retryAfter) {
        return new Failure(1, hopeless, send.platform().key() + ": " + reason, retryAfter);
    }

    private PushOutcome outcome(Send send, Receiver receiver, Status status, String reason) {
        return new PushOutcome(receiver.device(), send.platform(), receiver.client(), status, reason, clock.instant());
    }

    private void note(App app, Send send, List<PushOutcome> outcomes) {
        for (PushOutcome outcome : outcomes)
            Counter.builder("parley.push.devices")
                    .description("devices by what became of their notification")
                    .tag("provider", send.platform().key())
                    .tag("result", outcome.status().name().toLowerCase(Locale.ROOT))
                    .register(meters)
                    .increment();
        if (!outcomes.isEmpty()) log.note(app.id(), send.id(), outcomes, send.detailed());
    }

    private static Notification notification(Send send) {
        return new Notification(
                send.id(),
                send.content().on(send.platform()),
                send.content().development(),
                send.content().team(),
                send.content().topic(),
                send.expiresAt());
    }

    private static Target target(Row row, Platform platform, Receiver receiver) {
        return new Target(
                row.id(),
                platform.token(row.data()),
                Devices.profile(row.data()),
                Optional.of(row.data().path("apnsTopic").asText("")).filter(topic -> !topic.isEmpty()),
                Optional.of(row.data().path("apnsTeamId").asText("")).filter(team -> !team.isEmpty()),
                receiver.badge());
    }
}
