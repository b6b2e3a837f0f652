package io.parley.core.push;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.MeterRegistry;
import io.parley.core.app.App;
import io.parley.core.command.AppId;
import io.parley.core.command.ClientId;
import io.parley.core.command.ConversationId;
import io.parley.core.command.Kind;
import io.parley.core.command.MessageId;
import io.parley.core.command.StoredMessage;
import io.parley.core.conversation.Conversation;
import io.parley.core.outbox.Job;
import io.parley.core.record.RecordStore;
import io.parley.core.session.Sessions;
import io.parley.core.subscription.SubscriptionStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Offline push: decides when, with what, and to which devices, and leaves the rest to the outbox. Thread-safe; may
/// block. Source: semantics 13.
public final class Push {
    private final Devices devices;
    private final Plan plan;
    private final PushLog log;
    private final Clock clock;
    private final PushCourier courier;

    /// What it needs of the store.
    public record Stores(RecordStore records, PushLog log, SubscriptionStore subscriptions) {}

    public Push(PushProviders providers, Stores stores, Sessions sessions, Clock clock, MeterRegistry meters) {
        this.devices = new Devices(stores.records, clock);
        this.plan = new Plan(devices, providers);
        this.log = stores.log;
        this.clock = clock;
        this.courier = new PushCourier(devices, plan, providers, log, stores.subscriptions, sessions, clock, meters);
    }

    /// Does the jobs that are made here.
    public PushCourier courier() {
        return courier;
    }

    static String lane(String push) {
        return "push " + push;
    }

    /// Whether a message may lead to a push, if nobody else has a say in it. Costs a look at the settings.
    ///
    /// @param senderData what the sender wants it to say
    public boolean mayFollow(App app, Optional<String> senderData) {
        return app.settings().push().any()
                && (!app.settings().push().content().isBlank()
                        || senderData.filter(data -> !data.isBlank()).isPresent());
    }

    /// A message whose recipients are not all here.
    ///
    /// @param offline the recipients who are not
    /// @param hookData what the application's hook wants the notification to say
    /// @param senderData what the sender wants it to say
    /// @param force notify also those who muted the conversation
    public record Missed(
            Conversation conversation,
            StoredMessage message,
            Collection<ClientId> offline,
            Optional<JsonNode> hookData,
            Optional<String> senderData,
            boolean force) {}

    /// The jobs that notify those who miss a message: one for each platform that they have devices of. Counts on the
    /// badges of their devices.
    public List<Job> ofMessage(App app, Missed missed) {
        Conversation conversation = missed.conversation;
        boolean pushed = conversation.kind() == Kind.NORMAL || conversation.kind() == Kind.TEMPORARY;
        if (!app.settings().push().any() || !pushed) return List.of();
        Set<ClientId> clients = new HashSet<>(missed.offline);
        if (!missed.force) clients.removeAll(conversation.muted());
        clients.remove(missed.message.from());
        if (clients.isEmpty()) return List.of();
        Optional<PushContent> content = content(app, conversation.id(), missed);
        if (content.isEmpty()) return List.of();
        var push = new PushJob.Send(
                missed.message.id().value(),
                content.get(),
                expiry(app, missed.message.timestamp()),
                true,
                Platform.OTHER,
                List.of());
        return plan.of(
                app,
                push,
                devices.ofClients(app.id(), clients),
                clients,
                conversation.id().value());
    }

    private static Optional<PushContent> content(App app, ConversationId conversation, Missed missed) {
        return missed.hookData
                .flatMap(PushContent::of)
                .or(() -> missed.senderData.flatMap(PushContent::of))
                .or(() -> fixed(app, conversation, missed.message.from(), missed.message.timestamp()));
    }

    private static Optional<PushContent> fixed(App app, ConversationId conversation, ClientId from, long timestamp) {
        return PushContent.ofTemplate(
                app.settings().push().content(),
                Map.of(
                        "convId",
                        conversation.value(),
                        "timestamp",
                        Long.toString(timestamp),
                        "fromClientId",
                        from.value()));
    }

    private static Instant expiry(App app, long from) {
        return Instant.ofEpochMilli(from).plus(app.settings().push().expiry());
    }

    /// A message of a service conversation.
    public record ServiceMessage(
            ConversationId service, MessageId id, long timestamp, ClientId from, Optional<String> data) {}

    /// The job that notifies the devices of everybody, whether they are here or not, if the message says with what.
    public Optional<Job> toEverybody(App app, ServiceMessage message) {
        return ofService(app, message, message.data.flatMap(PushContent::of), Audience.everybody());
    }

    /// The job that notifies the devices of all subscribers, whether they are here or not, if the message says with
    /// what.
    public Optional<Job> toSubscribers(App app, ServiceMessage message) {
        return ofService(
                app, message, message.data.flatMap(PushContent::of), new Audience.Subscribers(message.service));
    }

    /// The job that notifies those of the clients who are not here.
    public Optional<Job> toClients(App app, ServiceMessage message, Collection<ClientId> clients) {
        Optional<PushContent> content = message.data
                .flatMap(PushContent::of)
                .or(() -> fixed(app, message.service, message.from, message.timestamp));
        return ofService(app, message, content, new Audience.Clients(message.service, List.copyOf(clients)));
    }

    private static Optional<Job> ofService(
            App app, ServiceMessage message, Optional<PushContent> content, Audience audience) {
        if (!app.settings().push().any()) return Optional.empty();
        String id = message.id.value();
        return content.map(
                some -> new PushJob.Find(id, some, expiry(app, message.timestamp), audience, false, Optional.empty())
                        .job(app.id(), lane(id)));
    }

    /// Takes a push that the application asks for. When this returns, it will be sent.
    ///
    /// @return the record; that of the first request when this one is a repeat
    public PushRecord request(App app, PushRequest request) {
        Instant now = clock.instant();
        Optional<Instant> pushAt = request.pushAt().filter(now::isBefore);
        Duration life = app.settings().push().expiry();
        var push = new PushRecord(
                app.id(),
                request.id().orElseGet(PushIds::next),
                request.body(),
                now,
                pushAt,
                request.expiresAt().orElseGet(() -> pushAt.orElse(now).plus(life)));
        String lane =
                lane(push.id()) + pushAt.map(at -> " at " + at.toEpochMilli()).orElse("");
        Job job = new PushJob.Find(
                        push.id(),
                        request.content(),
                        push.expiresAt(),
                        request.audience(),
                        pushAt.isPresent(),
                        Optional.empty())
                .job(app.id(), lane, pushAt);
        return log.add(push, job, request.requestId(), now.minus(PushRequest.REPEATED))
                .orElse(push);
    }

    public Optional<PushRecord> find(AppId app, String id) {
        return log.find(app, id);
    }

    /// The newest first.
    public List<PushRecord> list(AppId app, Optional<Instant> before, int limit) {
        return log.list(app, before, limit);
    }

    /// Forgets a record; one whose time has not come is not sent.
    public boolean delete(AppId app, String id) {
        return log.delete(app, id);
    }

    /// What became of a push, by device; for a message's by its id. A push to everybody has numbers only.
    public List<PushOutcome> outcomes(AppId app, String push) {
        return log.outcomes(app, push, 1000);
    }

    /// How many devices ended how.
    public Map<Platform, Map<PushOutcome.Status, Long>> counts(AppId app, String push) {
        return log.counts(app, push);
    }

    /// Forgets what was known before the week that it is kept.
    public void trim() {
        log.trim(clock.instant().minus(PushLog.KEPT));
    }
}
