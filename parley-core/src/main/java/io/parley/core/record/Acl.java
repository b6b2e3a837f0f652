package io.parley.core.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.core.command.ErrorCode;
import io.parley.core.command.Refusal;
import java.util.Map;

/// Who may read or write one row: the column `ACL`. A row without it is open to all. Source: rest 5.1.
public final class Acl {
    static final String COLUMN = "ACL";
    private static final String EVERYBODY = "*";
    private static final String ROLE = "role:";

    private Acl() {}

    public static boolean mayRead(ObjectNode data, Requester requester) {
        return allows(data, "read", requester);
    }

    public static boolean mayWrite(ObjectNode data, Requester requester) {
        return allows(data, "write", requester);
    }

    /// Refuses when the row may not be written.
    static void checkWrite(ObjectNode data, Requester requester) {
        if (!mayWrite(data, requester)) throw Refusal.of(ErrorCode.FORBIDDEN, "Forbidden writing by object's ACL.");
    }

    private static boolean allows(ObjectNode data, String right, Requester requester) {
        JsonNode acl = data.path(COLUMN);
        if (requester.isMaster() || !acl.isObject()) return true;
        for (Map.Entry<String, JsonNode> entry : acl.properties())
            if (entry.getValue().path(right).asBoolean() && isMeant(entry.getKey(), requester)) return true;
        return false;
    }

    private static boolean isMeant(String who, Requester requester) {
        return who.equals(EVERYBODY)
                || requester.is(who)
                || who.startsWith(ROLE) && requester.hasRole(who.substring(ROLE.length()));
    }

    static void checkForm(JsonNode acl) {
        if (!acl.isObject()) throw malformed(acl);
        for (JsonNode rights : acl) {
            if (!rights.isObject()) throw malformed(acl);
            for (JsonNode right : rights) if (!right.isBoolean()) throw malformed(acl);
        }
    }

    private static Refusal malformed(JsonNode acl) {
        return Refusal.of(
                ErrorCode.INVALID_ACL,
                "an ACL is {\"*\" or user id or \"role:NAME\": {\"read\", \"write\"}}; got %s",
                acl);
    }
}
