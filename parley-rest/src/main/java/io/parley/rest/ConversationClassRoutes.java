package io.parley.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.core.Dispatcher;
import io.parley.core.app.App;
import io.parley.core.command.ConversationId;
import io.parley.core.command.Kind;
import io.parley.core.conversation.Conversation;
import io.parley.core.conversation.ConversationClass;
import io.parley.core.conversation.ConversationDocuments;
import io.parley.core.conversation.FoundRows;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// The class `_Conversation`, through which customers of old make conversations and change members: nobody is told, and
/// no hook runs. Source: rest 5, 13.
final class ConversationClassRoutes {
    private static final String BASE = "/1.1/classes/_Conversation";
    private static final Set<Kind> KEPT = EnumSet.complementOf(EnumSet.of(Kind.TEMPORARY));

    /// Source: rest 3.
    private static final int NO_OBJECT = 101;

    private static final int NO_EFFECT = 305;

    private final Dispatcher dispatcher;
    private final ConversationClass rows;

    public ConversationClassRoutes(Dispatcher dispatcher) {
        this.dispatcher = dispatcher;
        this.rows = dispatcher.conversationClass();
    }

    public void mount(RestServer server) {
        server.post(BASE, this::create);
        server.get(BASE, this::find);
        server.get(BASE + "/:id", this::get);
        server.put(BASE + "/:id", this::update);
        server.delete(BASE + "/:id", this::delete);
        server.get("/1.1/scan/classes/_Conversation", this::scan);
    }

    private Answer create(Call call) {
        App app = ConversationAccess.ofClass(call).app();
        Conversation made = rows.create(app, call.body());
        ObjectNode body = call.flag("fetchWhenSave", false)
                ? row(made)
                : Json.object().put("objectId", made.id().value()).put("createdAt", Json.iso(made.createdAt()));
        return Answer.json(201, body).with("Location", BASE + "/" + made.id());
    }

    private static ObjectNode row(Conversation conversation) {
        return ConversationDocuments.row(conversation, OptionalLong.empty());
    }

    private Answer find(Call call) {
        App app = ConversationAccess.ofClass(call).app();
        return Answer.ok(RowQuery.json(call, rows.find(app, RowQuery.of(call, KEPT))));
    }

    /// A missing row is an empty object. Source: rest 21.
    private Answer get(Call call) {
        App app = ConversationAccess.ofClass(call).app();
        FoundRows.Query byId = new FoundRows.Query(
                KEPT, Json.object().put("objectId", call.pathValue("id")), "", 0, 1, false, Optional.empty());
        List<ObjectNode> found = rows.find(app, byId).page();
        return Answer.ok(found.isEmpty() ? Json.object() : RowQuery.projected(call, found.getFirst()));
    }

    private Answer update(Call call) {
        App app = ConversationAccess.ofClass(call).app();
        Conversation before = existing(app, call);
        checkCondition(call, before);
        Conversation after = rows.update(app, before.id(), call.body());
        dispatcher.membersChanged(after.key());
        ObjectNode body =
                call.flag("fetchWhenSave", false) ? ConversationClass.touched(after, call.body()) : Json.object();
        body.put("updatedAt", Json.iso(after.updatedAt()));
        body.put("objectId", after.id().value());
        return Answer.ok(body);
    }

    private Answer delete(Call call) {
        App app = ConversationAccess.ofClass(call).app();
        Conversation before = existing(app, call);
        checkCondition(call, before);
        rows.delete(app, before.id());
        return Answer.ok(Json.object());
    }

    private Conversation existing(App app, Call call) {
        ConversationId id = ConversationAccess.id(call);
        return rows.find(app, id)
                .orElseThrow(() -> new HttpRefusal(404, NO_OBJECT, "There is no conversation \"" + id + "\"."));
    }

    /// The condition is in the query string only: the body holds columns. Source: rest 5.2.
    private static void checkCondition(Call call, Conversation conversation) {
        Optional<String> where = call.queryParameter("where").filter(text -> !text.isBlank());
        if (where.isPresent() && !ConversationClass.meets(conversation, Json.parseObject(where.get())))
            throw new HttpRefusal(400, NO_EFFECT, "No effect on updating/deleting a document.");
    }

    /// All rows, in the order of their ids. Source: rest 5.4.
    private Answer scan(Call call) {
        App app = call.master();
        String key = call.parameter("scan_key").orElse("objectId");
        if (!key.equals("objectId"))
            throw HttpRefusal.badRequest("scan_key is objectId here; got \"" + Call.shown(key) + "\"");
        int limit = Math.max(1, RowQuery.limit(call));
        Optional<String> cursor = call.parameter("cursor").filter(text -> !text.isEmpty());
        FoundRows.Query query =
                new FoundRows.Query(KEPT, RowQuery.where(call), "", 0, limit, false, Optional.of(cursor.orElse("")));
        List<ObjectNode> page = rows.find(app, query).page();
        ObjectNode body = Json.object();
        ArrayNode results = body.putArray("results");
        for (ObjectNode row : page) results.add(RowQuery.projected(call, row));
        if (page.size() < limit) body.putNull("cursor");
        else body.put("cursor", page.getLast().path("objectId").asText());
        return Answer.ok(body);
    }
}
