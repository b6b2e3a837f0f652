package io.parley.core.record;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.core.app.App;
import io.parley.core.app.StorageSettings.Operation;
import io.parley.core.command.ErrorCode;
import io.parley.core.command.Refusal;
import io.parley.core.query.Filter;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Rows of classes: made, read, changed, searched by whoever may. Users, installations and files are written
/// through the features of their own, and read here as all others. Thread-safe; may block. Source: rest 5.
public final class Records {
    private final RecordStore store;
    private final Clock clock;
    private final Schemas schemas;
    private final Search search;

    public Records(RecordStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
        this.schemas = new Schemas(store, clock);
        this.search = new Search(store);
    }

    /// @param document all of it
    /// @param written what the caller wrote, with what the server put to it
    public record Written(Row row, ObjectNode document, ObjectNode written) {}

    public Written create(App app, String className, ObjectNode body, Requester requester) {
        accessible(className);
        Permissions.check(app, className, Operation.CREATE, requester);
        Columns columns = Columns.of(body);
        ObjectNode data = columns.create();
        if (className.equals(ClassNames.ROLE)) checkRole(data);
        return written(insert(app, className, data), columns, requester);
    }

    /// A role without an ACL could be taken over by anybody.
    private static void checkRole(ObjectNode data) {
        if (data.path(Index.ROLE_NAME).asText("").isBlank() || !data.has(Acl.COLUMN))
            throw Refusal.of(ErrorCode.BAD_REQUEST, "a role needs a name and an ACL");
    }

    /// Adds a row that the caller of this method has checked, with types of columns as everywhere.
    public Row insert(App app, String className, ObjectNode data) {
        schemas.check(app.id(), className, data);
        Instant now = clock.instant();
        Row row = new Row(RecordKey.next(app.id(), className), data, now, now);
        store.insert(row);
        return row;
    }

    /// Empty when there is no such row, or the requester may not read it.
    public Optional<ObjectNode> get(App app, RecordKey key, String keys, String include, Requester requester) {
        accessible(key.className());
        Permissions.check(app, key.className(), Operation.GET, requester);
        Optional<Row> row = store.find(key).filter(found -> Acl.mayRead(found.data(), requester));
        if (row.isEmpty() && !schemas.exists(app.id(), key.className())) throw noClass(key.className());
        return row.map(found -> {
            ObjectNode document = Documents.of(found, requester, true);
            new Includes(app, store, requester).into(List.of(document), include);
            return keys.isBlank() ? document : new Projection(keys).of(document);
        });
    }

    /// @param where the row must match for the change to take place
    public Written update(App app, RecordKey key, ObjectNode body, Optional<ObjectNode> where, Requester requester) {
        accessible(key.className());
        Permissions.check(app, key.className(), Operation.UPDATE, requester);
        Columns columns = Columns.of(body);
        if (key.className().equals(ClassNames.ROLE)) columns.refuse(Index.ROLE_NAME);
        Row row = change(app, key, columns, where, requester);
        return written(row, columns, requester);
    }

    /// Changes a row if its ACL and the condition allow, with types of columns as everywhere.
    public Row change(App app, RecordKey key, Columns columns, Optional<ObjectNode> where, Requester requester) {
        return change(app, key, columns, where, requester, data -> data);
    }

    /// @param last what the server does to the columns after the caller; may refuse. Runs twice
    public Row change(
            App app,
            RecordKey key,
            Columns columns,
            Optional<ObjectNode> where,
            Requester requester,
            UnaryOperator<ObjectNode> last) {
        Row before = store.find(key).orElseThrow(() -> noRow(key));
        Acl.checkWrite(before.data(), requester.settled());
        ObjectNode after = last.apply(columns.applyTo(before.data().deepCopy()));
        schemas.check(app.id(), key.className(), after);
        Optional<Filter> condition = where.map(text -> Search.compile(key.className(), text));
        return store.update(key, data -> {
                    Acl.checkWrite(data, requester);
                    check(condition, new Row(key, data, before.createdAt(), before.updatedAt()));
                    return last.apply(columns.applyTo(data));
                })
                .orElseThrow(() -> noRow(key));
    }

