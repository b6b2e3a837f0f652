package io.parley.server.cli;

import io.parley.migrate.source.Account;
import io.parley.migrate.source.MasterKey;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options that name an app on a server and open it.
final class AccountOptions {
    @Option(names = "--server", paramLabel = "URL", description = "Where the app's API is: https://api.example.com")
    @Nullable
    URI server;

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

    /// @throws WrongOption naming what is missing
    Account read() throws IOException {
        if (server == null) throw new WrongOption("--server is needed");
        if (app == null) throw new WrongOption("--app-id is needed");
        if (masterKeyFile == null) throw new WrongOption("--master-key-file is needed");
        MasterKey key = MasterKey.read(masterKeyFile);
        try {
            return new Account(server, app, key);
        } catch (IllegalArgumentException wrong) {
            throw new WrongOption(String.valueOf(wrong.getMessage()));
        }
    }
}
