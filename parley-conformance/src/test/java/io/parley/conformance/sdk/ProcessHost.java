package io.parley.conformance.sdk;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/// A process. Ends when closed, or when this JVM ends, because its stdin does.
final class ProcessHost implements Host {
    private final Process process;
    private final Path log;
    private final Writer in;

    /// @param log what the program prints besides the line protocol
    ProcessHost(ProcessBuilder program, Path log, Ear ear) {
        this.log = log;
        try {
            process = program.redirectError(log.toFile()).start();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + program.command() + "; is it installed?", e);
        }
        in = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
        Thread.ofVirtual().name("reads " + log).start(() -> read(ear));
    }

    private void read(Ear ear) {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) ear.line(line);
            ear.ended(new IOException("the program has ended"));
        } catch (IOException e) {
            ear.ended(e);
        }
    }

    @Override
    public void write(String line) throws IOException {
        synchronized (in) {
            in.write(line);
            in.write('\n');
            in.flush();
        }
    }

    @Override
    public String log() {
        return log.toString();
    }

    @Override
    public void close() {
        try {
            in.close();
            if (!process.waitFor(5, TimeUnit.SECONDS)) process.destroyForcibly();
        } catch (IOException e) {
            process.destroyForcibly(); // it ended before its stdin did
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
