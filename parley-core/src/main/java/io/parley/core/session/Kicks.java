package io.parley.core.session;

import io.parley.core.command.AppId;
import io.parley.core.command.ClientId;
import io.parley.core.command.ClientKey;
import io.parley.core.signature.Revocations;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Clients that the application forced off: what was signed for them until then lets nobody in again. Thread-safe;
/// only [#kick] may block. Source: semantics 2.5.
public final class Kicks implements Revocations {
    private final KickStore store;
    private final Clock clock;
    private final Map<ClientKey, Long> last;

    public Kicks(KickStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
        this.last = new ConcurrentHashMap<>(store.all());
    }

    public void kick(ClientKey client) {
        long now = clock.millis();
        last.merge(client, now, Math::max);
        store.put(client, now);
    }

    @Override
    public long upTo(AppId app, ClientId client) {
        return last.isEmpty() ? 0 : last.getOrDefault(new ClientKey(app, client), 0L);
    }
}
