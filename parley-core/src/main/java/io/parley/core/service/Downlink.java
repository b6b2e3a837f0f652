package io.parley.core.service;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.parley.core.app.App;
import io.parley.core.command.AppId;
import io.parley.core.command.ClientId;
import io.parley.core.command.Content;
import io.parley.core.command.ConversationKey;
import io.parley.core.command.ErrorCode;
import io.parley.core.command.Event.MessageArrived;
import io.parley.core.command.Event.MessagesPatched;
import io.parley.core.command.Mentions;
import io.parley.core.command.Refusal;
import io.parley.core.command.StoredMessage;
import io.parley.core.command.Subscription;
import io.parley.core.conversation.Conversation;
import io.parley.core.delivery.Delivery;
import io.parley.core.message.Aftermath;
import io.parley.core.message.Audience;
import io.parley.core.message.Draft;
import io.parley.core.message.MessageLog;
import io.parley.core.message.MessageLog.Ticket;
import io.parley.core.message.Messages;
import io.parley.core.message.Screening;
import io.parley.core.message.Screening.Screened;
import io.parley.core.message.ServiceLog;
import io.parley.core.outbox.Job;
import io.parley.core.push.Push;
import io.parley.core.session.Application;
import io.parley.core.session.Outgoing;
import io.parley.core.session.Session;
import io.parley.core.session.Sessions;
import io.parley.core.subscription.Subscriptions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/// Messages from the application to the clients of service conversations. Thread-safe; may block: a send returns
/// when the message is on its way to all who are online.
public final class Downlink {
    /// Clients that are looked up, and told, at a time: little enough that nobody waits long for the store in
    /// between.
    private static final int PORTION = 500;

    private final Subscriptions subscriptions;
    private final MessageLog log;
    private final ServiceLog services;
    private final Screening screening;
    private final Delivery delivery;
    private final Sessions sessions;
    private final Push push;
    private final Aftermath aftermath;
    private final Counter sent;

    // Storing and delivering are one step each, so that every client gets the messages of a conversation in their
    // order, and its broadcasts too: whoever has one has all before it. Conversations share locks.
    private final ReentrantLock[] ofConversation = locks();
    private final ReentrantLock[] ofBroadcast = locks();

    public Downlink(
            Subscriptions subscriptions,
            MessageLog log,
            ServiceLog services,
            Screening screening,
            Delivery delivery,
            Sessions sessions,
            Push push,
            Aftermath aftermath,
            MeterRegistry meters) {
        this.subscriptions = subscriptions;
        this.log = log;
        this.services = services;
        this.screening = screening;
        this.delivery = delivery;
        this.sessions = sessions;
        this.push = push;
        this.aftermath = aftermath;
        this.sent = Counter.builder("parley.service.messages")
                .description("messages of the application to clients of service conversations")
                .register(meters);
    }

    private static ReentrantLock[] locks() {
        ReentrantLock[] locks = new ReentrantLock[64];
        for (int i = 0; i < locks.length; i++) locks[i] = new ReentrantLock();
        return locks;
    }

    private static ReentrantLock lock(ReentrantLock[] locks, Object key) {
        return locks[Math.floorMod(key.hashCode(), locks.length)];
    }

    /// The word filter and the application's hook have their say first, while nobody waits for their answer but the
    /// caller. Source: semantics 10.2.
    Ticket send(App app, Conversation service, Outbound message, Audience audience) {
        Messages.checkSize(app.settings(), message.content(), message.pushData());
        var speaker = new Application(app).as(message.from());
        Screened screened =
                screening.send(speaker, service, named(audience), message.content(), message.transientMessage(), false);
        Audience wanted =
                screened.recipients().<Audience>map(Audience.Clients::new).orElse(audience);
        sent.increment();
        return sendInTurn(speaker, service, message.with(screened.content()), wanted);
    }

    /// Those who are few enough to be named.
    private static Collection<ClientId> named(Audience audience) {
        return audience instanceof Audience.Clients(var clients) ? new TreeSet<>(clients) : List.of();
    }

    private Ticket sendInTurn(Application app, Conversation service, Outbound message, Audience audience) {
        if (!(audience instanceof Audience.Everybody)) return sendInOrder(app, service, message, audience);
        ReentrantLock broadcast = lock(ofBroadcast, app.app().id());
        broadcast.lock();
        try {
            return sendInOrder(app, service, message, audience);
        } finally {
            broadcast.unlock();
        }
    }

    private Ticket sendInOrder(Application app, Conversation service, Outbound message, Audience audience) {
        ReentrantLock lock = lock(ofConversation, service.key());
        lock.lock();
        try {
            return message.transientMessage()
                    ? pass(app, service, message, audience)
                    : store(app, service, message, audience);
        } finally {
            lock.unlock();
        }
    }

    private Ticket pass(Application speaker, Conversation service, Outbound message, Audience audience) {
        Ticket ticket = log.ticket(service.key());
        var arrived = new MessageArrived(
                service.id(),
                service.kind(),
                ticket.id(),
                ticket.timestamp(),
                message.from(),
                message.content(),
                Mentions.NONE,
                true,
                0,
                false,
                false);
        AppId app = service.key().app();
        switch (audience) {
            case Audience.Clients(var clients) -> delivery.deliver(app, clients, arrived, Optional.empty());
            case Audience.Everybody everybody ->
                delivery.deliver(app, sessions.clients(app), arrived, Optional.empty());
            case Audience.Subscribers subscribers -> tellSubscribers(service, new Outgoing(app, arrived), any());
            case Audience.Members members -> throw new IllegalArgumentException("a service has no members");
        }
        aftermath.passed(speaker, service, ticket, arrived, recipients(audience));
        return ticket;
    }

