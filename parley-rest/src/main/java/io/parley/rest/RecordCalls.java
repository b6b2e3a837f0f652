package io.parley.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.core.app.App;
import io.parley.core.record.FileLinks;
import io.parley.core.record.RecordKey;
import io.parley.core.record.RecordQuery;
import io.parley.core.record.Records.Written;
import io.parley.core.record.Requester;
import io.parley.core.session.Application;
import io.parley.core.user.Users;
import java.util.Optional;

/// What calls about rows have in common: who asks, for what, and how the answer looks. Thread-safe. Source: rest
/// 5.
public final class RecordCalls {
    private final Users users;
    private final FileAddress files;

    public RecordCalls(Users users, FileAddress files) {
        this.users = users;
        this.files = files;
    }

    FileLinks links(Call call) {
        return files.links(call.reached());
    }

    /// The application, the user with the session token, or anybody. A token that is worth nothing is refused, so
    /// that its holder does not take itself for somebody. Source: rest 17.
    Requester requester(Call call) {
        App app = call.caller().app();
        if (call.caller() instanceof Application) return Requester.master(links(call));
        Optional<String> token = call.session().filter(text -> !text.isBlank());
        if (token.isEmpty()) return Requester.anybody(links(call));
        return users.requester(app.id(), token.get(), links(call))
                .orElseThrow(() -> HttpRefusal.forbidden("The session token is not valid any more."));
    }

    /// Somebody whose session does not matter, because it may be what the call is to renew.
    Requester withoutSession(Call call) {
        return call.caller() instanceof Application ? Requester.master(links(call)) : Requester.anybody(links(call));
    }

    static RecordKey key(Call call, String className) {
        return new RecordKey(call.caller().app().id(), className, call.pathValue("id"));
    }

    /// The condition of a change: in the query string only, because a body holds columns. Source: rest 5.2.
    static Optional<ObjectNode> condition(Call call) {
        return call.queryParameter("where")
                .filter(text -> !text.isBlank())
                .map(text -> RowQuery.where(Json.parse(text)));
    }

    /// Whether the whole row is to be told.
    static boolean fetch(Call call) {
        return call.queryParameter("fetchWhenSave")
                .filter(value -> value.equals("true") || value.equals("1"))
                .isPresent();
    }

    static RecordQuery query(Call call, String className) {
        return new RecordQuery(
                className,
                where(call),
                call.parameter("order").orElse(""),
                number(call, "skip", 0),
                number(call, "limit", RecordQuery.DEFAULT_LIMIT),
                call.flag("count"),
                call.parameter("keys").orElse(""),
                call.parameter("include").orElse(""),
                call.flag("returnACL"));
    }

    static ObjectNode where(Call call) {
        return RowQuery.where(call);
    }

    private static int number(Call call, String name, int otherwise) {
        long number = call.number(name).orElse((long) otherwise);
        return (int) Math.clamp(number, -1, Integer.MAX_VALUE);
    }

    /// @param path of the class
    static Answer created(Call call, String path, Written written) {
        ObjectNode body = fetch(call)
                ? written.document()
                : Json.object()
                        .put("objectId", written.row().id())
                        .put("createdAt", written.document().path("createdAt").asText());
        return Answer.json(201, body)
                .with("Location", path + "/" + written.row().id());
    }

    static Answer updated(Call call, Written written) {
        if (fetch(call)) return Answer.ok(written.written());
        ObjectNode body = Json.object();
        for (String key : new String[] {"updatedAt", "objectId", "sessionToken"})
            if (written.written().has(key)) body.set(key, written.written().get(key));
        return Answer.ok(body);
    }
}
