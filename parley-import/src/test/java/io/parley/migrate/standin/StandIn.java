package io.parley.migrate.standin;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.parley.migrate.archive.Lines;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One app on a stand-in for LeanCloud, as its REST documents describe it. Fill it before use; thread-safe then.
/// Source: rest 5.4, 6, 8, 10, 24.
public final class StandIn implements AutoCloseable {
    public static final String APP = "standInApp00-gzGzoHsz";
    public static final String MASTER_KEY = "standInMasterKey";

    private static final Pattern HISTORY = Pattern.compile("/1\\.2/rtm/(?:conversations|chatrooms)/([^/]+)/messages");
    private static final Pattern LISTS = Pattern.compile("/1\\.2/rtm/[a-z-]+/([^/]+)/(permanent-silenceds|blacklists)");
    private static final Pattern SUBSCRIBERS = Pattern.compile("/1\\.2/rtm/service-conversations/([^/]+)/subscribers");
    private static final Pattern SEEN =
            Pattern.compile("/1\\.2/rtm/service-conversations/([^/]+)/subscribers/([^/]+)/messages");

    private final HttpServer server;
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicLong cursors = new AtomicLong();
    private final Map<String, Cursor> open = new HashMap<>();

    final Map<String, List<ObjectNode>> classes = new LinkedHashMap<>();
    private final Map<String, List<String>> lists = new HashMap<>();
    private final Map<String, TreeMap<String, Long>> subscribers = new HashMap<>();
    private final Map<String, List<ObjectNode>> seen = new HashMap<>();
    private final Map<String, byte[]> files = new HashMap<>();
    private final List<ObjectNode> messages = new ArrayList<>();
    private @Nullable History generated;
    private volatile Mood mood = Mood.GOOD;

    private record Cursor(String className, int next, int bornAt) {}

    /// How the stand-in misbehaves. Numbers are counts of calls; 0 is never.
    ///
    /// @param tooManyEvery answers 429 without saying for how long
    /// @param retryAfterEvery answers 429 with `Retry-After: 0`
    /// @param dropEvery closes the connection in the middle of an answer
    /// @param brokenEvery answers as a proxy does whose server is away
    /// @param quotaAfter answers that the day's calls are used up from there on
    /// @param cursorLife calls that a cursor survives, standing for its ten minutes
    /// @param repeatsStart history pages repeat the message they continue from
    public record Mood(
            int tooManyEvery,
            int retryAfterEvery,
            int dropEvery,
            int brokenEvery,
            int quotaAfter,
            int cursorLife,
            boolean repeatsStart) {
        public static final Mood GOOD = new Mood(0, 0, 0, 0, 0, 0, false);
        public static final Mood BAD = new Mood(5, 7, 11, 13, 0, 4, true);

        public Mood quotaAfter(int calls) {
            return new Mood(tooManyEvery, retryAfterEvery, dropEvery, brokenEvery, calls, cursorLife, repeatsStart);
        }
    }

    public StandIn() {
        this(0);
    }

