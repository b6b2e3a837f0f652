package io.parley.server.cli;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.parley.core.Storage;
import io.parley.core.app.Apps;
import io.parley.core.command.AppId;
import io.parley.core.file.BlobStore;
import io.parley.migrate.load.RestTarget;
import io.parley.migrate.load.StoreTarget;
import io.parley.migrate.load.Target;
import io.parley.migrate.source.Pace;
import io.parley.migrate.source.RestClient;
import io.parley.server.BlobStores;
import io.parley.server.config.ConfigReader;
import io.parley.server.config.ServerConfig;
import io.parley.store.SqliteStorage;
import java.io.IOException;
import java.time.Clock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;

/// The options that say where an archive goes: a running server by URL, else the data folder of a stopped one, with
/// the configuration that says where this server keeps the bytes of files.
final class TargetOptions {
    @Mixin
    AccountOptions account = new AccountOptions();

    @Mixin
    private ConfigOptions stopped = new ConfigOptions();

    /// A target while it is open.
    interface Work {
        int with(Target target) throws IOException;
    }

    /// @param archivedApp the app to use when no other is named
    /// @param notes told what the operator should know
    int open(String archivedApp, Consumer<String> notes, Work work) throws IOException {
        if (account.app.app == null) account.app.app = archivedApp;
        if (account.server != null) {
            try (RestClient rest = new RestClient(account.read(), Pace.UNHURRIED)) {
                return work.with(new RestTarget(rest));
            }
        }
        AppId app = new AppId(account.app.app());
        ConfigReader reader = stopped.reader(System.getenv());
        stopped.override(reader);
        ServerConfig config = reader.read();
        try (Storage storage = SqliteStorage.open(config.data(), Clock.systemUTC(), new SimpleMeterRegistry());
                BlobStore blobs = BlobStores.open(config)) {
            if (new Apps(storage.apps()).find(app).isEmpty())
                notes.accept("The store has no app " + app + " yet: start the server with --app " + app
                        + ":KEY:MASTERKEY, with the keys the app has now.");
            notes.accept("The bytes of files are in " + BlobStores.place(config)
                    + "; if the server keeps them elsewhere, give its --config.");
            return work.with(new StoreTarget(storage, blobs, app, config.data().toString()));
        }
    }

    @Nullable
    String app() {
        return account.app.app;
    }
}
