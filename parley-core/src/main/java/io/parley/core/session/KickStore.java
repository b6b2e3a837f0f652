package io.parley.core.session;

import io.parley.core.command.ClientKey;
import java.util.Map;

/// When clients were forced off. Thread-safe; every method may block.
public interface KickStore {
    /// Durable on return.
    ///
    /// @param at milliseconds since the epoch
    void put(ClientKey client, long at);

    Map<ClientKey, Long> all();
}
