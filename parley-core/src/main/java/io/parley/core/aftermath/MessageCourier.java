package io.parley.core.aftermath;

import io.parley.core.aftermath.Audiences.Split;
import io.parley.core.app.App;
import io.parley.core.command.Kind;
import io.parley.core.command.Refusal;
import io.parley.core.command.StoredMessage;
import io.parley.core.conversation.Conversation;
import io.parley.core.conversation.Conversations;
import io.parley.core.hook.MessageHooks;
import io.parley.core.hook.OfflineHook;
import io.parley.core.hook.OfflineHook.Verdict;
import io.parley.core.message.MessageLog;
import io.parley.core.outbox.Batch;
import io.parley.core.outbox.Courier;
import io.parley.core.outbox.Job;
import io.parley.core.outbox.Purpose;
import io.parley.core.push.Push;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Follows up a message: asks the application about those who were offline, and has it told that the message was sent.
/// What comes of it leaves through the outbox again. Thread-safe.
public final class MessageCourier implements Courier {
    private static final int LANES = 32;

    /// With the longest time a hook may take, far below what a lease allows.
    private static final int PER_LANE = 20;

    private final Conversations conversations;
    private final MessageLog log;
    private final Audiences audiences;
    private final MessageHooks hooks;
    private final OfflineHook offlineHook;
    private final Push push;

    public MessageCourier(
            Conversations conversations,
            MessageLog log,
            Audiences audiences,
            MessageHooks hooks,
            OfflineHook offlineHook,
            Push push) {
        this.conversations = conversations;
        this.log = log;
        this.audiences = audiences;
        this.hooks = hooks;
        this.offlineHook = offlineHook;
        this.push = push;
    }

    @Override
    public Purpose purpose() {
        return Purpose.MESSAGE;
    }

    @Override
    public Pace pace(App app) {
        return new Pace(
                LANES, PER_LANE, app.settings().hooks().attempts(), Duration.ofSeconds(1), Duration.ofMinutes(10));
    }

    @Override
    public Outcome deliver(App app, Batch batch) {
        List<Job> followUps = new ArrayList<>();
        int done = 0;
        for (String payload : batch.payloads()) {
            try {
                follow(app, MessageJob.of(payload), followUps);
            } catch (Refusal refusal) {
                return new Outcome(done, Optional.of(new Failure(1, false, refusal.detail())), followUps);
            }
            done++;
        }
        return new Outcome(done, Optional.empty(), followUps);
    }

    private void follow(App app, MessageJob job, List<Job> followUps) {
        Optional<Conversation> conversation = conversations.find(job.key(app.id()));
        Optional<StoredMessage> message = log.find(job.key(app.id()), job.message(), job.timestamp());
        if (conversation.isEmpty() || message.isEmpty()) return; // deleted since
        Split split = audiences.split(conversation.get(), message.get().from(), job.only());
        // Who is notified of a service's message was decided when it was sent.
        boolean ofMembers = conversation.get().kind() != Kind.SERVICE;
        if (ofMembers && !split.offline().isEmpty() && !message.get().recalled())
            followUps.addAll(notifications(app, job, conversation.get(), message.get(), split));
        if (hooks.hasSent(app))
            followUps.add(hooks.sent(
                    app,
                    offer(conversation.get(), message.get(), job),
                    job.message(),
                    split.online(),
                    split.offline()));
    }

    private List<Job> notifications(
            App app, MessageJob job, Conversation conversation, StoredMessage message, Split split) {
        Verdict verdict = offlineHook.has(app)
                ? offlineHook.ask(app, conversation.id(), message, split.offline())
                : new Verdict(split.offline(), Optional.empty(), false);
        return push.ofMessage(
                app,
                new Push.Missed(
                        conversation, message, verdict.offline(), verdict.data(), job.pushData(), verdict.force()));
    }

    private static MessageHooks.Offer offer(Conversation conversation, StoredMessage message, MessageJob job) {
        return new MessageHooks.Offer(
                conversation.id(),
                conversation.kind(),
                message.from(),
                List.of(),
                message.content(),
                false,
                message.receipt(),
                message.timestamp(),
                job.address());
    }
}
