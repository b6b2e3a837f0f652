package io.parley.testing;

import io.parley.testing.TestEngine.Answer;
import io.parley.testing.TestEngine.Call;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/// A process that plays everybody a server calls: the application's hooks, Apple, Firebase, Xiaomi, and a webhook for
/// pushes. It fails, hangs and dawdles now and then, and prints a line for each call before it accepts it, so that what
/// it has heard outlives it. Used by one thread.
final class Receivers implements AutoCloseable {
    private static final String LISTENING = "listening";

    private final Process process;
    private final Path folder;
    private final int port;
    private final int apnsPort;
    private final Queue<String> heard;
    private final Thread reader;

    private Receivers(Process process, Path folder, int port, int apnsPort, Queue<String> heard, Thread reader) {
        this.process = process;
        this.folder = folder;
        this.port = port;
        this.apnsPort = apnsPort;
        this.heard = heard;
        this.reader = reader;
    }

    /// Starts one and waits until it listens.
    ///
    /// @param folder of Apple's keys
    static Receivers start(Path folder, int apnsPort, long seed) throws IOException {
        return start(folder, freePort(), apnsPort, seed, new ConcurrentLinkedQueue<>());
    }

    /// Below those that connections get by chance, so that none has it when another process starts in the place of one.
    static int freePort() throws IOException {
        Random ports = new Random();
        while (true) {
            try (ServerSocket socket = new ServerSocket(10_000 + ports.nextInt(20_000))) {
                return socket.getLocalPort();
            } catch (BindException taken) {
                // somebody has this one: try another
            }
        }
    }

    private static Receivers start(Path folder, int port, int apnsPort, long seed, Queue<String> heard)
            throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home", ""), "bin", "java")
                                .toString(),
                        "-Xmx128m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path", ""),
                        Receivers.class.getName(),
                        folder.toString(),
                        Integer.toString(port),
                        Integer.toString(apnsPort),
                        Long.toString(seed))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        String first = out.readLine();
        if (first == null || !first.equals(LISTENING))
            throw new IllegalStateException("the receivers do not listen: " + first);
        Thread reader = Thread.ofPlatform().daemon().start(() -> read(out, heard));
        return new Receivers(process, folder, port, apnsPort, heard, reader);
    }

    private static void read(BufferedReader out, Queue<String> heard) {
        try {
            for (String line = out.readLine(); line != null; line = out.readLine()) heard.add(line);
        } catch (IOException closed) {
            return; // the process is gone, and what it printed is read
        }
    }

    /// Kills it as a crash would, and starts another one in its place that tells to the same listener.
    Receivers crash(long seed) throws IOException, InterruptedException {
        kill();
        return start(folder, port, apnsPort, seed, heard);
    }

    private void kill() throws InterruptedException {
        process.destroyForcibly();
        if (!process.waitFor(60, TimeUnit.SECONDS)) throw new IllegalStateException("the receivers do not end");
        reader.join(); // what it printed comes before what its successor prints
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    /// What was accepted so far: `hook CONVERSATION MESSAGE`, or `TEXT` of a push behind `apns`, `fcm`, `mi` or
    /// `webhook`.
    List<String> heard() {
        return List.copyOf(heard);
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }

    /// @param arguments folder of Apple's keys, port, Apple's port and seed
    public static void main(String[] arguments) throws Exception {
        Random fates = new Random(Long.parseLong(arguments[3]));
        TestEngine engine = TestEngine.start(Integer.parseInt(arguments[1]));
        engine.define("_messageSent", call -> {
            String told = call.body().path("convId").asText() + " "
                    + call.body().path("msgId").asText();
            return meet(engine, fates, "hook " + told, "{\"result\":{}}");
        });
        engine.define("/token", call -> new Answer(200, "{\"access_token\":\"t\",\"expires_in\":3600}"));
        engine.define("/v1/projects/p1/messages:send", call -> {
            String text = call.body().at("/message/notification/body").asText();
            return meet(engine, fates, "fcm " + text, "{\"name\":\"n\"}");
        });
        engine.define("/webhook", call -> meet(engine, fates, "webhook " + alert(call), ""));
        engine.define("/v3/message/regid", call -> meet(engine, fates, "mi " + described(call), "{\"code\":0}"));
        TestApns.listen(Path.of(arguments[0]), Integer.parseInt(arguments[2]), payload -> {
            boolean works = fate(fates) >= 16;
            if (works) say("apns " + payload.at("/aps/alert").asText());
            return works;
        });
        say(LISTENING);
    }

    private static String alert(Call call) {
        return call.body().at("/data/alert").asText();
    }

    private static String described(Call call) {
        for (String field : new String(call.bytes(), StandardCharsets.UTF_8).split("&"))
            if (field.startsWith("description=")) return field.substring("description=".length());
        return "";
    }

    private static Answer meet(TestEngine engine, Random fates, String heard, String answer)
            throws InterruptedException {
        int fate = fate(fates);
        if (fate < 16) return Answer.status(500);
        if (fate < 18) return engine.hang();
        if (fate < 28) TimeUnit.MILLISECONDS.sleep(50); // slow, as some applications are
        say(heard);
        return new Answer(200, answer);
    }

    private static int fate(Random fates) {
        synchronized (fates) {
            return fates.nextInt(200);
        }
    }

    /// One write, so that a line is there or is not.
    private static synchronized void say(String line) {
        byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
        try {
            System.out.write(bytes);
            System.out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
