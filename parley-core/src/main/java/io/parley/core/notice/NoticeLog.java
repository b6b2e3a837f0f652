package io.parley.core.notice;

import io.parley.core.command.AppId;
import io.parley.core.command.ClientId;
import io.parley.core.command.ClientKey;
import io.parley.core.command.Event;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/// Notices per client, kept for those who were away. Thread-safe; every method may block.
public interface NoticeLog {
    /// Keeps a notice for each recipient and returns its server time: milliseconds since the epoch, later than that
    /// of
    /// any other notice kept by this store. Durable on return.
    long append(AppId app, Collection<ClientId> recipients, Event.Notice notice);

    /// Notices of a client with a server time above `after`, ascending, at most `limit`.
    List<Event.Timed> since(ClientKey client, long after, int limit);

    /// Forgets what is older.
    void trim(Instant before);
}
