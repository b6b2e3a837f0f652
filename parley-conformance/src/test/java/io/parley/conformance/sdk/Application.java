package io.parley.conformance.sdk;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A program that says hello and is then ended, whatever timers its SDK still has.
final class Application {
    private Application() {}

    /// What it printed until a line that begins with "sent", or until its end.
    static String run(ProcessBuilder program) {
        try {
            Process process = program.redirectErrorStream(true).start();
            CompletableFuture<Void> late = CompletableFuture.runAsync(
                    process::destroy,
                    CompletableFuture.delayedExecutor(Recorder.PATIENCE.toSeconds(), TimeUnit.SECONDS));
            String printed = read(process);
            late.cancel(false);
            process.destroy();
            process.onExit().get(5, TimeUnit.SECONDS);
            return printed;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot run " + program.command(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(program.command() + " does not end", e);
        }
    }

    private static String read(Process process) throws IOException {
        StringBuilder printed = new StringBuilder();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                printed.append(line).append('\n');
                if (line.startsWith("sent")) break;
            }
        }
        return printed.toString();
    }
}
