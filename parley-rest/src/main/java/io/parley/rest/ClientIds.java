package io.parley.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.parley.core.command.ClientId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Lists of client ids among the parameters of a call: an array in the body, or, in a query string, an array's JSON or
/// ids joined by commas.
final class ClientIds {
    private ClientIds() {}

    /// At most `limit` ids; the rest is ignored. Empty when the parameter is missing.
    static List<ClientId> upTo(Call call, String name, int limit) {
        Optional<String> inQuery = call.queryParameter(name);
        if (inQuery.isPresent()) return joined(name, inQuery.get(), limit);
        JsonNode node = call.inBody(name);
        return node.isMissingNode() ? List.of() : array(name, node, limit);
    }

    /// The same, but the body may hold a text of ids joined by commas, too. Source: rest 12, V5.
    static List<ClientId> listed(Call call, String name, int limit) {
        JsonNode node = call.inBody(name);
        return node.isTextual() ? joined(name, node.asText(), limit) : upTo(call, name, limit);
    }

    /// At least one id, and no more than `limit`; a refusal otherwise.
    static List<ClientId> required(Call call, String name, int limit) {
        List<ClientId> clients = upTo(call, name, Integer.MAX_VALUE);
        if (clients.isEmpty()) throw HttpRefusal.badRequest("the parameter " + name + " names at least one client");
        if (clients.size() > limit)
            throw HttpRefusal.badRequest(
                    "the parameter " + name + " names at most " + limit + " clients; got " + clients.size());
        return clients;
    }

    private static List<ClientId> joined(String name, String text, int limit) {
        if (text.startsWith("[")) return array(name, Json.parse(text), limit);
        Set<ClientId> clients = new LinkedHashSet<>();
        for (String id : text.split(",", -1))
            if (clients.size() < limit && !id.isBlank()) clients.add(new ClientId(id.strip()));
        return List.copyOf(clients);
    }

    private static List<ClientId> array(String name, JsonNode node, int limit) {
        if (!(node instanceof ArrayNode array))
            throw HttpRefusal.badRequest(
                    "the parameter " + name + " is an array of client ids; got " + Call.shown(node));
        Set<ClientId> clients = new LinkedHashSet<>();
        for (JsonNode id : array) {
            if (!id.isTextual())
                throw HttpRefusal.badRequest("the parameter " + name + " holds client ids; got " + Call.shown(id));
            if (clients.size() < limit) clients.add(new ClientId(id.asText()));
        }
        return List.copyOf(clients);
    }
}
