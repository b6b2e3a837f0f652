package io.parley.core.aftermath;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.core.app.App;
import io.parley.core.command.StoredMessage;
import io.parley.core.hook.HookFailure;
import io.parley.core.hook.UplinkCaller;
import io.parley.core.message.MessageLog;
import io.parley.core.message.MessageLog.Ticket;
import io.parley.core.outbox.Batch;
import io.parley.core.outbox.Courier;
import io.parley.core.outbox.Purpose;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;

/// Hands messages to service conversations over to the application's own server, in the order of each conversation,
/// as many at once as have gathered while the call before was under way. Thread-safe. Source: semantics 10.5.
public final class UplinkCourier implements Courier {
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private final UplinkCaller caller;
    private final MessageLog log;

    public UplinkCourier(UplinkCaller caller, MessageLog log) {
        this.caller = caller;
        this.log = log;
    }

    @Override
    public Purpose purpose() {
        return Purpose.UPLINK;
    }

    /// Three retries after the first attempt.
    @Override
    public Pace pace(App app) {
        return new Pace(8, 100, 4, Duration.ofSeconds(1), Duration.ofSeconds(30));
    }

    @Override
    public Outcome deliver(App app, Batch batch) {
        ArrayNode messages = JsonNodeFactory.instance.arrayNode();
        for (String payload : batch.payloads()) {
            MessageJob job = MessageJob.of(payload);
            log.find(job.key(app.id()), job.message(), job.timestamp())
                    .ifPresent(message -> messages.add(item(job, message)));
        }
        int jobs = batch.payloads().size();
        if (messages.isEmpty()) return Outcome.done(jobs); // all deleted since
        try {
            caller.post(app, messages);
        } catch (HookFailure failure) {
            return new Outcome(
                    0, Optional.of(new Failure(jobs, false, failure.reason(), failure.retryAfter())), List.of());
        }
        return Outcome.done(jobs);
    }

    private static ObjectNode item(MessageJob job, StoredMessage message) {
        var ticket = new Ticket(message.id(), message.timestamp());
        var uplink = new Uplink(job.conversation(), ticket, message.from(), job.address(), message.content());
        ObjectNode item = uplink.columns();
        String at = DATE.format(Instant.ofEpochMilli(message.timestamp()));
        item.putObject("createdAt").put("__type", "Date").put("iso", at);
        item.putObject("updatedAt").put("__type", "Date").put("iso", at);
        return item;
    }
}
