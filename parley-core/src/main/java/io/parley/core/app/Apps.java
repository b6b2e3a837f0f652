package io.parley.core.app;

import io.parley.core.command.AppId;
import io.parley.core.command.ErrorCode;
import io.parley.core.command.Refusal;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The apps this server serves. Thread-safe; only [#save] may block.
public final class Apps {
    private final AppStore store;
    private final Map<AppId, App> apps = new ConcurrentHashMap<>();

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

    public void save(App app) {
        store.save(app);
        apps.put(app.id(), app);
    }
}
