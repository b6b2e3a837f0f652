package io.parley.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.core.command.ClientId;
import io.parley.core.command.ConversationId;
import io.parley.core.moderation.GivenRole;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// What is known of a member of a conversation, as a row of `_ConversationMemberInfo`.
record MemberInfo(ConversationId conversation, ClientId client, GivenRole given) {
    private static final int ID_BYTES = 12;

    /// Made from whose info it is, so that it need not be kept; it looks like any other id of a row.
    String id() {
        return id(conversation, client);
    }

    static String id(ConversationId conversation, ClientId client) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest((conversation + ":" + client).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, ID_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /// With the names that the SDKs read; Java reads other ones than the rest.
    ObjectNode row() {
        return Json.object()
                .put("objectId", id())
                .put("infoId", id())
                .put("cid", conversation.value())
                .put("conversationId", conversation.value())
                .put("clientId", client.value())
                .put("peerId", client.value())
                .put("role", given.role().wireName())
                .put("createdAt", Json.iso(given.createdAt()))
                .put("updatedAt", Json.iso(given.updatedAt()));
    }
}
