package io.parley.core.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.core.query.Relations;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Set;

/// Rows as callers see them. Source: rest 5.1.
public final class Documents {
    // Exactly three fractional digits and a capital Z: Swift and C# parse with a fixed pattern. Source: protocol 0.2.
    private static final DateTimeFormatter ISO =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    /// Columns that nobody may read or ask for, not even with the master key.
    private static final Map<String, Set<String>> SECRETS = Map.of(
            ClassNames.USER, Set.of("password", "salt", "bcryptPassword", "sessionToken"),
            ClassNames.FILE, Set.of("pending"));

    /// Columns of a user that only the user and the master key see.
    private static final Set<String> PRIVATE = Set.of("email", "mobilePhoneNumber", "authData");

    private Documents() {}

    static boolean isSecret(String className, String column) {
        return SECRETS.getOrDefault(className, Set.of()).contains(column);
    }

    static Set<String> secrets(String className) {
        return SECRETS.getOrDefault(className, Set.of());
    }

    /// What conditions, orders and projections work on. Shares its values with the row.
    static ObjectNode searchable(Row row) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.setAll(row.data());
        document.remove(secrets(row.key().className()));
        return withIdentity(document, row);
    }

    private static ObjectNode withIdentity(ObjectNode document, Row row) {
        return document.put("objectId", row.id())
                .put("createdAt", iso(row.createdAt()))
                .put("updatedAt", iso(row.updatedAt()));
    }

    /// The row for a caller: without what is not for it.
    ///
    /// @param withAcl tell the ACL too
    public static ObjectNode of(Row row, Requester requester, boolean withAcl) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        String className = row.key().className();
        boolean stranger = className.equals(ClassNames.USER) && !requester.isMaster() && !requester.is(row.id());
        for (Map.Entry<String, JsonNode> entry : row.data().properties()) {
            String column = entry.getKey();
            if (isSecret(className, column)) continue;
            if (column.equals(Acl.COLUMN) && !withAcl) continue;
            if (stranger && PRIVATE.contains(column)) continue;
            document.set(column, shown(entry.getValue()));
        }
        if (className.equals(ClassNames.FILE)) locate(document, row, requester);
        return withIdentity(document, row);
    }

    /// Files that were uploaded here are where this server says; others keep their URL. Source: rest 14.3.
    private static void locate(ObjectNode document, Row row, Requester requester) {
        String key = row.data().path(Index.FILE_KEY).asText("");
        boolean external =
                row.data().path("metaData").path("__source").asText("").equals("external");
        if (!external && !key.isEmpty()) document.put("url", requester.files().url(row.app(), key));
    }

    /// A copy without what is kept inside relations.
    static JsonNode shown(JsonNode value) {
        if (Relations.isRelation(value)) return Relations.shown(value);
        if (value instanceof ArrayNode array) {
            ArrayNode copy = JsonNodeFactory.instance.arrayNode(array.size());
            array.forEach(item -> copy.add(shown(item)));
            return copy;
        }
        if (value instanceof ObjectNode object) {
            ObjectNode copy = JsonNodeFactory.instance.objectNode();
            object.properties().forEach(entry -> copy.set(entry.getKey(), shown(entry.getValue())));
            return copy;
        }
        return value;
    }

    public static String iso(Instant time) {
        return ISO.format(time);
    }
}
