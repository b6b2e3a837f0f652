package io.parley.rest;

import io.parley.core.app.App;
import io.parley.core.app.AppSettings;
import io.parley.core.app.AppStore;
import io.parley.core.app.Apps;
import io.parley.core.command.AppId;
import java.util.ArrayList;
import java.util.List;

/// Apps without a database, with the keys of the published signature examples.
final class TestApps {
    static final String ID = "FFnN2hso42Wego3pWq4X5qlu";
    static final String KEY = "UtOCzqb67d3sN12Kts4URwy8";
    static final String MASTER_KEY = "DyJegPlemooo4X1tg94gQkw1";

    private TestApps() {}

    static Apps one() {
        return new Apps(new InMemory(List.of(new App(new AppId(ID), KEY, MASTER_KEY, AppSettings.DEFAULT))));
    }

    private static final class InMemory implements AppStore {
        private final List<App> apps;

        InMemory(List<App> apps) {
            this.apps = new ArrayList<>(apps);
        }

        @Override
        public List<App> all() {
            return List.copyOf(apps);
        }

        @Override
        public void save(App app) {
            apps.add(app);
        }

        @Override
        public byte[] secret() {
            return new byte[32];
        }
    }
}