    private static Optional<Set<ClientId>> recipients(Audience audience) {
        return audience instanceof Audience.Clients(var clients) ? Optional.of(clients) : Optional.empty();
    }

    private Ticket store(Application speaker, Conversation service, Outbound message, Audience audience) {
        Draft draft = new Draft(
                service.key(),
                message.from(),
                message.content(),
                Mentions.NONE,
                false,
                Optional.empty(),
                message.pushData(),
                audience);
        Optional<Draft.FollowUp> told = aftermath.of(speaker, service, draft, recipients(audience));
        StoredMessage stored = log.append(draft.with(Optional.of(ticket -> {
                    List<Job> jobs = new ArrayList<>(notifications(speaker.app(), service, message, audience, ticket));
                    told.ifPresent(more -> jobs.addAll(more.of(ticket)));
                    return jobs;
                })))
                .message();
        var outgoing = new Outgoing(service.key().app(), MessageArrived.live(service.id(), service.kind(), stored));
        switch (audience) {
            case Audience.Clients(var clients) -> delivery.deliver(outgoing, clients, any());
            case Audience.Everybody everybody -> tellEverybody(service.key(), stored, outgoing);
            case Audience.Subscribers subscribers -> tellSubscribers(service, outgoing, any());
            case Audience.Members members -> throw new IllegalArgumentException("a service has no members");
        }
        return new Ticket(stored.id(), stored.timestamp());
    }

    private List<Job> notifications(App app, Conversation service, Outbound message, Audience audience, Ticket ticket) {
        var told = new Push.ServiceMessage(
                service.id(), ticket.id(), ticket.timestamp(), message.from(), message.pushData());
        Optional<Job> job = switch (audience) {
            case Audience.Clients(var clients) -> push.toClients(app, told, clients);
            case Audience.Everybody everybody -> push.toEverybody(app, told);
            case Audience.Subscribers subscribers -> push.toSubscribers(app, told);
            case Audience.Members members -> Optional.empty();
        };
        return job.stream().toList();
    }

    private static Predicate<Session> any() {
        return session -> true;
    }

    private void tellSubscribers(Conversation service, Outgoing outgoing, Predicate<Session> wanted) {
        Optional<ClientId> last = Optional.empty();
        List<Subscription> page;
        do {
            page = subscriptions.page(service, last, PORTION);
            if (page.isEmpty()) return;
            delivery.deliver(outgoing, page.stream().map(Subscription::client).toList(), wanted);
            last = Optional.of(page.getLast().client());
        } while (page.size() == PORTION);
    }

    /// Those who come while this goes on get the broadcast when they come; see [ServiceLog#receiveDue].
    private void tellEverybody(ConversationKey service, StoredMessage broadcast, Outgoing outgoing) {
        List<ClientId> online = sessions.clients(service.app());
        for (int from = 0; from < online.size(); from += PORTION) {
            Collection<ClientId> portion = online.subList(from, Math.min(from + PORTION, online.size()));
            delivery.deliver(outgoing, services.receive(service, broadcast, portion), any());
        }
    }

    /// Source: semantics 4.4, 6.8; rest 8.
    void modify(App app, Conversation service, Change change, List<ClientId> clients) {
        Content content = change.content().orElse(Content.RECALLED);
        Messages.checkSize(app.settings(), content, Optional.empty());
        StoredMessage before = find(service, change);
        boolean toSubscribers = clients.isEmpty() && services.isForSubscribers(service.key(), before);
        List<ClientId> addressed = addressed(service, before, clients);
        if (!clients.isEmpty() && addressed.isEmpty()) throw notFound(change, service);
        boolean recall = change.content().isEmpty();
        var speaker = new Application(app).as(change.from());
        Screened screened = screening.edit(speaker, service, addressed, before, content, recall);
        StoredMessage after = log.patch(
                        service.key(), before.id(), before.timestamp(), screened.content(), Optional.empty(), recall)
                .orElseThrow(() -> notFound(change, service));
        var patched =
                new Outgoing(app.id(), new MessagesPatched(List.of(new MessagesPatched.Patched(service.id(), after))));
        // Who has received a broadcast is not told that it has changed since. Source: semantics 4.4
        if (toSubscribers)
            tellSubscribers(service, patched, session -> session.capabilities().patches());
        else
            delivery.deliver(
                    patched, addressed, session -> session.capabilities().patches());
    }

    void delete(Conversation service, ClientId client, Change change) {
        StoredMessage message = find(service, change);
        boolean gone = services.isForSubscribers(service.key(), message)
                ? log.delete(service.key(), message.id(), message.timestamp())
                : services.remove(service.key(), client, message);
        if (!gone) throw notFound(change, service);
    }

    private StoredMessage find(Conversation service, Change change) {
        StoredMessage message = log.find(service.key(), change.message(), change.timestamp())
                .orElseThrow(() -> notFound(change, service));
        if (!message.from().equals(change.from()))
            throw Refusal.of(
                    ErrorCode.MESSAGE_OWNERSHIP_REQUIRED,
                    "message \"%s\" was not sent by \"%s\"",
                    change.message(),
                    change.from());
        return message;
    }

    private List<ClientId> addressed(Conversation service, StoredMessage message, List<ClientId> clients) {
        List<ClientId> addressed = new ArrayList<>();
        for (ClientId client : clients) if (services.isAddressed(service.key(), client, message)) addressed.add(client);
        return addressed;
    }

    private static Refusal notFound(Change change, Conversation service) {
        return Refusal.of(
                ErrorCode.MESSAGE_NOT_FOUND,
                "there is no such message \"%s\" in \"%s\", or not for these clients",
                change.message(),
                service.id());
    }
}
