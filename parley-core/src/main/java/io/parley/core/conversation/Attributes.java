package io.parley.core.conversation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.core.command.ErrorCode;
import io.parley.core.command.Refusal;
import java.util.Set;

/// Rules for what clients may write into a conversation's document.
public final class Attributes {
    /// Keys that belong to the server; what clients write there is ignored. Source: protocol 5.3, semantics 4.2.
    private static final Set<String> PROTECTED = Set.of(
            "objectId",
            "c",
            "m",
            "mu",
            "lm",
            "tr",
            "sys",
            "temp",
            "ttl",
            "unique",
            "uniqueId",
            "conv_type",
            "createdAt",
            "updatedAt",
            "ACL",
            "msg",
            "bin",
            "msg_mid",
            "msg_from",
            "msg_timestamp",
            "patch_timestamp",
            "mention_all",
            "mention_pids",
            "joined",
            "joinedAt",
            "muted");

    /// Largest document a client may make, as JSON text.
    static final int MAX_LENGTH = 64 * 1024;

    private Attributes() {}

    static boolean isProtected(String key) {
        return PROTECTED.contains(key);
    }

    /// A copy without protected keys and without nulls, which some SDKs cannot read.
    static ObjectNode cleaned(ObjectNode attributes) {
        return checkedSize(imported(attributes));
    }

    /// The same for a document that another server made, of whatever size.
    public static ObjectNode imported(ObjectNode document) {
        ObjectNode clean = document.deepCopy();
        clean.remove(PROTECTED);
        clean.properties().removeIf(entry -> entry.getValue().isNull());
        return clean;
    }

    static ObjectNode checkedSize(ObjectNode attributes) {
        if (attributes.toString().length() > MAX_LENGTH)
            throw Refusal.of(
                    ErrorCode.CONVERSATION_UPDATE_FAILED,
                    "a conversation's attributes have at most %d characters of JSON",
                    MAX_LENGTH);
        return attributes;
    }
}