    static {
        // Answers are written in two parts, and the second must not wait for the client.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    StandIn(int port) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 64);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::handle);
        server.setExecutor(java.util.concurrent.Executors.newCachedThreadPool(
                Thread.ofPlatform().daemon().factory()));
        server.start();
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    public int calls() {
        return calls.get();
    }

    public void feel(Mood mood) {
        this.mood = mood;
    }

    public synchronized void addRow(String className, ObjectNode row) {
        classes.computeIfAbsent(className, name -> new ArrayList<>()).add(row);
    }

    public synchronized void addMessage(ObjectNode item) {
        messages.add(item);
    }

    /// Gives a message another text, without telling anybody when.
    public synchronized void edit(String id, String data) {
        messages.stream()
                .filter(item -> item.path("msg-id").asText().equals(id))
                .forEach(item -> item.put("data", data).put("bin", false));
    }

    /// Puts a row in the place of the one with its id.
    public synchronized void changeRow(String className, ObjectNode row) {
        List<ObjectNode> rows = classes.getOrDefault(className, List.of());
        rows.replaceAll(one -> one.path("objectId").equals(row.path("objectId")) ? row : one);
    }

    synchronized void generate(History history) {
        generated = history;
    }

    /// @param list `permanent-silenceds` or `blacklists`
    public void addToList(String conversation, String list, String client) {
        lists.computeIfAbsent(conversation + "/" + list, key -> new ArrayList<>())
                .add(client);
    }

    public void subscribe(String service, String client, long since) {
        subscribers.computeIfAbsent(service, key -> new TreeMap<>()).put(client, since);
    }

    public void show(String service, String client, ObjectNode item) {
        seen.computeIfAbsent(service + "/" + client, key -> new ArrayList<>()).add(item);
    }

    public void addFile(String key, byte[] bytes) {
        files.put("/file-host/" + key, bytes);
    }

    private void handle(HttpExchange call) throws IOException {
        int number = calls.incrementAndGet();
        Mood now = mood;
        if (files.containsKey(call.getRequestURI().getPath())) {
            byte[] bytes = files.get(call.getRequestURI().getPath());
            call.sendResponseHeaders(200, bytes.length);
            call.getResponseBody().write(bytes);
            call.close();
        } else if (now.quotaAfter > 0 && number > now.quotaAfter) {
            error(call, 403, 140, "This application has exceeded its daily API quota.");
        } else if (due(number, now.retryAfterEvery)) {
            call.getResponseHeaders().add("Retry-After", "0");
            error(call, 429, 429, "Too many requests.");
        } else if (due(number, now.tooManyEvery)) {
            error(call, 429, 429, "Too many requests.");
        } else if (due(number, now.brokenEvery)) {
            send(call, 502, "<html><body>Bad gateway</body></html>".getBytes(UTF_8), "text/html");
        } else if (due(number, now.dropEvery)) {
            call.sendResponseHeaders(200, 100_000);
            call.getResponseBody().write("{\"results\":[".getBytes(UTF_8));
            call.close();
        } else if (!(MASTER_KEY + ",master").equals(call.getRequestHeaders().getFirst("X-LC-Key"))
                || !APP.equals(call.getRequestHeaders().getFirst("X-LC-Id"))) {
            error(call, 401, 401, "Unauthorized.");
        } else {
            answer(call, call.getRequestURI().getRawPath(), query(call), number, now);
        }
    }

    private static boolean due(int number, int every) {
        return every > 0 && number % every == 0;
    }

    private static Map<String, String> query(HttpExchange call) {
        Map<String, String> query = new HashMap<>();
        String raw = call.getRequestURI().getRawQuery();
        if (raw == null) return query;
        for (String pair : raw.split("&")) {
            String[] parts = pair.split("=", 2);
            query.put(parts[0], URLDecoder.decode(parts[1], UTF_8));
        }
        return query;
    }

    private synchronized void answer(HttpExchange call, String path, Map<String, String> query, int number, Mood now)
            throws IOException {
        Matcher matcher = HISTORY.matcher(path);
        if (path.startsWith("/1.1/scan/classes/")) {
            scan(call, path.substring("/1.1/scan/classes/".length()), query, number, now);
        } else if (path.startsWith("/1.1/classes/")) {
            List<ObjectNode> rows = classes.get(path.substring("/1.1/classes/".length()));
            if (rows == null) error(call, 404, 101, "Class or object doesn't exists.");
            else
                send(
                        call,
                        Lines.object()
                                .put("count", rows.size())
                                .set("results", Lines.object().arrayNode()));
        } else if (path.equals("/1.2/rtm/messages")) {
            History all = generated;
            send(call, page(all != null ? all : History.of(messages), query, now));
        } else if (matcher.matches()) {
            String id = matcher.group(1);
            send(
                    call,
                    page(
                            History.of(messages.stream()
                                    .filter(item -> item.path("to").asText().equals(id))
                                    .toList()),
                            query,
                            now));
        } else if ((matcher = SEEN.matcher(path)).matches()) {
            String client = URLDecoder.decode(matcher.group(2), UTF_8);
            send(call, page(History.of(seen.getOrDefault(matcher.group(1) + "/" + client, List.of())), query, now));
        } else if ((matcher = SUBSCRIBERS.matcher(path)).matches()) {
            send(call, subscribers(matcher.group(1), query));
        } else if ((matcher = LISTS.matcher(path)).matches()) {
            send(call, list(lists.getOrDefault(matcher.group(1) + "/" + matcher.group(2), List.of()), query));
        } else {
            error(call, 404, 1, "Not found: " + path);
        }
    }

    private void scan(HttpExchange call, String className, Map<String, String> query, int number, Mood now)
            throws IOException {
        List<ObjectNode> rows = classes.get(className);
        if (rows == null) {
            error(call, 404, 101, "Class or object doesn't exists.");
            return;
        }
        rows = new ArrayList<>(rows);
        rows.sort(java.util.Comparator.comparing(row -> row.path("objectId").asText()));
        String since = Lines.read(query.getOrDefault("where", "{}").getBytes(UTF_8))
                .at("/updatedAt/$gt/iso")
                .asText("");
        rows.removeIf(row -> row.path("updatedAt").asText().compareTo(since) <= 0);
        int from = 0;
        if (query.containsKey("cursor")) {
            Cursor cursor = open.remove(query.get("cursor"));
            if (cursor == null || (now.cursorLife > 0 && number - cursor.bornAt > now.cursorLife)) {
                error(call, 400, 1, "Invalid cursor.");
                return;
            }
            from = cursor.next;
        }
        int to = Math.min(rows.size(), from + Integer.parseInt(query.getOrDefault("limit", "100")));
        ObjectNode answer = Lines.object();
        ArrayNode results = answer.putArray("results");
        rows.subList(from, to).forEach(results::add);
        if (to < rows.size()) {
            // Of one scan, however many pages it has: it dies as a whole.
            String cursor = "cursor" + cursors.incrementAndGet();
            open.put(cursor, new Cursor(className, to, number));
            answer.put("cursor", cursor);
        } else {
            answer.putNull("cursor");
        }
        send(call, answer);
    }

    private static JsonNode page(History all, Map<String, String> query, Mood now) {
        boolean reversed = Boolean.parseBoolean(query.getOrDefault("reversed", "false"));
        int limit = Integer.parseInt(query.getOrDefault("limit", "100"));
        long timestamp = Long.parseLong(query.getOrDefault("timestamp", reversed ? "0" : "9999999999999"));
        String id = query.getOrDefault("msgid", "");
        long till = Long.parseLong(query.getOrDefault("till_timestamp", reversed ? "9999999999999" : "0"));
        boolean repeats = now.repeatsStart && !id.isEmpty();
        ArrayNode page = Lines.object().arrayNode();
        if (reversed) {
            // Exclusive: after the message, or after the millisecond.
            int from = id.isEmpty() ? all.before(timestamp + 1, "") : all.before(timestamp, id) + (repeats ? 0 : 1);
            for (int i = from; i < all.size() && page.size() < limit && all.timestamp(i) < till; i++)
                page.add(all.item(i));
        } else {
            int from = all.before(timestamp, id) - (repeats ? 0 : 1);
            for (int i = from; i >= 0 && page.size() < limit && all.timestamp(i) > till; i--)
                if (i < all.size()) page.add(all.item(i));
        }
        return page;
    }

    private JsonNode subscribers(String service, Map<String, String> query) {
        ArrayNode page = Lines.object().arrayNode();
        subscribers
                .getOrDefault(service, new TreeMap<>())
                .tailMap(query.getOrDefault("client_id", ""), false)
                .entrySet()
                .stream()
                .limit(Math.min(50, Integer.parseInt(query.getOrDefault("limit", "50"))))
                .forEach(entry -> page.addObject()
                        .put("timestamp", entry.getValue())
                        .put("subscriber", entry.getKey())
                        .put("conv_id", service));
        return page;
    }

    private static JsonNode list(List<String> clients, Map<String, String> query) {
        int from = Integer.parseInt(query.getOrDefault("next", "0"));
        int to = Math.min(clients.size(), from + Integer.parseInt(query.getOrDefault("limit", "10")));
        ObjectNode answer = Lines.object();
        ArrayNode ids = answer.putArray("client_ids");
        clients.subList(from, to).forEach(ids::add);
        if (to < clients.size()) answer.put("next", Integer.toString(to));
        return answer;
    }

    private static void error(HttpExchange call, int status, int code, String error) throws IOException {
        send(call, status, Lines.bytes(Lines.object().put("code", code).put("error", error)), "application/json");
    }

    private static void send(HttpExchange call, JsonNode body) throws IOException {
        send(call, 200, Lines.bytes(body), "application/json");
    }

    private static void send(HttpExchange call, int status, byte[] body, String type) throws IOException {
        call.getResponseHeaders().add("Content-Type", type + ";charset=utf-8");
        call.sendResponseHeaders(status, body.length);
        call.getResponseBody().write(body);
        call.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
