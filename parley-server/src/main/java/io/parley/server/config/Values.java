package io.parley.server.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Settings as text, each with the place it was read from. Layers are put on top of each other; problems are
/// gathered, so that an operator sees them all at once.
final class Values {
    private final Map<String, Value> values = new HashMap<>();
    private final List<String> problems = new ArrayList<>();

    /// @param source how the operator finds the place again
    record Value(String text, String source) {}

    void put(String key, String text, String source) {
        values.put(key, new Value(text, source));
    }

    void problem(String place, String text) {
        problems.add(place + ": " + text);
    }

    Optional<Value> find(String key) {
        return Optional.ofNullable(values.get(key));
    }

    /// The value, or `fallback` when there is none or it is wrong, which is noted.
    <T> T read(String key, Function<String, T> parse, T fallback) {
        return read(key, parse).orElse(fallback);
    }

    <T> Optional<T> read(String key, Function<String, T> parse) {
        Value value = values.get(key);
        if (value == null) return Optional.empty();
        try {
            return Optional.of(parse.apply(value.text));
        } catch (IllegalArgumentException e) {
            problem(value.source, e.getMessage() + "; got \"" + value.text + "\"");
            return Optional.empty();
        }
    }

    /// Values below a prefix, by the rest of their keys.
    Map<String, Value> below(String prefix) {
        return values.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(prefix))
                .collect(Collectors.toMap(entry -> entry.getKey().substring(prefix.length()), Map.Entry::getValue));
    }

    void throwProblems() {
        if (!problems.isEmpty()) throw new ConfigException(problems);
    }
}
