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
import io.parley.core.message.MessageLog;
import io.parley.core.message.ServiceLog;
import io.parley.core.receipt.CursorStore;
import io.parley.core.receipt.CursorStore.Backlog;
import io.parley.core.session.Outgoing;
import io.parley.core.session.Session;
import java.time.Clock;
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
    private final Clock clock;

    public Sync(CursorStore cursors, MessageLog log, ServiceLog services, Clock clock) {
        this.cursors = cursors;
        this.log = log;
        this.services = services;
        this.clock = clock;
    }

    /// Tells a new session what its client missed, then makes it live.
    public void catchUp(Session session, Open open) {
        services.receiveDue(key(session)); // broadcasts are among what it missed
        Map<ConversationId, Long> told = switch (session.offlineMode()) {
            case UNREAD_COUNTS -> tellUnread(session, open.unreadSince().orElse(0));
            case PUSHED_MESSAGES -> pushBacklog(session);
        };
        if (session.capabilities().patches() && open.patchesSince().isPresent())
            tellPatches(session, open.patchesSince().getAsLong());
        session.live(told);
    }

    private Map<ConversationId, Long> tellUnread(Session session, long since) {
        AppSettings settings = session.app().settings();
        long now = clock.millis();
        List<Event.Unread.Entry> entries =
                cursors.unread(key(session), since, settings.maxUnreadConversations(), settings.maxUnreadCount());
        Map<ConversationId, Long> told = new HashMap<>();
        if (entries.isEmpty()) return told;
        for (Event.Unread.Entry entry : entries)
            told.put(entry.conversation(), entry.last().timestamp());
        send(session, new Event.Unread(entries, now));
        return told;
    }

    private Map<ConversationId, Long> pushBacklog(Session session) {
        AppSettings settings = session.app().settings();
        Map<ConversationId, Long> told = new HashMap<>();
        for (Backlog backlog :
                cursors.backlog(key(session), settings.maxUnreadConversations(), settings.maxOfflineMessages())) {
            long last = 0;
            for (StoredMessage message : backlog.messages()) {
                last = message.timestamp();
                send(
                        session,
                        MessageArrived.of(backlog.conversation(), backlog.kind(), message, true, backlog.hasMore()));
            }
            told.put(backlog.conversation(), last);
            cursors.backlogPushed(key(session), backlog.conversation(), last);
        }
        return told;
    }

    private void tellPatches(Session session, long since) {
        List<Patched> patches = log.patchesSince(key(session), since, MAX_PATCHES);
        for (int from = 0; from < patches.size(); from += PATCHES_PER_EVENT)
            send(
                    session,
                    new MessagesPatched(patches.subList(from, Math.min(from + PATCHES_PER_EVENT, patches.size()))));
    }

    private static ClientKey key(Session session) {
        return new ClientKey(session.app().id(), session.client());
    }

    private static void send(Session session, Event event) {
        session.catchUp(new Outgoing(session.app().id(), event));
    }
}
