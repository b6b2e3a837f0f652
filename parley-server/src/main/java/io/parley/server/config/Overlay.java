package io.parley.server.config;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.List;

/// Replaces components of a settings record by configured values of the same name, so that every setting of a
/// record can be configured without a line of code about it. Components are whole numbers, switches,
/// durations, texts, names out of a few, lists of texts, and records of these.
final class Overlay {
    private Overlay() {}

    /// @param prefix of the keys in `values`
    static <R extends Record> R on(R defaults, Values values, String prefix) {
        RecordComponent[] components = defaults.getClass().getRecordComponents();
        Object[] arguments = new Object[components.length];
        Class<?>[] types = new Class<?>[components.length];
        try {
            for (int i = 0; i < components.length; i++) {
                types[i] = components[i].getType();
                arguments[i] = value(components[i], components[i].getAccessor().invoke(defaults), values, prefix);
            }
            @SuppressWarnings("unchecked")
            R result = (R) defaults.getClass().getConstructor(types).newInstance(arguments);
            return result;
        } catch (InvocationTargetException e) {
            values.problem(
                    prefix.substring(0, prefix.length() - 1),
                    String.valueOf(e.getTargetException().getMessage()));
            return defaults;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot read the settings " + defaults.getClass(), e);
        }
    }

    private static Object value(RecordComponent component, Object fallback, Values values, String prefix) {
        String key = prefix + component.getName();
        Class<?> type = component.getType();
        if (type == int.class)
            return values.read(key, text -> Parse.number(text, 0, Integer.MAX_VALUE), (Integer) fallback);
        if (type == boolean.class) return values.read(key, Parse::flag, (Boolean) fallback);
        if (type == Duration.class) return values.read(key, Parse::duration, (Duration) fallback);
        if (type == String.class) return values.read(key, text -> text, (String) fallback);
        if (type == List.class) return values.read(key, Parse::list, (List<?>) fallback);
        if (fallback instanceof Record group) return on(group, values, key + ".");
        if (type.isEnum()) return values.read(key, text -> Parse.oneOf(type, text), fallback);
        throw new IllegalStateException("no way to configure " + component);
    }
}
