package io.parley.client;

import io.parley.client.internal.ConnectionLoop;
import io.parley.client.internal.Failures;
import io.parley.client.internal.Futures;
import io.parley.client.internal.HttpCalls;
import io.parley.client.internal.HttpRoutes;
import io.parley.client.internal.LoopThread;
import io.parley.client.internal.OkHttpTransport;
import io.parley.client.internal.Proof;
import io.parley.client.internal.Routes;
import io.parley.client.internal.SerialExecutor;
import io.parley.client.internal.Threads;
import java.security.SignatureException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/** What runs behind one app: the connection, the threads, the cache. Thread-safe. */
final class Engine {
    private static final String BINARY = "lc.protobuf2.";

    final AVIMRealtime realtime;
    final AVIMOptions options;
    final HttpCalls http;
    final ConnectionLoop connection;
    final Store store;
    final LoopThread loop;

    /** Handlers and callbacks, in order. */
    final Executor callbacks;

    /** Futures of the application and its signatures: may block. */
    final Executor workers = Threads.many("parley-worker");

    final OkHttpClient okHttp;

    Engine(AVIMRealtime realtime, AVIMOptions options) {
        this.realtime = realtime;
        this.options = options;
        LoopThread own = options.loop;
        this.loop = own != null ? own : new LoopThread("parley-connection");
        OkHttpClient given = options.http;
        this.okHttp = given != null ? given : new OkHttpClient();
        this.callbacks =
                new SerialExecutor(options.callbacks != null ? options.callbacks : Threads.single("parley-callbacks"));
        this.http = new HttpCalls(okHttp, options.server, options.appId, options.appKey);
        String url = options.socketUrl;
        Routes routes = url != null
                ? fresh -> CompletableFuture.completedFuture(List.of(url))
                : new HttpRoutes(http, options.appId, options.server.startsWith("https"), loop::now);
        this.connection = new ConnectionLoop(
                loop,
                options.settings(),
                new OkHttpTransport(okHttp),
                routes,
                () -> BINARY + (realtime.countsUnread() ? "3" : "1"),
                realtime::connectionIs);
        this.store = new Store(options.cache, options.cacheMaxAge);
    }

    /** For the application: what it does with the result does not hold up the connection. */
    <T extends @Nullable Object> CompletableFuture<T> future(CompletableFuture<T> inner) {
        CompletableFuture<T> outer = new CompletableFuture<>();
        inner.whenComplete((value, error) -> workers.execute(() -> {
            if (error == null) outer.complete(value);
            else outer.completeExceptionally(Failures.of(error));
        }));
        return outer;
    }

    /** Tells a callback, in the order things happened. */
    <T extends @Nullable Object> void call(
            CompletableFuture<T> inner, BiConsumer<@Nullable T, @Nullable AVIMException> callback) {
        inner.whenComplete((value, error) -> callbacks.execute(
                () -> callback.accept(error == null ? value : null, error == null ? null : Failures.of(error))));
    }

    /** A question to the application's signer. */
    interface Question {
        Signature ask(SignatureFactory factory) throws SignatureException;
    }

    /** Empty when the application does not sign. */
    CompletableFuture<Optional<Proof>> sign(Question question) {
        SignatureFactory factory = realtime.signatureFactory();
        if (factory == null) return CompletableFuture.completedFuture(Optional.empty());
        CompletableFuture<Optional<Proof>> answer = new CompletableFuture<>();
        workers.execute(() -> {
            try {
                Signature given = question.ask(factory);
                answer.complete(Optional.of(new Proof(given.getSignature(), given.getTimestamp(), given.getNonce())));
            } catch (SignatureException | RuntimeException e) {
                answer.completeExceptionally(new AVIMException(
                        AVIMException.SIGNATURE_FAILED, "the application's signer refused: " + e.getMessage(), e));
            }
        });
        return answer;
    }

    void shutdown() {
        connection.shutdown();
        store.close();
        if (options.http == null) {
            okHttp.dispatcher().executorService().shutdown();
            okHttp.connectionPool().evictAll();
        }
    }

    static <T> CompletableFuture<T> invalid(String why) {
        return Futures.failed(new AVIMException(AVIMException.INVALID_ARGUMENT, why));
    }
}
