package io.parley.testing;

import io.parley.server.Main;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A server in a process of its own, with the class path of the test: for what only a process can do, such as
/// dying. Listens on 127.0.0.1 and knows the app [TestApp]. Used by one thread.
public final class ParleyProcess implements AutoCloseable {
    private static final Pattern URL = Pattern.compile("\\s*Server\\s+(https?://\\S+)");
    private static final long PATIENCE_SECONDS = 60;

    private final Process process;
    private final URI url;

    private ParleyProcess(Process process, URI url) {
        this.process = process;
        this.url = url;
    }

    /// Starts a server and waits until it accepts connections.
    ///
    /// @param port 0 takes a free one
    /// @param options more of `parley serve`
    public static ParleyProcess start(Path data, int port, String... options) {
        List<String> arguments = new ArrayList<>(List.of("serve", "--app", TestApp.credentials()));
        arguments.addAll(List.of("--port", Integer.toString(port), "--data", data.toString()));
        arguments.addAll(List.of(options));
        return serve(arguments.toArray(String[]::new));
    }

    /// Runs `parley serve` as these arguments say, on 127.0.0.1, and waits until it accepts connections.
    public static ParleyProcess serve(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--host", "127.0.0.1"));
        Process process = launch(all.toArray(String[]::new));
        return new ParleyProcess(process, awaitUrl(process));
    }

    /// Runs `parley` with any arguments. What it says on standard error goes to ours.
    public static Process launch(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home", ""), "bin", "java").toString(),
                "-Xmx512m",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path", ""),
                Main.class.getName()));
        command.addAll(List.of(arguments));
        try {
            return new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start a server process", e);
        }
    }

    /// The banner names the URL once the port is open. What follows is read and dropped, so that the pipe never
    /// fills.
    private static URI awaitUrl(Process process) {
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        try {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                Matcher matcher = URL.matcher(line);
                if (!matcher.matches()) continue;
                Thread.ofVirtual().start(() -> drop(out));
                return URI.create(matcher.group(1));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read what the server process says", e);
        }
        throw new IllegalStateException("the server process ended before it listened; exit code " + await(process));
    }

    private static void drop(BufferedReader out) {
        try {
            out.transferTo(Writer.nullWriter());
        } catch (IOException closed) {
            return; // the process is gone, and its pipe with it
        }
    }

    public URI url() {
        return url;
    }

    public int port() {
        return url.getPort();
    }

    public long pid() {
        return process.pid();
    }

    /// Ends it at once, as a crash would (SIGKILL), and waits until it is gone.
    public void kill() {
        process.destroyForcibly();
        await(process);
    }

    /// Asks it to end (SIGTERM) and waits; returns the exit code.
    public int terminate() {
        process.destroy();
        return await(process);
    }

    private static int await(Process process) {
        try {
            if (process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new IllegalStateException("the server process " + process.pid() + " does not end");
    }

    @Override
    public void close() {
        kill();
    }
}
