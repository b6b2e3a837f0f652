package io.parley.migrate.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.migrate.archive.Lines;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Calls the REST interface of one app with its master key, and patiently: what a server or a network fails to do now
/// is tried again later. The key goes to this server only; redirects are not followed. Thread-safe.
public final class RestClient implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(RestClient.class);
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(60);

    /// Bytes per second that an upload is given time for.
    private static final long SLOWEST_LINE = 64 * 1024;

    /// Errors that name a quota. Source: rest 3.
    private static final int QUOTA_EXCEEDED = 140;

    private static final int THRESHOLD_EXCEEDED = 154;
    private static final int TOO_MANY = 429;

    private final Account account;
    private final Pace pace;
    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(20))
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final AtomicLong calls = new AtomicLong();
    private long nextCall = System.nanoTime();

    public RestClient(Account account, Pace pace) {
        this.account = account;
        this.pace = pace;
    }

    public Account account() {
        return account;
    }

    /// Calls made so far, repeated ones included.
    public long calls() {
        return calls.get();
    }

    /// @param query values of any look; absent ones are left out
    public JsonNode get(String path, Map<String, Object> query) throws IOException {
        return send(path, request(path, query).GET());
    }

    public JsonNode post(String path, String contentType, byte[] body) throws IOException {
        return send(
                path,
                request(path, Map.of())
                        .header("Content-Type", contentType)
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
    }

    /// Sends a file of any size without holding it in memory.
    public JsonNode upload(String path, Map<String, Object> query, String contentType, Path file) throws IOException {
        Duration ofLine = Duration.ofSeconds(Files.size(file) / SLOWEST_LINE);
        return send(
                path,
                request(path, query)
                        .timeout(CALL_TIMEOUT.plus(ofLine))
                        .header("Content-Type", contentType)
                        .POST(HttpRequest.BodyPublishers.ofFile(file)));
    }

    private HttpRequest.Builder request(String path, Map<String, Object> query) {
        var text = new StringJoiner("&", "?", "").setEmptyValue("");
        query.forEach((name, value) -> text.add(name + "=" + URLEncoder.encode(value.toString(), UTF_8)));
        return HttpRequest.newBuilder(URI.create(account.server() + path + text))
                .timeout(CALL_TIMEOUT)
                .header("X-LC-Id", account.app())
                .header("X-LC-Key", account.masterKey().header())
                .header("Accept", "application/json")
                .header("Accept-Encoding", "gzip")
                .header("User-Agent", "parley-archive");
    }

    private JsonNode send(String path, HttpRequest.Builder builder) throws IOException {
        HttpRequest request = builder.build();
        long start = System.nanoTime();
        for (int tries = 1; ; tries++) {
            keepPace();
            switch (tryOnce(path, request)) {
                case Outcome.Done(var body) -> {
                    return body;
                }
                case Outcome.TooMany(var asked) -> {
                    if (System.nanoTime() - start > pace.patience().toNanos())
                        throw new QuotaReached("the server has said \"too many requests\" for "
                                + pace.patience().toMinutes() + " minutes");
                    Duration pause = asked.orElse(pace.pause(tries));
                    log.info("Too many requests, waiting path={} pause={}", path, pause);
                    sleep(pause);
                }
                case Outcome.Failed(var cause) -> {
                    if (tries >= Pace.MAX_TRIES)
                        throw new IOException(path + " failed " + tries + " times; last: " + cause.getMessage(), cause);
                    Duration pause = pace.pause(tries);
                    log.info("A call failed, trying again path={} pause={} cause={}", path, pause, cause.toString());
                    sleep(pause);
                }
            }
        }
    }

    /// What came of one try of a call.
    private sealed interface Outcome {
        record Done(JsonNode body) implements Outcome {}

        /// @param asked how long the server asks to wait
        record TooMany(Optional<Duration> asked) implements Outcome {}

        record Failed(IOException cause) implements Outcome {}
    }

    private Outcome tryOnce(String path, HttpRequest request) throws IOException {
        HttpResponse<byte[]> response;
        JsonNode body;
        try {
            response = http.send(request, BodyHandlers.ofByteArray());
            body = Lines.read(plain(response));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while calling " + path);
        } catch (IOException e) { // no connection, a dropped one, or a page of a proxy instead of JSON
            return new Outcome.Failed(e);
        }
        int status = response.statusCode();
        if (status / 100 == 2) return new Outcome.Done(body);
        int code = body.path("code").asInt();
        String error = body.path("error").asText("no reason given");
        if (code == QUOTA_EXCEEDED || code == THRESHOLD_EXCEEDED)
            throw new QuotaReached("the app's quota is used up: " + error);
        if (status == TOO_MANY || code == TOO_MANY) return new Outcome.TooMany(retryAfter(response));
        RestException refused = new RestException(path, status, code, error);
        if (status >= 500 || status == 408) return new Outcome.Failed(refused);
        throw refused;
    }

    private static InputStream plain(HttpResponse<byte[]> response) throws IOException {
        InputStream raw = new ByteArrayInputStream(response.body());
        boolean gzip =
                response.headers().firstValue("Content-Encoding").orElse("").equalsIgnoreCase("gzip");
        return gzip ? new GZIPInputStream(raw) : raw;
    }

    /// Seconds, or a date. What is longer than the patience ends the crawl for today.
    private Optional<Duration> retryAfter(HttpResponse<?> response) throws QuotaReached {
        Optional<String> header = response.headers().firstValue("Retry-After");
        if (header.isEmpty()) return Optional.empty();
        Duration wait;
        try {
            wait = header.get().strip().matches("[0-9]{1,9}")
                    ? Duration.ofSeconds(Long.parseLong(header.get().strip()))
                    : Duration.between(
                            Instant.now(),
                            ZonedDateTime.parse(header.get(), DateTimeFormatter.RFC_1123_DATE_TIME)
                                    .toInstant());
        } catch (DateTimeException unreadable) {
            return Optional.empty();
        }
        if (wait.compareTo(pace.patience()) > 0)
            throw new QuotaReached("the server asks to come back in " + wait.toMinutes() + " minutes");
        return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
    }

    private void keepPace() throws IOException {
        if (pace.callsPerRun() > 0 && calls.get() >= pace.callsPerRun())
            throw new QuotaReached("this run has made its " + pace.callsPerRun() + " calls");
        calls.incrementAndGet();
        sleep(Duration.ofNanos(turn()));
    }

    /// @return nanoseconds to wait
    private synchronized long turn() {
        long now = System.nanoTime();
        long at = Math.max(now, nextCall);
        nextCall = at + (long) (1_000_000_000 / pace.callsPerSecond());
        return at - now;
    }

    private static void sleep(Duration pause) throws InterruptedIOException {
        if (pause.isZero()) return;
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
