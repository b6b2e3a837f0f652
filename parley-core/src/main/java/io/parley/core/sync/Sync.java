package io.parley.core.sync;

import io.parley.core.app.AppSettings;
import io.parley.core.command.ClientKey;
import io.parley.core.command.ConversationId;
import io.parley.core.command.Event;
import io.parley.core.command.Event.MessageArrived;
import io.parley.core.command.Event.MessagesPatched;
import io.parley.core.command.Event.MessagesPatched.Patched;
import io.parley.core.command.SessionCommand.Open;
import io.parley.core.command.StoredMessage;
import io.parley.core.delivery.Arrivals;
import io.parley.core.message.MessageLog;
import io.parley.core.message.ServiceLog;
import io.parley.core.receipt.CursorStore;
import io.parley.core.receipt.CursorStore.Backlog;
import io.parley.core.session.OfflineMode;
import io.parley.core.session.Outgoing;
import io.parley.core.session.Session;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What a client missed while it was away. Thread-safe; may block. Source: protocol 8.3, 8.4.
public final class Sync {
    /// At most this many edits and recalls after a login; older content is corrected by history. Source: semantics
    /// 6.8.
    private static final int MAX_PATCHES = 100;

    private static final int PATCHES_PER_EVENT = 20;

    private final CursorStore cursors;
    private final MessageLog log;
    private final ServiceLog services;
    private final Arrivals arrivals;
    private final Clock clock;

    public Sync(CursorStore cursors, MessageLog log, ServiceLog services, Arrivals arrivals, Clock clock) {
        this.arrivals = arrivals;
        this.cursors = cursors;
        this.log = log;
        this.services = services;
        this.clock = clock;
    }

    /// What a client missed until now.
    ///
    /// @param told per conversation the timestamp up to which the client then knows of messages
    /// @param pushed `told` is so because the messages themselves are among the events
    public record Missed(List<Event> events, Map<ConversationId, Long> told, boolean pushed) {
        public static final Missed NOTHING = new Missed(List.of(), Map.of(), false);
    }

    /// Looks up what a new session's client missed. What comes after this returns is not among it: that reaches the
    /// session by itself.
    public Missed missed(Session session, Open open) {
        services.receiveDue(key(session)); // broadcasts are among what it missed
        List<Event> events = new ArrayList<>();
        Map<ConversationId, Long> told = new HashMap<>();
        switch (session.offlineMode()) {
            case UNREAD_COUNTS -> addUnread(session, open.unreadSince().orElse(0), events, told);
            case PUSHED_MESSAGES -> addBacklog(session, events, told);
        }
        if (session.capabilities().patches() && open.patchesSince().isPresent())
            addPatches(session, open.patchesSince().getAsLong(), events);
        return new Missed(events, told, session.offlineMode() == OfflineMode.PUSHED_MESSAGES);
    }

    /// Tells a session what its client missed, then makes it live.
    public void tell(Session session, Missed missed) {
        for (Event event : missed.events()) {
            arrivals.handed(session, event);
            session.catchUp(new Outgoing(session.app().id(), event));
        }
        if (missed.pushed())
            missed.told().forEach((conversation, upTo) -> cursors.backlogPushed(key(session), conversation, upTo));
        session.live(missed.told());
    }

    private void addUnread(Session session, long since, List<Event> events, Map<ConversationId, Long> told) {
        AppSettings settings = session.app().settings();
        long now = clock.millis();
        List<Event.Unread.Entry> entries =
                cursors.unread(key(session), since, settings.maxUnreadConversations(), settings.maxUnreadCount());
        if (entries.isEmpty()) return;
        for (Event.Unread.Entry entry : entries)
            told.put(entry.conversation(), entry.last().timestamp());
        events.add(new Event.Unread(entries, now));
    }

    private void addBacklog(Session session, List<Event> events, Map<ConversationId, Long> told) {
        AppSettings settings = session.app().settings();
        for (Backlog backlog :
                cursors.backlog(key(session), settings.maxUnreadConversations(), settings.maxOfflineMessages())) {
            long last = 0;
            for (StoredMessage message : backlog.messages()) {
                last = message.timestamp();
                events.add(MessageArrived.of(backlog.conversation(), backlog.kind(), message, true, backlog.hasMore()));
            }
            told.put(backlog.conversation(), last);
        }
    }

    private void addPatches(Session session, long since, List<Event> events) {
        List<Patched> patches = log.patchesSince(key(session), since, MAX_PATCHES);
        for (int from = 0; from < patches.size(); from += PATCHES_PER_EVENT)
            events.add(new MessagesPatched(patches.subList(from, Math.min(from + PATCHES_PER_EVENT, patches.size()))));
    }

    private static ClientKey key(Session session) {
        return new ClientKey(session.app().id(), session.client());
    }
}
