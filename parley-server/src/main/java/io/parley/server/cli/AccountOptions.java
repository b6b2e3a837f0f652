package io.parley.server.cli;

import io.parley.migrate.source.Account;
import io.parley.migrate.source.MasterKey;
import java.io.IOException;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The options that name an app on a server and open it.
final class AccountOptions {
    @Option(names = "--server", paramLabel = "URL", description = "Where the app's API is: https://api.example.com")
    @Nullable
    URI server;

    @Mixin
    AppOptions app = new AppOptions();

    /// @throws WrongOption naming what is missing
    Account read() throws IOException {
        if (server == null) throw new WrongOption("--server is needed");
        return account("--server", server, masterKey());
    }

    /// The same app on another server.
    ///
    /// @param option that named the server
    Account elsewhere(String option, URI server, MasterKey key) {
        return account(option, server, key);
    }

    private Account account(String option, URI server, MasterKey key) {
        try {
            return new Account(server, app.app(), key);
        } catch (IllegalArgumentException wrong) {
            throw new WrongOption(option + ": " + wrong.getMessage());
        }
    }

    private MasterKey masterKey() throws IOException {
        app.app();
        return app.masterKey().orElseThrow(() -> new WrongOption("--master-key-file is needed"));
    }
}
