package io.parley.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What an answer must look like: JSON in which a text such as `<time>` stands for what differs from run to run, and
/// `<id:chat>` keeps what it finds under the name `chat`. All keys must be there and no others, unless one of them is
/// `*`. An array that begins with `<unordered>` has the rest in any order.
final class JsonPattern {
    private static final Pattern WILDCARD = Pattern.compile("<(\\w+)(?::([\\w.]+))?>");
    private static final Map<String, Pattern> TEXTS = Map.of(
            "id",
            Pattern.compile("[0-9a-f]{24}"),
            "time",
            Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z"),
            "md5",
            Pattern.compile("[0-9a-f]{32}"),
            "url",
            Pattern.compile("https?://\\S+"),
            "socket",
            Pattern.compile("wss?://\\S+"),
            "host",
            Pattern.compile("[\\w.:-]+"),
            "path",
            Pattern.compile("/\\S+"),
            "text",
            Pattern.compile("(?s).+"));

    private static final Set<String> WORDS = Set.of("any", "ms", "number", "object");

    /// Milliseconds since the epoch have thirteen digits until the year 2286.
    private static final Pattern MILLISECONDS = Pattern.compile("\\d{13}");

    private final Map<String, String> kept;
    private final List<String> differences = new ArrayList<>();

    private JsonPattern(Map<String, String> kept) {
        this.kept = kept;
    }

    /// What is wrong with `actual`, one line each; what it names is put into `kept`.
    static List<String> differences(JsonNode expected, JsonNode actual, Map<String, String> kept) {
        JsonPattern pattern = new JsonPattern(kept);
        pattern.compare("", expected, actual);
        return pattern.differences;
    }

    private void compare(String where, JsonNode expected, JsonNode actual) {
        if (expected.isTextual()) {
            Matcher wildcard = WILDCARD.matcher(expected.asText());
            if (wildcard.matches()) {
                match(where, wildcard.group(1), actual);
                if (wildcard.group(2) != null) keep(wildcard.group(2), actual.asText());
                return;
            }
        }
        if (expected.isObject() && actual.isObject()) objects(where, expected, actual);
        else if (expected.isArray() && actual.isArray()) arrays(where, expected, actual);
        else if (!expected.equals(actual) && !sameNumber(expected, actual))
            differences.add(where + ": expected " + expected + ", got " + actual);
    }

    private void keep(String name, String value) {
        if (WORDS.contains(name) || TEXTS.containsKey(name))
            throw new IllegalArgumentException(name + " is a wildcard and cannot be a name");
        kept.put(name, value);
    }

    private static boolean sameNumber(JsonNode expected, JsonNode actual) {
        return expected.isNumber()
                && actual.isNumber()
                && expected.decimalValue().compareTo(actual.decimalValue()) == 0;
    }

    private void match(String where, String kind, JsonNode actual) {
        boolean fits = switch (kind) {
            case "any" -> !actual.isMissingNode();
            case "ms" ->
                actual.isNumber() && MILLISECONDS.matcher(actual.asText()).matches();
            case "number" -> actual.isNumber();
            case "object" -> actual.isObject();
            default -> {
                Pattern text = TEXTS.get(kind);
                if (text == null) throw new IllegalArgumentException("no such wildcard: <" + kind + ">");
                yield actual.isTextual() && text.matcher(actual.asText()).matches();
            }
        };
        if (!fits) differences.add(where + ": expected <" + kind + ">, got " + actual);
    }

    private void objects(String where, JsonNode expected, JsonNode actual) {
        Set<String> names = new LinkedHashSet<>();
        expected.fieldNames().forEachRemaining(names::add);
        boolean open = names.remove("*");
        for (String name : names) {
            if (actual.has(name)) compare(where + "." + name, expected.get(name), actual.get(name));
            else differences.add(where + "." + name + ": missing");
        }
        if (open) return;
        actual.fieldNames().forEachRemaining(name -> {
            if (!names.contains(name)) differences.add(where + "." + name + ": not expected, got " + actual.get(name));
        });
    }

    private void arrays(String where, JsonNode expected, JsonNode actual) {
        boolean unordered = expected.path(0).asText().equals("<unordered>");
        List<JsonNode> wanted = new ArrayList<>();
        expected.forEach(wanted::add);
        if (unordered) wanted.removeFirst();
        if (wanted.size() != actual.size()) {
            differences.add(where + ": expected " + wanted.size() + " elements, got " + actual);
            return;
        }
        if (unordered) {
            for (JsonNode one : wanted) {
                boolean found = false;
                for (JsonNode other : actual)
                    found |= differences(one, other, kept).isEmpty();
                if (!found) differences.add(where + ": " + one + " is not in " + actual);
            }
            return;
        }
        for (int i = 0; i < wanted.size(); i++) compare(where + "[" + i + "]", wanted.get(i), actual.get(i));
    }
}
