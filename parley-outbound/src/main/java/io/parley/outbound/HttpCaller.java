package io.parley.outbound;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Makes HTTP calls, each within its time from the wait for a free place to the last byte of the answer. Connections
/// are kept and used again; redirects are not followed, since they could lead anywhere. Thread-safe; blocks.
public final class HttpCaller implements AutoCloseable {
    /// More than any answer that makes sense.
    static final long MAX_ANSWER_BYTES = 4L * 1024 * 1024;

    private static final Duration CONNECTING = Duration.ofSeconds(5);

    private final Destinations destinations;
    private final int maxCallsPerHost;
    private final Map<String, Semaphore> places = new ConcurrentHashMap<>();
    private final HttpClient client;

    public HttpCaller(OutboundSettings settings) {
        destinations = new Destinations(settings);
        maxCallsPerHost = settings.maxCallsPerHost();
        // HTTP/1.1: the attempt to upgrade a plain connection to HTTP/2 confuses small servers.
        client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECTING)
                .build();
    }

    /// @param timeout of the whole call
    @SuppressWarnings("ArrayRecordComponent")
    public record Call(String method, URI url, Map<String, String> headers, byte[] body, Duration timeout) {
        public Call {
            headers = Map.copyOf(headers);
        }

        public static Call post(URI url, Map<String, String> headers, byte[] body, Duration timeout) {
            return new Call("POST", url, headers, body, timeout);
        }
    }

    /// @param retryAfter how long the server wants to be left alone; zero when it does not say
    @SuppressWarnings("ArrayRecordComponent")
    public record Response(int status, String contentType, byte[] body, Duration retryAfter) {}

    /// The answer, whatever its status.
    public Response call(Call call) throws CallFailedException {
        destinations.check(call.url);
        long deadline = System.nanoTime() + call.timeout.toNanos();
        Semaphore place = places.computeIfAbsent(call.url.getAuthority(), host -> new Semaphore(maxCallsPerHost));
        try {
            if (!place.tryAcquire(call.timeout.toNanos(), TimeUnit.NANOSECONDS))
                throw new CallFailedException("too many calls to " + call.url.getHost() + " at once");
            try {
                return exchange(call, deadline - System.nanoTime());
            } finally {
                place.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CallFailedException("interrupted", e);
        }
    }

    private Response exchange(Call call, long nanoseconds) throws CallFailedException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(call.url)
                .timeout(Duration.ofNanos(Math.max(1, nanoseconds)))
                .method(
                        call.method,
                        call.body.length == 0
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(call.body));
        call.headers.forEach(request::header);
        // The client's own time-out ends with the headers of the answer; this one ends with its last byte.
        CompletableFuture<HttpResponse<byte[]>> answer = client.sendAsync(
                request.build(),
                HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), MAX_ANSWER_BYTES));
        try {
            HttpResponse<byte[]> response = answer.get(nanoseconds, TimeUnit.NANOSECONDS);
            return new Response(
                    response.statusCode(),
                    response.headers().firstValue("Content-Type").orElse(""),
                    response.body(),
                    RetryAfter.of(response.statusCode(), response.headers()));
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new CallFailedException("no answer within " + call.timeout, e);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            if (cause instanceof java.net.http.HttpTimeoutException)
                throw new CallFailedException("no answer within " + call.timeout, e);
            String what = cause.getMessage() == null ? "" : ": " + cause.getMessage();
            throw new CallFailedException("call failed, " + cause.getClass().getSimpleName() + what, e);
        }
    }

    /// Gives up the calls under way.
    @Override
    public void close() {
        client.shutdownNow();
    }
}
