package io.parley.client;

import io.parley.client.internal.Json;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The fields of typed messages, found by their annotations, to and from JSON. */
final class TypedFields {
    private static final String TYPE = "_lctype";
    private static final Map<Class<?>, List<Entry>> KNOWN = new ConcurrentHashMap<>();

    private TypedFields() {}

    private static final class Entry {
        final Field field;
        final String name;

        Entry(Field field, String name) {
            this.field = field;
            this.name = name;
        }

        @Nullable
        Object get(Object message) {
            try {
                return field.get(message);
            } catch (IllegalAccessException e) {
                throw new IllegalStateException(field + " was made accessible", e);
            }
        }

        void set(Object message, Object value) {
            try {
                field.set(message, value);
            } catch (IllegalAccessException e) {
                throw new IllegalStateException(field + " was made accessible", e);
            }
        }
    }

    /** 0 when the class has no number. */
    static int typeOf(Class<?> messageClass) {
        AVIMMessageType type = messageClass.getAnnotation(AVIMMessageType.class);
        return type == null ? 0 : type.type();
    }

    /** 0 when the JSON has no number. */
    static int typeOf(Map<String, Object> json) {
        Object type = json.get(TYPE);
        return type instanceof Integer ? (Integer) type : 0;
    }

    private static List<Entry> of(Class<?> messageClass) {
        return KNOWN.computeIfAbsent(messageClass, type -> {
            List<Entry> entries = new ArrayList<>();
            for (Class<?> c = type; c != null && c != AVIMTypedMessage.class; c = c.getSuperclass())
                for (Field field : c.getDeclaredFields()) {
                    AVIMMessageField mark = field.getAnnotation(AVIMMessageField.class);
                    if (mark == null) continue;
                    field.setAccessible(true);
                    entries.add(new Entry(field, mark.name().isEmpty() ? field.getName() : mark.name()));
                }
            return entries;
        });
    }

    static Map<String, Object> write(AVIMTypedMessage message, Map<String, Object> others) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put(TYPE, message.getMessageType());
        for (Entry entry : of(message.getClass())) {
            Object value = entry.get(message);
            if (value == null || (value instanceof Map && ((Map<?, ?>) value).isEmpty())) continue;
            Object plain = value instanceof Map ? value : Json.plain(value, entry.field.getGenericType());
            if (plain != null) json.put(entry.name, plain);
        }
        others.forEach(json::putIfAbsent);
        return json;
    }

    /** Fills the fields, and gives what is left. */
    static Map<String, Object> read(AVIMTypedMessage message, Map<String, Object> json) {
        Map<String, Object> left = new LinkedHashMap<>(json);
        left.remove(TYPE);
        for (Entry entry : of(message.getClass())) {
            Object value = left.remove(entry.name);
            if (value == null) continue;
            Class<?> type = entry.field.getType();
            Object fitting = type == Map.class || type == Object.class
                    ? (type.isInstance(value) ? value : null)
                    : Json.typed(value, entry.field.getGenericType());
            if (fitting != null) entry.set(message, fitting);
            else left.put(entry.name, value);
        }
        return left;
    }

    /** A new message of that class. */
    static AVIMTypedMessage create(Class<? extends AVIMTypedMessage> messageClass) {
        try {
            var constructor = messageClass.getDeclaredConstructor();
            constructor.setAccessible(true);
            return constructor.newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(
                    messageClass.getName() + " needs a constructor without parameters, and must not be abstract", e);
        }
    }
}