    private static void check(Optional<Filter> condition, Row row) {
        if (condition.isPresent() && !condition.get().matches(Documents.searchable(row)))
            throw Refusal.of(ErrorCode.NO_EFFECT, "the row %s does not match the condition", row.key());
    }

    /// @return the row that was deleted
    public Row delete(App app, RecordKey key, Optional<ObjectNode> where, Requester requester) {
        accessible(key.className());
        Permissions.check(app, key.className(), Operation.DELETE, requester);
        Optional<Filter> condition = where.map(text -> Search.compile(key.className(), text));
        requester.settled();
        return store.delete(key, row -> {
                    Acl.checkWrite(row.data(), requester);
                    check(condition, row);
                })
                .orElseThrow(() -> noRow(key));
    }

    /// @param count of all matches, when it was asked for
    public record Page(List<ObjectNode> documents, long count) {}

    public Page find(App app, RecordQuery query, Requester requester) {
        accessible(query.className());
        Permissions.check(app, query.className(), Operation.FIND, requester);
        if (!schemas.exists(app.id(), query.className())) throw noClass(query.className());
        Search.Found found = search.find(app, query, requester);
        List<ObjectNode> documents = new ArrayList<>();
        for (Row row : found.rows()) documents.add(Documents.of(row, requester, query.withAcl()));
        new Includes(app, store, requester).into(documents, query.include());
        query.projection().ifPresent(projection -> documents.forEach(projection::of));
        return new Page(documents, found.matches());
    }

    /// The class of the rows that a column of pointers or relations leads to.
    public Optional<String> target(App app, String className, String column) {
        accessible(className);
        return schemas.type(app.id(), className, column).flatMap(ColumnType::className);
    }

    /// A page of all rows of a class, for the application itself.
    ///
    /// @param cursor as the page before told it
    public Scan.Page scan(App app, Scan scan, Optional<String> cursor, Requester requester) {
        accessible(scan.className());
        if (!requester.isMaster()) throw Refusal.of(ErrorCode.FORBIDDEN, "This needs the master key.");
        if (!schemas.exists(app.id(), scan.className())) throw noClass(scan.className());
        return scan.page(app.id(), store, cursor, requester);
    }

    public ObjectNode schemas(App app) {
        return schemas.describe(app.id());
    }

    public ObjectNode schema(App app, String className) {
        accessible(className);
        if (!schemas.exists(app.id(), className)) throw noClass(className);
        return schemas.describe(app.id(), className);
    }

    /// What a writer is told.
    public static Written written(Row row, Columns columns, Requester requester) {
        ObjectNode document = Documents.of(row, requester, true);
        ObjectNode written = JsonNodeFactory.instance.objectNode();
        columns.written(row.data()).properties().forEach(entry -> {
            if (document.has(entry.getKey())) written.set(entry.getKey(), document.get(entry.getKey()));
        });
        written.put("objectId", row.id()).put("updatedAt", Documents.iso(row.updatedAt()));
        return new Written(row, document, written);
    }

    private static void accessible(String className) {
        ClassNames.check(className);
        if (ClassNames.isOfTheChat(className))
            throw Refusal.of(ErrorCode.OPERATION_FORBIDDEN, "rows of %s are not changed like this", className);
        if (className.equals(ClassNames.SCHEMA))
            throw Refusal.of(ErrorCode.INVALID_CLASS_NAME, "the class %s is the server's own", className);
    }

    private static Refusal noRow(RecordKey key) {
        return Refusal.of(ErrorCode.OBJECT_NOT_FOUND, "Object not found: %s", key);
    }

    private static Refusal noClass(String className) {
        return Refusal.of(ErrorCode.OBJECT_NOT_FOUND, "Class or object doesn't exist: %s", className);
    }
}
