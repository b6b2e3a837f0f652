package io.parley.client.internal;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * JSON as the SDK knows it: maps with string keys, lists, strings, booleans, {@code Integer}, {@code Long} and
 * {@code Double}. Dates are written as the storage form of the protocol. Source: protocol 5.1.
 */
public final class Json {
    private static final Gson GSON =
            new GsonBuilder().disableHtmlEscaping().serializeNulls().create();

    private Json() {}

    /** Whether the text is a JSON object and nothing else. */
    public static boolean isObject(String text) {
        return looksLikeObject(text) && parse(text) instanceof JsonObject;
    }

    private static boolean looksLikeObject(String text) {
        return text.trim().startsWith("{");
    }

    /** The object in that text, in its order; empty when the text is something else. */
    public static Map<String, Object> object(String text) {
        JsonElement parsed = looksLikeObject(text) ? parse(text) : null;
        return parsed instanceof JsonObject ? map((JsonObject) parsed) : new LinkedHashMap<>();
    }

    /** The list in that text; empty when the text is something else. */
    public static List<Object> list(String text) {
        JsonElement parsed = parse(text);
        return parsed instanceof JsonArray ? list((JsonArray) parsed) : new ArrayList<>();
    }

    /** The keys of the object in that text, those without a value included. */
    public static Set<String> keys(String text) {
        JsonElement parsed = looksLikeObject(text) ? parse(text) : null;
        return parsed instanceof JsonObject ? ((JsonObject) parsed).keySet() : Set.of();
    }

    private static @Nullable JsonElement parse(String text) {
        JsonReader reader = new JsonReader(new StringReader(text));
        reader.setStrictness(Strictness.STRICT);
        try {
            JsonElement parsed = JsonParser.parseReader(reader);
            return reader.peek() == JsonToken.END_DOCUMENT ? parsed : null;
        } catch (JsonParseException | IOException e) {
            return null; // not JSON: a legal message all the same
        }
    }

    /** As text. */
    public static String write(Map<String, ?> value) {
        return GSON.toJson(tree(value));
    }

    /** The value of a Java object in maps and lists. */
    public static @Nullable Object plain(@Nullable Object value, Type type) {
        return value(GSON.toJsonTree(value, type));
    }

    /** A Java object of that type from maps and lists; null when it does not fit. */
    public static @Nullable Object typed(@Nullable Object value, Type type) {
        try {
            return GSON.fromJson(tree(value), type);
        } catch (JsonParseException | NumberFormatException e) {
            return null; // another application writes another type here
        }
    }

    @SuppressWarnings("JavaUtilDate") // what applications have
    private static JsonElement tree(@Nullable Object value) {
        if (value == null) return JsonNull.INSTANCE;
        if (value instanceof Map) {
            JsonObject object = new JsonObject();
            ((Map<?, ?>) value).forEach((key, item) -> object.add(String.valueOf(key), tree(item)));
            return object;
        }
        if (value instanceof Iterable) {
            JsonArray array = new JsonArray();
            ((Iterable<?>) value).forEach(item -> array.add(tree(item)));
            return array;
        }
        if (value instanceof Date) {
            JsonObject date = new JsonObject();
            date.addProperty("__type", "Date");
            date.addProperty("iso", Iso.format(((Date) value).getTime()));
            return date;
        }
        if (value instanceof JsonWritable) return tree(((JsonWritable) value).toJson());
        return GSON.toJsonTree(value);
    }

    /** A class that knows its own JSON form. */
    public interface JsonWritable {
        /** In maps, lists and simple values. */
        Map<String, Object> toJson();
    }

    private static @Nullable Object value(JsonElement element) {
        if (element instanceof JsonObject) return map((JsonObject) element);
        if (element instanceof JsonArray) return list((JsonArray) element);
        if (!(element instanceof JsonPrimitive)) return null;
        JsonPrimitive primitive = (JsonPrimitive) element;
        if (primitive.isBoolean()) return primitive.getAsBoolean();
        if (primitive.isString()) return primitive.getAsString();
        return number(primitive.getAsString());
    }

    private static Number number(String text) {
        if (text.indexOf('.') >= 0 || text.indexOf('e') >= 0 || text.indexOf('E') >= 0) return Double.valueOf(text);
        if (text.length() > 18) return text.length() > 20 ? (Number) Double.valueOf(text) : big(text);
        long value = Long.parseLong(text);
        if (value == (int) value) return (int) value;
        return value;
    }

    private static Number big(String text) {
        BigDecimal exact = new BigDecimal(text);
        boolean fits = exact.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0
                && exact.compareTo(BigDecimal.valueOf(Long.MIN_VALUE)) >= 0;
        if (fits) return exact.longValue();
        return exact.doubleValue();
    }

    private static Map<String, Object> map(JsonObject object) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (Map.Entry<String, JsonElement> entry : object.entrySet()) {
            Object value = value(entry.getValue());
            if (value != null) map.put(entry.getKey(), value);
        }
        return map;
    }

    private static List<Object> list(JsonArray array) {
        List<Object> list = new ArrayList<>(array.size());
        for (JsonElement item : array) {
            Object value = value(item);
            if (value != null) list.add(value);
        }
        return list;
    }

    /** The object below that key; empty when there is none. */
    @SuppressWarnings("unchecked") // objects of parsed JSON have string keys
    public static Map<String, Object> object(Map<String, ?> map, String key) {
        Object value = map.get(key);
        return value instanceof Map ? (Map<String, Object>) value : Collections.emptyMap();
    }

    /** The strings of the list below that key; empty when there is none. */
    public static List<String> strings(Map<String, ?> map, String key) {
        Object value = map.get(key);
        if (!(value instanceof List)) return List.of();
        List<String> strings = new ArrayList<>();
        for (Object item : (List<?>) value) if (item instanceof String) strings.add((String) item);
        return strings;
    }

    /** The string below that key; empty when there is none. */
    public static String string(Map<String, ?> map, String key) {
        Object value = map.get(key);
        return value instanceof String ? (String) value : "";
    }

    /** The number below that key; 0 when there is none. */
    public static long number(Map<String, ?> map, String key) {
        Object value = map.get(key);
        return value instanceof Number ? ((Number) value).longValue() : 0;
    }
}
