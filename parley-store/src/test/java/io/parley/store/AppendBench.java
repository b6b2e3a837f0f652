package io.parley.store;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.parley.core.Storage;
import io.parley.core.command.AppId;
import io.parley.core.command.ClientId;
import io.parley.core.command.Content;
import io.parley.core.command.ConversationId;
import io.parley.core.command.ConversationKey;
import io.parley.core.command.Kind;
import io.parley.core.command.Mentions;
import io.parley.core.conversation.ConversationStore.NewConversation;
import io.parley.core.message.Draft;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/// Measures durable appends by many virtual threads, each sending its next message when the one before is durable.
///
/// Arguments: messages per run, then `ack` to have each message acknowledged by the other member. Prints one line per
/// number of threads.
final class AppendBench {
    private static final AppId APP = new AppId("bench");
    private static final int CONVERSATIONS = 200;
    private static final String CONTENT = "x".repeat(200);

    private final Storage storage;
    private final boolean acknowledging;

    private AppendBench(Storage storage, boolean acknowledging) {
        this.storage = storage;
        this.acknowledging = acknowledging;
    }

    public static void main(String[] arguments) throws Exception {
        int messages = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 400_000;
        boolean acknowledging = arguments.length > 1 && arguments[1].equals("ack");
        Path directory = Files.createTempDirectory(Path.of(""), "append-bench");
        try {
            run(directory.resolve("warm"), 200, messages, acknowledging);
            for (int threads : new int[] {1, 20, 200, 3200})
                run(directory.resolve("t" + threads), threads, threads == 1 ? messages / 20 : messages, acknowledging);
        } finally {
            delete(directory);
        }
    }

    private static void run(Path directory, int threads, int messages, boolean acknowledging) throws Exception {
        MeterRegistry meters = new SimpleMeterRegistry();
        try (Storage storage = SqliteStorage.open(directory, Clock.systemUTC(), meters)) {
            AppendBench bench = new AppendBench(storage, acknowledging);
            bench.createConversations();
            long cpu = cpuNanos();
            long start = System.nanoTime();
            long[] latencies = bench.send(threads, messages / threads);
            double seconds = (System.nanoTime() - start) / 1e9;
            double cpuMicros = (cpuNanos() - cpu) / 1e3;
            DistributionSummary batches = meters.get("parley.store.batch.size").summary();
            System.out.printf(
                    "threads %d: %,d appends/s, %.1f us CPU each, p50 %,d us, p99 %,d us, max %,d us, batches of %.0f%n",
                    threads,
                    Math.round(latencies.length / seconds),
                    cpuMicros / latencies.length,
                    latencies[latencies.length / 2] / 1000,
                    latencies[(int) (latencies.length * 0.99)] / 1000,
                    latencies[latencies.length - 1] / 1000,
                    batches.mean());
        }
    }

    private static long cpuNanos() {
        return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos();
    }

    private static ConversationKey conversation(int number) {
        return new ConversationKey(APP, new ConversationId("%024x".formatted(number)));
    }

    private static ClientId member(int conversation, int which) {
        return new ClientId("client-" + (2 * conversation + which));
    }

    private void createConversations() {
        for (int i = 0; i < CONVERSATIONS; i++)
            storage.conversations()
                    .create(new NewConversation(
                            conversation(i),
                            Kind.NORMAL,
                            Optional.of(member(i, 0)),
                            com.fasterxml.jackson.databind.node.JsonNodeFactory.instance.objectNode(),
                            new LinkedHashSet<>(List.of(member(i, 0), member(i, 1))),
                            Optional.empty(),
                            Clock.systemUTC().instant(),
                            Optional.empty()));
    }

    /// @return how long each append took, in nanoseconds, ascending
    private long[] send(int threads, int each) throws InterruptedException, ExecutionException {
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<long[]>> running = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                int number = t;
                running.add(executor.submit(() -> sendOneByOne(number, each)));
            }
            long[] all = new long[threads * each];
            int filled = 0;
            for (Future<long[]> future : running) {
                System.arraycopy(future.get(), 0, all, filled, each);
                filled += each;
            }
            Arrays.sort(all);
            return all;
        }
    }

    private long[] sendOneByOne(int thread, int count) {
        int number = thread % CONVERSATIONS;
        ConversationKey conversation = conversation(number);
        long[] latencies = new long[count];
        for (int i = 0; i < count; i++) {
            Draft draft = new Draft(
                    conversation,
                    member(number, 0),
                    new Content.Text(CONTENT),
                    Mentions.NONE,
                    false,
                    Optional.of("token-" + thread + "-" + i),
                    Optional.empty());
            long start = System.nanoTime();
            long timestamp = storage.messages().append(draft).message().timestamp();
            latencies[i] = System.nanoTime() - start;
            if (acknowledging)
                storage.cursors().acknowledge(conversation, member(number, 1), timestamp, System.currentTimeMillis());
        }
        return latencies;
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
        }
    }
}
