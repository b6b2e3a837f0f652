package io.parley.core.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.core.command.AppId;
import io.parley.core.command.ClientId;
import io.parley.core.command.Content;
import io.parley.core.command.ConversationId;
import io.parley.core.command.ErrorCode;
import io.parley.core.command.Kind;
import io.parley.core.command.Mentions;
import io.parley.core.command.MessageId;
import io.parley.core.command.Refusal;
import io.parley.core.command.Role;
import io.parley.core.conversation.Attributes;
import io.parley.core.record.RecordKey;
import io.parley.core.record.Row;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// Understands rows and history items as LeanCloud's REST interface shows them. What makes no sense is a refusal that
/// says why. Source: rest 5.1, 6.2; migration 2, 3.
public final class Reading {
    /// How the storage spells conversations in `conv-id`: an object id, and zeros up to 32 digits. Source: rest 6.2.
    private static final Pattern PADDED_ID = Pattern.compile("([0-9a-f]{24})0{8}");

    private static final String RECALL_TYPE = "-127";

    private Reading() {}

    public static IncomingConversation conversation(JsonNode row) {
        Kind kind = Kind.NORMAL;
        if (row.path("tr").asBoolean()) kind = Kind.CHAT_ROOM;
        if (row.path("sys").asBoolean()) kind = Kind.SERVICE;
        Set<ClientId> members = kind == Kind.NORMAL ? clients(row.path("m")) : Set.of();
        Set<ClientId> muted = clients(row.path("mu"));
        muted.retainAll(members);
        Instant createdAt = time(row.path("createdAt"), "createdAt");
        return new IncomingConversation(
                new ConversationId(text(row, "objectId")),
                kind,
                row.path("c").asText("").isEmpty() || !row.path("c").isTextual()
                        ? Optional.empty()
                        : Optional.of(new ClientId(row.path("c").asText())),
                Attributes.imported((ObjectNode) row),
                members,
                muted,
                uniqueId(row, members),
                createdAt,
                row.has("updatedAt") ? time(row.path("updatedAt"), "updatedAt") : createdAt,
                row.has("lm") && !row.path("lm").isNull()
                        ? time(row.path("lm"), "lm").toEpochMilli()
                        : 0);
    }

    /// The digest the other server gave stays, even where ours would differ: it is what finds the conversation there.
    private static Optional<String> uniqueId(JsonNode row, Set<ClientId> members) {
        if (!row.path("unique").asBoolean()) return Optional.empty();
        String given = row.path("uniqueId").asText("");
        return Optional.of(given.isEmpty() ? md5(members) : given);
    }

    /// Source: semantics 3.
    private static String md5(Set<ClientId> members) {
        try {
            MessageDigest md5 = MessageDigest.getInstance("MD5");
            for (ClientId member : new TreeSet<>(members))
                md5.update(member.value().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(md5.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has MD5", e);
        }
    }

    public static IncomingMessage message(JsonNode item) {
        if (item.path("is-room").asBoolean()) throw refuse("it belongs to a group of the first generation");
        long timestamp = item.path("timestamp").asLong();
        if (timestamp <= 0) throw refuse("it has no timestamp");
        JsonNode data = item.path("data");
        if (data.isMissingNode() || data.isNull()) throw refuse("it has no data");
        String text = data.isTextual() ? data.asText() : data.toString();
        boolean recalled = text.contains(RECALL_TYPE) && text.replace(" ", "").contains("\"_lctype\":-127");
        return new IncomingMessage(
                new ConversationId(conversationOf(item)),
                new MessageId(text(item, "msg-id")),
                timestamp,
                new ClientId(item.path("from").asText("")),
                item.path("bin").asBoolean() ? new Content.Binary(base64(text)) : new Content.Text(text),
                Mentions.of(
                        item.path("mention-all").asBoolean(), List.copyOf(clients(item.path("mention-client-ids")))),
                recalled,
                item.path("ack-at").asLong(),
                item.path("patch-timestamp").asLong(),
                Optional.of(item.path("from-ip").asText("")).filter(address -> !address.isEmpty()),
                item.has("client")
                        ? Optional.of(new ClientId(item.path("client").asText()))
                        : Optional.empty());
    }

    private static String conversationOf(JsonNode item) {
        String to = item.path("to").asText("");
        if (!to.isEmpty()) return to;
        String stored = text(item, "conv-id");
        var padded = PADDED_ID.matcher(stored);
        return padded.matches() ? padded.group(1) : stored;
    }

    private static byte[] base64(String text) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw refuse("its data is not base64");
        }
    }

    /// Of `_ConversationMemberInfo`.
    public static IncomingRule role(JsonNode row) {
        String role = text(row, "role");
        return new IncomingRule.HasRole(
                new ConversationId(text(row, "cid")),
                new ClientId(text(row, "clientId")),
                Role.named(role).orElseThrow(() -> refuse("there is no role \"" + role + "\"")));
    }

    public static IncomingRule silenced(JsonNode line) {
        return new IncomingRule.IsSilenced(
                new ConversationId(text(line, "conv_id")), new ClientId(text(line, "client_id")));
    }

    public static IncomingRule blocked(JsonNode line) {
        return new IncomingRule.IsBlocked(
                new ConversationId(text(line, "conv_id")), new ClientId(text(line, "client_id")));
    }

    public static IncomingRule subscription(JsonNode line) {
        long since = line.path("timestamp").asLong();
        if (since <= 0) throw refuse("it has no timestamp");
        return new IncomingRule.Subscribes(
                new ConversationId(text(line, "conv_id")),
                new ClientId(text(line, "client_id")),
                Instant.ofEpochMilli(since));
    }

    public static Row row(AppId app, String className, ObjectNode row) {
        ObjectNode data = row.deepCopy();
        data.remove(List.of("objectId", "createdAt", "updatedAt"));
        Instant createdAt = time(row.path("createdAt"), "createdAt");
        return new Row(
                new RecordKey(app, className, text(row, "objectId")),
                data,
                createdAt,
                row.has("updatedAt") ? time(row.path("updatedAt"), "updatedAt") : createdAt);
    }

    private static String text(JsonNode row, String key) {
        JsonNode value = row.path(key);
        if (!value.isTextual() || value.asText().isEmpty()) throw refuse("it has no " + key);
        return value.asText();
    }

    /// A bare string or a date object.
    private static Instant time(JsonNode value, String key) {
        String text = value.isObject() ? value.path("iso").asText() : value.asText("");
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw refuse("its " + key + " is no time: \"" + text + "\"");
        }
    }

    private static Set<ClientId> clients(JsonNode array) {
        Set<ClientId> clients = new LinkedHashSet<>();
        for (JsonNode client : array) clients.add(new ClientId(client.asText()));
        return clients;
    }

    private static Refusal refuse(String reason) {
        return Refusal.of(ErrorCode.BAD_REQUEST, "%s", reason);
    }
}
