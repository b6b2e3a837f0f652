package io.parley.core.app;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;

/// Default settings but for one.
public final class ChangedSettings {
    private ChangedSettings() {}

    public static AppSettings with(String name, Object value) {
        RecordComponent[] components = AppSettings.class.getRecordComponents();
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        Object[] values = new Object[components.length];
        try {
            for (int i = 0; i < components.length; i++)
                values[i] = components[i].getName().equals(name)
                        ? value
                        : components[i].getAccessor().invoke(AppSettings.DEFAULT);
            return AppSettings.class.getConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError("cannot change " + name, e);
        }
    }
}
