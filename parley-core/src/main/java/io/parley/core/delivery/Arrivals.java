package io.parley.core.delivery;

import io.parley.core.command.AppId;
import io.parley.core.command.ClientId;
import io.parley.core.command.ConversationId;
import io.parley.core.command.ConversationKey;
import io.parley.core.command.Event;
import io.parley.core.command.Event.MessageArrived;
import io.parley.core.session.Session;
import io.parley.core.session.Visit;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// When stored messages were handed to devices, and when devices said that they have them: the last [#CAPACITY] of
/// both, in memory only, so that a delivery costs a few stores. Thread-safe; nothing blocks.
///
/// While a place is used again, a reader may see one line that mixes two. Only a trace, which people read, asks.
public final class Arrivals {
    public static final int CAPACITY = 1 << 19;

    /// Made when they are first needed: a quiet server pays for what it uses.
    private static final int SEGMENT = 1 << 12;

    private final Clock clock;
    private final AtomicLong next = new AtomicLong();
    private final AtomicReferenceArray<@Nullable Segment> segments = new AtomicReferenceArray<>(CAPACITY / SEGMENT);

    private static final class Segment {
        private final long[] conversations = new long[SEGMENT];
        private final long[] messages = new long[SEGMENT]; // timestamps
        private final long[] times = new long[SEGMENT]; // negative: of an acknowledgement
        private final AtomicReferenceArray<@Nullable Visit> visits = new AtomicReferenceArray<>(SEGMENT);
    }

    public Arrivals(Clock clock) {
        this.clock = clock;
    }

    /// What became of a message on one device.
    ///
    /// @param delivered when it was handed to the device's connection
    /// @param acknowledged when the device said that it has the message
    public record Arrival(Visit visit, Optional<Instant> delivered, Optional<Instant> acknowledged) {}

    /// A message that is about to be handed to many.
    final class Round {
        private final long conversation;
        private final long message;
        private final long now = clock.millis();

        private Round(long conversation, long message) {
            this.conversation = conversation;
            this.message = message;
        }

        void handed(Session session) {
            note(conversation, message, now, session.visit());
        }
    }

    /// Empty for events that are no stored message.
    Optional<Round> round(AppId app, Event event) {
        return event instanceof MessageArrived message && !message.transientMessage()
                ? Optional.of(new Round(number(app, message.conversation()), message.timestamp()))
                : Optional.empty();
    }

    /// An event of what the session missed was handed to it.
    public void handed(Session session, Event event) {
        round(session.app().id(), event).ifPresent(round -> round.handed(session));
    }

    /// The session said that it has the messages up to this one.
    ///
    /// @param upTo timestamp of the message, milliseconds since the epoch
    public void acknowledged(Session session, ConversationId conversation, long upTo) {
        note(number(session.app().id(), conversation), upTo, -clock.millis(), session.visit());
    }

    private void note(long conversation, long message, long time, Visit visit) {
        long place = next.getAndIncrement();
        Segment segment = segment(place);
        int at = (int) (place % SEGMENT);
        segment.conversations[at] = conversation;
        segment.messages[at] = message;
        segment.times[at] = time;
        segment.visits.setRelease(at, visit);
    }

    private Segment segment(long place) {
        int number = (int) (place % CAPACITY / SEGMENT);
        @Nullable Segment segment = segments.get(number);
        if (segment != null) return segment;
        Segment made = new Segment();
        @Nullable Segment other = segments.compareAndExchange(number, null, made);
        return other == null ? made : other;
    }

    /// One number per conversation; two that share one are a matter of billions of years. FNV-1a.
    private static long number(AppId app, ConversationId conversation) {
        return mixed(mixed(0xcbf29ce484222325L, app.value()), conversation.value());
    }

    private static long mixed(long hash, String text) {
        for (int i = 0; i < text.length(); i++) hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        return (hash ^ 0xff) * 0x100000001b3L;
    }

    /// What is remembered of a message, by client and in the order of arrival. Devices without a name are told apart
    /// by their logins, others by their name.
    ///
    /// @param timestamp of the message, milliseconds since the epoch
    public Map<ClientId, List<Arrival>> of(ConversationKey conversation, long timestamp) {
        Map<ClientId, Map<Object, Arrival>> found = new LinkedHashMap<>();
        long number = number(conversation.app(), conversation.id());
        long end = next.get();
        for (long place = Math.max(0, end - CAPACITY); place < end; place++) {
            Segment segment = segment(place);
            int at = (int) (place % SEGMENT);
            @Nullable Visit visit = segment.visits.getAcquire(at);
            if (visit == null || segment.conversations[at] != number || segment.messages[at] < timestamp) continue;
            boolean same = segment.messages[at] == timestamp;
            long time = segment.times[at];
            @Nullable Map<Object, Arrival> devices = found.get(visit.client());
            Object device = visit.device().identity().map(Object.class::cast).orElse(visit);
            @Nullable Arrival before = devices == null ? null : devices.get(device);
            // Who acknowledges a later message has all before it that it was handed.
            if (!same && (time > 0 || before == null)) continue;
            found.computeIfAbsent(visit.client(), client -> new LinkedHashMap<>())
                    .put(device, with(before == null ? nothing(visit) : before, time));
        }
        Map<ClientId, List<Arrival>> arrivals = new LinkedHashMap<>();
        found.forEach((client, devices) -> arrivals.put(client, List.copyOf(devices.values())));
        return arrivals;
    }

    private static Arrival nothing(Visit visit) {
        return new Arrival(visit, Optional.empty(), Optional.empty());
    }

    /// The first time counts.
    private static Arrival with(Arrival before, long time) {
        return time > 0
                ? new Arrival(before.visit(), before.delivered().or(() -> at(time)), before.acknowledged())
                : new Arrival(
                        before.visit(),
                        before.delivered(),
                        before.acknowledged().or(() -> at(-time)));
    }

    private static Optional<Instant> at(long time) {
        return Optional.of(Instant.ofEpochMilli(time));
    }
}
