package io.parley.outbound.push;

import io.parley.core.push.Notification;
import io.parley.core.push.PushResult;
import io.parley.core.push.Target;
import io.parley.outbound.CallFailedException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Makes calls for a few devices each, some of them at once. As soon as one says that it is too much, too late or not
/// allowed, no further ones are made: they would only take as long to say the same. Thread-safe.
///
/// @param size devices of a call
/// @param atOnce calls at the same time
record Chunks(int size, int atOnce, Sender sender) implements Provider {
    interface Sender {
        /// @return one result for each target, in their order
        List<PushResult> send(Notification notification, List<Target> targets)
                throws CallFailedException, DeniedException;
    }

    @Override
    public List<PushResult> send(Notification notification, List<Target> targets) {
        List<List<Target>> chunks = new ArrayList<>();
        for (int from = 0; from < targets.size(); from += size)
            chunks.add(targets.subList(from, Math.min(targets.size(), from + size)));
        AtomicReference<@Nullable PushResult> stop = new AtomicReference<>();
        if (chunks.size() == 1) return one(notification, chunks.getFirst(), stop);
        List<List<PushResult>> results = new ArrayList<>(Collections.nCopies(chunks.size(), List.of()));
        AtomicInteger next = new AtomicInteger();
        Runnable worker = () -> {
            for (int i = next.getAndIncrement(); i < chunks.size(); i = next.getAndIncrement())
                results.set(i, one(notification, chunks.get(i), stop));
        };
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> workers = new ArrayList<>();
            for (int i = 0; i < Math.min(atOnce, chunks.size()); i++) workers.add(threads.submit(worker));
            for (Future<?> future : workers) future.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a push failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Collections.nCopies(targets.size(), new PushResult.Later("interrupted"));
        }
        return results.stream().flatMap(List::stream).toList();
    }

    private List<PushResult> one(
            Notification notification, List<Target> targets, AtomicReference<@Nullable PushResult> stop) {
        PushResult stopped = stop.get();
        if (stopped != null) return all(targets, stopped);
        List<PushResult> results;
        try {
            results = sender.send(notification, targets);
        } catch (CallFailedException e) {
            results = all(targets, new PushResult.Later(e.reason(), e.retryAfter()));
        } catch (DeniedException e) {
            results = all(targets, new PushResult.Unauthorized(e.reason()));
        }
        for (PushResult result : results)
            if (result instanceof PushResult.Later || result instanceof PushResult.Unauthorized)
                stop.compareAndSet(null, result);
        return results;
    }

    static List<PushResult> all(List<Target> targets, PushResult result) {
        return Collections.nCopies(targets.size(), result);
    }
}
