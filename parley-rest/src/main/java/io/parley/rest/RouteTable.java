package io.parley.rest;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The routes of a server by path: a tree with a branch per segment. A segment `:name` matches anything and hands
/// it over decoded; a last segment `*name` matches all that is left of a path. Literal segments win. Filled at
/// wiring, then read by all threads.
final class RouteTable {
    private final Node root = new Node();

    void add(String method, String pattern, Endpoint endpoint) {
        add(method, pattern, endpoint, false);
    }

    /// @param streaming the endpoint reads the body while it arrives
    void add(String method, String pattern, Endpoint endpoint, boolean streaming) {
        Node node = root;
        for (String segment : segments(pattern)) {
            if (segment.startsWith("*")) {
                if (node.rest == null) node.rest = new Node();
                node = node.rest;
            } else if (segment.startsWith(":")) {
                if (node.any == null) node.any = new Node();
                node = node.any;
            } else {
                node = node.literal.computeIfAbsent(segment, key -> new Node());
            }
        }
        if (node.routes.putIfAbsent(method, new Route(pattern, endpoint, streaming)) != null)
            throw new IllegalArgumentException("two routes for " + method + " " + pattern);
    }

    /// Every route as its method and pattern.
    Set<String> all() {
        Set<String> all = new TreeSet<>();
        collect(root, all);
        return all;
    }

    private static void collect(Node node, Set<String> all) {
        node.routes.forEach((method, route) -> all.add(method + " " + route.pattern));
        for (Node below : node.literal.values()) collect(below, all);
        if (node.any != null) collect(node.any, all);
        if (node.rest != null) collect(node.rest, all);
    }

    Found find(String method, String path) {
        String[] segments = segments(path);
        Node node = find(root, segments, 0);
        if (node == null) return new Found.Unknown();
        Route route = node.routes.get(method);
        if (route == null && method.equals("HEAD")) route = node.routes.get("GET");
        if (route == null) return new Found.OtherMethods(allowed(node));
        return new Found.Match(route.pattern, route.endpoint, route.streaming, values(route.pattern, segments));
    }

    private static Set<String> allowed(Node node) {
        return new TreeSet<>(node.routes.keySet());
    }

    /// What a table knows of a path.
    sealed interface Found {
        record Match(String pattern, Endpoint endpoint, boolean streaming, Map<String, String> values)
                implements Found {}

        record OtherMethods(Set<String> allowed) implements Found {}

        record Unknown() implements Found {}
    }

    private static @Nullable Node find(Node node, String[] segments, int from) {
        if (from == segments.length) return node.routes.isEmpty() ? null : node;
        Node literal = node.literal.get(segments[from]);
        Node found = literal == null ? null : find(literal, segments, from + 1);
        if (found == null && node.any != null && !segments[from].isEmpty()) found = find(node.any, segments, from + 1);
        return found == null ? node.rest : found;
    }

    private static Map<String, String> values(String pattern, String[] path) {
        String[] names = segments(pattern);
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < names.length; i++) {
            if (names[i].startsWith(":")) values.put(names[i].substring(1), decode(path[i]));
            if (names[i].startsWith("*"))
                values.put(
                        names[i].substring(1),
                        decode(String.join("/", List.of(path).subList(i, path.length))));
        }
        return values;
    }

    private static String decode(String segment) {
        if (segment.indexOf('%') < 0) return segment;
        try {
            return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw HttpRefusal.badRequest("the path is not properly percent-encoded: " + segment);
        }
    }

    private static String[] segments(String path) {
        return path.substring(path.startsWith("/") ? 1 : 0).split("/", -1);
    }

    private static final class Node {
        final Map<String, Node> literal = new LinkedHashMap<>();
        final Map<String, Route> routes = new TreeMap<>();

        @Nullable
        Node any;

        @Nullable
        Node rest;
    }

    private record Route(String pattern, Endpoint endpoint, boolean streaming) {}
}
