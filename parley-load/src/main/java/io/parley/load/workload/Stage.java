package io.parley.load.workload;

import io.parley.load.client.Commands;
import io.parley.load.client.Endpoint;
import io.parley.load.client.Identity;
import io.parley.load.client.LightClient;
import io.parley.load.client.Listener;
import io.parley.load.client.Loop;
import io.parley.load.client.Loops;
import io.parley.load.measure.ServerProcess;
import io.parley.protocol.proto.GenericCommand;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;

/// The ground a load plays on: the server, the event loops, the clients that came on. Used by the thread that
/// runs the workload. Closing it drops all connections.
final class Stage implements AutoCloseable {
    private static final int AT_ONCE = 100;

    private final Options options;
    private final String app;
    private final Endpoint endpoint;
    private final Optional<ServerProcess> server;
    private final Loops loops;
    private final SourceAddresses sources;
    private final String run = Integer.toHexString(ThreadLocalRandom.current().nextInt());

    private Stage(Options options, String app, Endpoint endpoint, Optional<ServerProcess> server, int sockets) {
        this.options = options;
        this.app = app;
        this.endpoint = endpoint;
        this.server = server;
        this.loops = new Loops(options.loopCount());
        this.sources = new SourceAddresses(endpoint.host(), sockets);
    }

    /// @param sockets how many connections will be open at once
    static Stage open(Options options, int sockets) throws InterruptedException {
        String app;
        Endpoint endpoint;
        try {
            app = options.app();
            endpoint = options.webSocket.isPresent()
                    ? Endpoint.of(options.webSocket.get())
                    : Endpoint.discover(options.server, app);
        } catch (IOException unreachable) {
            throw new SetupException("no server answers at " + options.server + ": " + unreachable);
        }
        Optional<ServerProcess> server =
                options.serverPid.map(ServerProcess::new).or(() -> ServerProcess.listeningOn(endpoint.port()));
        OpenFiles.check(sockets, server);
        return new Stage(options, app, endpoint, server, sockets);
    }

    Options options() {
        return options;
    }

    Optional<ServerProcess> server() {
        return server;
    }

    Loops loops() {
        return loops;
    }

    /// A client id that no other run uses.
    String clientId(int number) {
        return String.format(Locale.ROOT, "load-%s-%d", run, number);
    }

    Identity identity(int number) {
        return new Identity(app, clientId(number), "device-" + run + "-" + number);
    }

    /// Connects the `number`th client.
    CompletableFuture<LightClient> connect(int number, Loop loop, Listener listener) {
        return LightClient.connect(loop, endpoint, identity(number), options.acks, listener, sources.of(number));
    }

    /// Connects the `number`th client and opens its session.
    CompletableFuture<LightClient> login(int number, Loop loop, Listener listener) {
        return connect(number, loop, listener)
                .thenCompose(client ->
                        client.request(Commands.open(client.identity())).thenApply(opened -> client));
    }

    /// Logs in `count` clients from number `first` on, some at once, and waits for all.
    ///
    /// @param perSecond at most so many; 0 for as fast as it goes
    List<LightClient> loginAll(
            int first, int count, IntFunction<Loop> loop, IntFunction<Listener> listener, int perSecond)
            throws InterruptedException {
        long begin = System.nanoTime();
        return all(count, "log in", index -> {
            if (perSecond > 0) {
                long due = begin + (long) (index * 1e9 / perSecond);
                LockSupport.parkNanos(due - System.nanoTime());
            }
            int number = first + index;
            return login(number, loop.apply(number), listener.apply(number));
        });
    }

    /// Does something asynchronous `count` times, some at once, and waits for all results, which come in order.
    <T> List<T> all(int count, String what, IntFunction<CompletableFuture<T>> step) throws InterruptedException {
        Semaphore atOnce = new Semaphore(AT_ONCE);
        List<CompletableFuture<T>> steps = new ArrayList<>(count);
        for (int number = 0; number < count; number++) {
            if (!atOnce.tryAcquire(30, TimeUnit.SECONDS)) {
                throw new SetupException("cannot " + what + ": no answer to any of " + AT_ONCE + " attempts");
            }
            steps.add(step.apply(number).whenComplete((result, failure) -> atOnce.release()));
            if (number >= AT_ONCE) {
                result(steps.get(number - AT_ONCE), what, false);
            }
        }
        List<T> results = new ArrayList<>(count);
        for (CompletableFuture<T> done : steps) {
            results.add(result(done, what, true));
        }
        return results;
    }

    /// Waits for one answer.
    GenericCommand ask(LightClient client, String what, GenericCommand.Builder request) {
        return result(client.request(request), what, true);
    }

    private static <T> T result(CompletableFuture<T> step, String what, boolean wait) {
        try {
            return wait || step.isCompletedExceptionally() ? step.join() : step.getNow(null);
        } catch (CompletionException failed) {
            throw new SetupException("cannot " + what + ": " + failed.getCause());
        }
    }

    @Override
    public void close() {
        loops.close();
    }
}
