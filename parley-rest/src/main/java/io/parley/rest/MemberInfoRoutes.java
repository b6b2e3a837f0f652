package io.parley.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.core.Dispatcher;
import io.parley.core.command.ConversationId;
import io.parley.core.session.AppKey;
import io.parley.core.session.Application;
import io.parley.core.session.Caller;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// Who has which role in a conversation, as SDKs read it from the class `_ConversationMemberInfo`. Only members that
/// were given a role are listed; the SDKs know the others and the owner by themselves. Source: protocol 1.6 d to g.
final class MemberInfoRoutes {
    private static final int DEFAULT_LIMIT = 100;
    private static final int MAX_LIMIT = 1000;

    /// What a query may name; Java says `peerId`.
    private static final Set<String> KEYS = Set.of("cid", "clientId", "peerId");

    private final Dispatcher dispatcher;

    public MemberInfoRoutes(Dispatcher dispatcher) {
        this.dispatcher = dispatcher;
    }

    public void mount(RestServer server) {
        server.get("/1.1/classes/_ConversationMemberInfo", this::roles);
    }

    private Answer roles(Call call) {
        Caller reader = reader(call);
        ObjectNode where = call.parameter("where").map(MemberInfoRoutes::where).orElseGet(Json::object);
        ConversationId conversation = conversation(call, where);
        Optional<Set<String>> wanted = clients(where);
        ArrayNode results = Json.array();
        dispatcher.roles(reader, conversation).entrySet().stream()
                .filter(row -> wanted.map(names -> names.contains(row.getKey().value()))
                        .orElse(true))
                .sorted(Comparator.comparing(row -> row.getKey().value()))
                .skip(number(call, "skip", 0))
                .limit(Math.min(number(call, "limit", DEFAULT_LIMIT), MAX_LIMIT))
                .forEach(row -> results.add(new MemberInfo(conversation, row.getKey(), row.getValue()).row()));
        return Answer.ok(Json.object().set("results", results));
    }

    /// A member, known by its session, or the application.
    private Caller reader(Call call) {
        if (call.caller() instanceof Application application
                && call.header("X-LC-IM-Session-Token").isEmpty()) return application;
        return new AppKey(call.caller().app(), Optional.of(SessionTokenHolder.of(call, dispatcher)));
    }

    private static ObjectNode where(String text) {
        ObjectNode where = Json.parseObject(text);
        where.fieldNames().forEachRemaining(key -> {
            if (!KEYS.contains(key))
                throw HttpRefusal.badRequest("where may name cid, clientId and peerId; got \"" + key + "\"");
        });
        return where;
    }

    /// C# gives it as a parameter of its own.
    private static ConversationId conversation(Call call, ObjectNode where) {
        JsonNode cid = where.path("cid");
        if (!cid.isMissingNode() && !cid.isTextual())
            throw HttpRefusal.badRequest("where.cid is the id of one conversation; got " + cid);
        return new ConversationId(cid.isTextual() ? cid.asText() : call.required("cid"));
    }

    private static Optional<Set<String>> clients(ObjectNode where) {
        JsonNode client = where.has("clientId") ? where.get("clientId") : where.path("peerId");
        if (client.isMissingNode()) return Optional.empty();
        if (client.isTextual()) return Optional.of(Set.of(client.asText()));
        if (client.size() != 1 || !client.path("$in").isArray())
            throw HttpRefusal.badRequest("where.clientId is an id or {\"$in\": [ids]}; got " + client);
        Set<String> names = new HashSet<>();
        client.path("$in").forEach(name -> names.add(name.asText()));
        return Optional.of(names);
    }

    private static int number(Call call, String name, int absent) {
        Optional<String> text = call.parameter(name);
        if (text.isEmpty()) return absent;
        try {
            int number = Integer.parseInt(text.get().strip());
            if (number >= 0) return number;
        } catch (NumberFormatException e) {
            throw HttpRefusal.badRequest(name + " is a whole number; got \"" + text.get() + "\"");
        }
        throw HttpRefusal.badRequest(name + " is not negative; got " + text.get());
    }
}
