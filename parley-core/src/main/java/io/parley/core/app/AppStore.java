package io.parley.core.app;

import java.util.List;

/// Where apps are kept. Thread-safe; every method may block.
public interface AppStore {
    List<App> all();

    /// Adds the app, or replaces keys and settings of the one with its id. Durable on return.
    void save(App app);

    /// 32 random bytes made when the store was created, for signing session tokens. Never changes.
    byte[] secret();
}
