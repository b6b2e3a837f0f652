package io.parley.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.core.command.ClientId;
import io.parley.core.command.Mentions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// JSON texts as they are kept in columns. Thread-safe.
final class Json {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Json() {}

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /// @throws IllegalStateException when the text is no JSON object: somebody else wrote the database
    static ObjectNode parse(String text) {
        try {
            JsonNode node = MAPPER.readTree(text);
            if (node instanceof ObjectNode object) return object;
            throw new IllegalStateException("a JSON object was expected in the database");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("broken JSON in the database", e);
        }
    }

    static ArrayNode clients(Collection<ClientId> clients) {
        ArrayNode array = MAPPER.createArrayNode();
        for (ClientId client : clients) array.add(client.value());
        return array;
    }

    static List<ClientId> clients(JsonNode array) {
        List<ClientId> clients = new ArrayList<>(array.size());
        for (JsonNode client : array) clients.add(new ClientId(client.textValue()));
        return clients;
    }

    /// Most messages mention nobody, and take no space for it.
    static @Nullable String text(Mentions mentions) {
        if (mentions.isEmpty()) return null;
        ObjectNode object = object();
        if (mentions.all()) object.put("all", true);
        if (!mentions.clients().isEmpty()) object.set("clients", clients(mentions.clients()));
        return object.toString();
    }

    static Mentions mentions(@Nullable String text) {
        if (text == null) return Mentions.NONE;
        ObjectNode object = parse(text);
        return new Mentions(object.path("all").booleanValue(), clients(object.path("clients")));
    }
}
