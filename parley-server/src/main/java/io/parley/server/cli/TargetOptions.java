package io.parley.server.cli;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.parley.core.Storage;
import io.parley.core.app.Apps;
import io.parley.core.command.AppId;
import io.parley.core.file.BlobStore;
import io.parley.files.FolderBlobStore;
import io.parley.migrate.load.RestTarget;
import io.parley.migrate.load.StoreTarget;
import io.parley.migrate.load.Target;
import io.parley.migrate.source.Account;
import io.parley.migrate.source.Pace;
import io.parley.migrate.source.RestClient;
import io.parley.store.SqliteStorage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The options that say where an archive goes: a running server by URL, else the data folder of a stopped one.
final class TargetOptions {
    @Mixin
    AccountOptions account = new AccountOptions();

    @Option(
            names = {"-d", "--data"},
            paramLabel = "DIR",
            defaultValue = "data",
            description = "Folder of the embedded store of a stopped server (default: data); used without --server.")
    @SuppressWarnings("NullAway.Init")
    Path data;

    /// A target while it is open.
    interface Work {
        int with(Target target) throws IOException;
    }

    /// @param archivedApp the app to use when no other is named
    /// @param notes told what the operator should know
    int open(String archivedApp, Consumer<String> notes, Work work) throws IOException {
        if (account.server != null) {
            if (account.app == null) account.app = archivedApp;
            Account read = account.read();
            try (RestClient rest =
                    new RestClient(read, new Pace(1000, 0, Pace.DEFAULT.patience(), Pace.DEFAULT.firstPause()))) {
                return work.with(new RestTarget(rest));
            }
        }
        AppId app = new AppId(account.app == null ? archivedApp : account.app);
        try (Storage storage = SqliteStorage.open(data, Clock.systemUTC(), new SimpleMeterRegistry());
                BlobStore blobs = new FolderBlobStore(data.resolve("files"))) {
            if (new Apps(storage.apps()).find(app).isEmpty())
                notes.accept("The store has no app " + app + " yet: start the server with --app " + app
                        + ":KEY:MASTERKEY, with the keys the app has now.");
            return work.with(new StoreTarget(storage, blobs, app, data.toString()));
        }
    }

    @Nullable
    String app() {
        return account.app;
    }
}
