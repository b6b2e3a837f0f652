package io.parley.core.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.core.command.AppId;
import io.parley.core.command.ErrorCode;
import io.parley.core.command.Refusal;
import io.parley.core.record.RecordStore.Walk;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// The classes of an app and the types of their columns. Types are learnt from what is written; those of imported
/// rows when the class is first written to. Thread-safe; may block.
final class Schemas {
    private static final int MAX_CLASSES = 500;

    /// Of a class that was filled by an import, so many rows tell its columns.
    private static final int LEARNT_FROM = 1000;

    private final RecordStore store;
    private final Clock clock;
    private final Map<ClassKey, Map<String, ColumnType>> known = new ConcurrentHashMap<>();

    private record ClassKey(AppId app, String className) {}

    Schemas(RecordStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    boolean exists(AppId app, String className) {
        return ClassNames.BUILT_IN.contains(className)
                || known.containsKey(new ClassKey(app, className))
                || store.find(key(app, className)).isPresent()
                || store.classes(app).containsKey(className);
    }

    /// Refuses values that have another type than their column, and remembers the types of new columns.
    void check(AppId app, String className, ObjectNode data) {
        Map<String, ColumnType> types = types(app, className);
        Map<String, ColumnType> fresh = new HashMap<>();
        for (Map.Entry<String, JsonNode> entry : data.properties()) {
            Optional<ColumnType> type = ColumnType.of(entry.getKey(), entry.getValue());
            if (type.isEmpty()) continue;
            ColumnType expected = types.get(entry.getKey());
            if (expected == null) fresh.put(entry.getKey(), type.get());
            else if (!expected.equals(type.get()))
                throw Refusal.of(
                        ErrorCode.INCORRECT_TYPE,
                        "the column %s of %s holds %s; got %s",
                        entry.getKey(),
                        className,
                        expected,
                        type.get());
        }
        if (!fresh.isEmpty()) learn(app, className, fresh);
    }

    Optional<ColumnType> type(AppId app, String className, String column) {
        return Optional.ofNullable(types(app, className).get(column));
    }

    private Map<String, ColumnType> types(AppId app, String className) {
        var key = new ClassKey(app, className);
        Map<String, ColumnType> types = known.get(key);
        if (types == null) {
            types = load(app, className);
            if (!types.isEmpty()) known.put(key, types); // rows may come from elsewhere later
        }
        return types;
    }

    private Map<String, ColumnType> load(AppId app, String className) {
        Optional<Row> row = store.find(key(app, className));
        if (row.isPresent()) return read(row.get().data());
        Map<String, ColumnType> types = new HashMap<>();
        var rows = new AtomicInteger();
        store.visit(app, className, Walk.ALL, found -> {
            for (Map.Entry<String, JsonNode> entry : found.data().properties())
                ColumnType.of(entry.getKey(), entry.getValue())
                        .ifPresent(type -> types.putIfAbsent(entry.getKey(), type));
            return rows.incrementAndGet() < LEARNT_FROM;
        });
        return types;
    }

    private static Map<String, ColumnType> read(ObjectNode data) {
        Map<String, ColumnType> types = new HashMap<>();
        data.properties().forEach(entry -> types.put(entry.getKey(), ColumnType.of(entry.getValue())));
        return types;
    }

    private void learn(AppId app, String className, Map<String, ColumnType> fresh) {
        RecordKey key = key(app, className);
        if (store.find(key).isEmpty()) found(app, className, key);
        Row row = store.update(key, data -> {
                    fresh.forEach((column, type) -> {
                        if (!data.has(column)) data.set(column, type.json());
                    });
                    return data;
                })
                .orElseThrow(() -> new IllegalStateException("the schema of " + className + " has gone"));
        known.put(new ClassKey(app, className), read(row.data()));
    }

    private void found(AppId app, String className, RecordKey key) {
        if (!exists(app, className) && names(app).size() >= MAX_CLASSES)
            throw Refusal.of(ErrorCode.INVALID_CLASS_NAME, "an app has at most %d classes", MAX_CLASSES);
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        types(app, className).forEach((column, type) -> data.set(column, type.json()));
        try {
            store.insert(new Row(key, data, clock.instant(), clock.instant()));
        } catch (Refusal somebodyElseDid) {
            if (somebodyElseDid.code() != ErrorCode.DUPLICATE_VALUE) throw somebodyElseDid;
        }
    }

    private TreeSet<String> names(AppId app) {
        var names = new TreeSet<>(store.classes(app).keySet());
        store.visit(app, ClassNames.SCHEMA, Walk.ALL, row -> names.add(row.id()) || true);
        names.addAll(ClassNames.BUILT_IN);
        names.remove(ClassNames.SCHEMA);
        return names;
    }

    /// All classes with their columns. Source: rest 5.4.
    ObjectNode describe(AppId app) {
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        for (String name : names(app)) all.set(name, describe(app, name));
        return all;
    }

    ObjectNode describe(AppId app, String className) {
        ObjectNode columns = JsonNodeFactory.instance.objectNode();
        columns.putObject("objectId").put("type", "String");
        columns.putObject("createdAt").put("type", "Date");
        columns.putObject("updatedAt").put("type", "Date");
        new TreeMap<>(types(app, className)).forEach((column, type) -> {
            if (!Documents.isSecret(className, column)) columns.set(column, type.json());
        });
        return columns;
    }

    private static RecordKey key(AppId app, String className) {
        return new RecordKey(app, ClassNames.SCHEMA, className);
    }
}
