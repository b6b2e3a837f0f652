package io.parley.core.aftermath;

import io.parley.core.app.App;
import io.parley.core.command.ClientId;
import io.parley.core.command.Event.MessageArrived;
import io.parley.core.command.Kind;
import io.parley.core.conversation.Conversation;
import io.parley.core.hook.MessageHooks;
import io.parley.core.hook.OfflineHook;
import io.parley.core.message.Aftermath;
import io.parley.core.message.Draft;
import io.parley.core.message.MessageLog.Ticket;
import io.parley.core.outbox.Job;
import io.parley.core.outbox.Outbox;
import io.parley.core.outbox.Purpose;
import io.parley.core.push.Push;
import io.parley.core.record.Row;
import io.parley.core.session.Caller;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Decides, when a message is accepted, what has to be done because of it. Thread-safe.
public final class Consequences implements Aftermath {
    private final MessageHooks hooks;
    private final OfflineHook offline;
    private final Push push;
    private final Audiences audiences;
    private final Outbox outbox;

    public Consequences(MessageHooks hooks, OfflineHook offline, Push push, Audiences audiences, Outbox outbox) {
        this.hooks = hooks;
        this.offline = offline;
        this.push = push;
        this.audiences = audiences;
        this.outbox = outbox;
    }

    @Override
    public Optional<Draft.FollowUp> of(
            Caller caller, Conversation conversation, Draft draft, Optional<Set<ClientId>> recipients) {
        App app = caller.app();
        boolean fromClient = conversation.kind() == Kind.SERVICE && !caller.isApplication();
        boolean uplink = fromClient && !app.settings().hooks().uplinkUrl().isEmpty();
        boolean notify = conversation.kind() == Kind.NORMAL || conversation.kind() == Kind.TEMPORARY;
        boolean message = hooks.hasSent(app) || notify && (offline.has(app) || push.mayFollow(app, draft.pushData()));
        if (!fromClient && !message) return Optional.empty();
        Optional<String> address = caller.address();
        Draft.FollowUp jobs = ticket -> {
            List<Job> due = new ArrayList<>(2);
            var job = new MessageJob(
                    conversation.id(), ticket.id(), ticket.timestamp(), address, recipients, draft.pushData());
            if (uplink) due.add(job.job(app.id(), Purpose.UPLINK));
            if (message) due.add(job.job(app.id(), Purpose.MESSAGE));
            return due;
        };
        return Optional.of(fromClient ? new OfUplink(draft, jobs) : jobs);
    }

    /// What a client wrote to a service conversation is a row, too.
    private record OfUplink(Draft draft, Draft.FollowUp jobs) implements Draft.FollowUp {
        @Override
        public List<Job> of(Ticket message) {
            return jobs.of(message);
        }

        @Override
        public List<Row> rows(Ticket message) {
            return List.of(Uplink.row(draft.conversation(), draft.from(), draft.address(), draft.content(), message));
        }
    }

    @Override
    public void passed(
            Caller caller,
            Conversation conversation,
            Ticket ticket,
            MessageArrived message,
            Optional<Set<ClientId>> recipients) {
        App app = caller.app();
        if (!hooks.hasSent(app)) return;
        Audiences.Split split = audiences.split(conversation, message.from(), recipients);
        outbox.add(List.of(hooks.sent(
                app,
                new MessageHooks.Offer(
                        conversation.id(),
                        conversation.kind(),
                        message.from(),
                        List.of(),
                        message.content(),
                        true,
                        false,
                        ticket.timestamp(),
                        caller.address()),
                ticket.id(),
                split.online(),
                split.offline())));
    }
}
