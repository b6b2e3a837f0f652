package io.parley.server.cli;

import io.parley.server.cutover.CutoverCheck;
import io.parley.server.doctor.Finding;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// What has to do with leading clients over.
@Command(
        name = "cutover",
        description = "Helps with leading clients over to this server.",
        subcommands = {Cutover.Check.class, CommandLine.HelpCommand.class},
        synopsisSubcommandLabel = "COMMAND")
final class Cutover implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getErr());
    }

    /// Looks at a domain as clients will see it.
    @Command(
            name = "check",
            description = {
                "Checks from outside whether clients of a domain will find what they need: DNS, TLS, the router answers",
                "of each SDK generation, keys, switches, upstream. With --connect before DNS is changed.",
                "Exit code 0: all is well; 1: something must be mended."
            },
            sortOptions = false)
    static final class Check implements Callable<Integer> {
        @Option(
                names = "--domain",
                paramLabel = "URL",
                required = true,
                description = "The API domain that clients use: https://api.example.com")
        @SuppressWarnings("NullAway.Init")
        private URI domain;

        @Option(
                names = "--connect",
                paramLabel = "HOST:PORT",
                description = "Where the server is, while the domain does not lead there yet.")
        private @Nullable String connect;

        @Mixin
        private AppOptions app = new AppOptions();

        @Option(names = "--app-key-file", paramLabel = "FILE", description = "File that holds the app key.")
        private @Nullable Path appKey;

        @Option(names = "--upstream", description = "Paths that this server does not know shall be passed on.")
        private boolean upstream;

        @Mixin
        private Telling tell = new Telling();

        @Override
        public Integer call() throws IOException {
            if (domain.getHost() == null) throw new WrongOption("--domain is a URL such as https://api.example.com");
            var plan =
                    new CutoverCheck.Plan(domain, address(), app.app(), key(appKey), key(app.masterKeyFile), upstream);
            List<Finding> findings = new CutoverCheck(plan, InstantSource.system()).findings();
            PrintWriter out = tell.out();
            findings.forEach(finding -> Doctor.show(out, finding));
            return findings.stream().anyMatch(finding -> finding.grade() == Finding.Grade.BAD)
                    ? ParleyCommand.FAILED
                    : 0;
        }

        private Optional<InetSocketAddress> address() {
            if (connect == null) return Optional.empty();
            int colon = connect.lastIndexOf(':');
            if (colon < 0 || !connect.substring(colon + 1).matches("[0-9]{1,5}"))
                throw new WrongOption("--connect is HOST:PORT; got " + connect);
            var address =
                    new InetSocketAddress(connect.substring(0, colon), Integer.parseInt(connect.substring(colon + 1)));
            if (address.isUnresolved()) throw new WrongOption("--connect: there is no host " + address.getHostString());
            return Optional.of(address);
        }

        private static Optional<String> key(@Nullable Path file) throws IOException {
            return file == null
                    ? Optional.empty()
                    : Optional.of(Files.readString(file).strip());
        }
    }
}
