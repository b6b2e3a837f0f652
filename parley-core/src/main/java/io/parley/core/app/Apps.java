package io.parley.core.app;

import io.parley.core.command.AppId;
import io.parley.core.command.ErrorCode;
import io.parley.core.command.Refusal;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/// The apps this server serves. Thread-safe; only [#save] and [#change] may block.
public final class Apps {
    private final AppStore store;
    private final Map<AppId, App> apps = new ConcurrentHashMap<>();
    private final List<Consumer<App>> listeners = new CopyOnWriteArrayList<>();

    public Apps(AppStore store) {
        this.store = store;
        for (App app : store.all()) apps.put(app.id(), app);
    }

    public Optional<App> find(AppId id) {
        return Optional.ofNullable(apps.get(id));
    }

    public App get(AppId id) {
        return find(id).orElseThrow(() -> Refusal.of(ErrorCode.APP_NOT_AVAILABLE, "unknown app id \"%s\"", id));
    }

    public Collection<App> all() {
        return List.copyOf(apps.values());
    }

    /// Adds the app, or replaces it: from now on for everybody, open sessions included.
    public synchronized void save(App app) {
        store.save(app);
        apps.put(app.id(), app);
        for (Consumer<App> listener : listeners) listener.accept(app);
    }

    /// Changes the settings of an app while it is in use. What comes after this returns obeys the new ones.
    public synchronized App change(AppId id, UnaryOperator<AppSettings> change) {
        App before = get(id);
        App after = new App(id, before.key(), before.masterKey(), change.apply(before.settings()));
        save(after);
        return after;
    }

    /// @param listener is told of every app that was saved; must not block
    public void onChange(Consumer<App> listener) {
        listeners.add(listener);
    }
}
