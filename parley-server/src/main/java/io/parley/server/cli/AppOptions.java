package io.parley.server.cli;

import io.parley.migrate.source.MasterKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options that name an app and prove that it is one's own.
final class AppOptions {
    @Option(names = "--app-id", paramLabel = "ID", description = "Id of the app.")
    @Nullable
    String app;

    @Option(
            names = "--master-key-file",
            paramLabel = "FILE",
            description =
                    "File that holds the app's master key and nothing else. There is no option for the key itself:"
                            + " command lines can be seen by others.")
    @Nullable
    Path masterKeyFile;

    /// @throws WrongOption when it was not given
    String app() {
        if (app == null) throw new WrongOption("--app-id is needed");
        return app;
    }

    Optional<MasterKey> masterKey() throws IOException {
        return masterKeyFile == null ? Optional.empty() : Optional.of(MasterKey.read(masterKeyFile));
    }
}
