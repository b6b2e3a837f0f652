package io.parley.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.core.command.ClientId;
import io.parley.core.command.ConversationId;
import io.parley.core.command.Event.Blocked;
import io.parley.core.command.Event.ConversationUpdated;
import io.parley.core.command.Event.Joined;
import io.parley.core.command.Event.Left;
import io.parley.core.command.Event.MembersBlocked;
import io.parley.core.command.Event.MembersJoined;
import io.parley.core.command.Event.MembersLeft;
import io.parley.core.command.Event.MembersSilenced;
import io.parley.core.command.Event.Notice;
import io.parley.core.command.Event.Receipt;
import io.parley.core.command.Event.RoleChanged;
import io.parley.core.command.Event.Silenced;
import io.parley.core.command.Kind;
import io.parley.core.command.MessageId;
import io.parley.core.command.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Notices as the JSON texts in which they are kept. What was written once must stay readable.
final class NoticeCodec {
    private NoticeCodec() {}

    static String write(Notice notice) {
        ObjectNode json =
                Json.object().put("conversation", notice.conversation().value());
        switch (notice) {
            case Joined joined ->
                json.put("type", "joined")
                        .put("kind", joined.kind().number())
                        .put("by", by(joined.by()))
                        .put("at", joined.at().toEpochMilli())
                        .put("ttl", joined.ttl().toMillis());
            case Left left ->
                json.put("type", "left")
                        .put("by", by(left.by()))
                        .put("at", left.at().toEpochMilli());
            case MembersJoined joined ->
                json.put("type", "members-joined")
                        .put("kind", joined.kind().number())
                        .put("by", by(joined.by()))
                        .put("at", joined.at().toEpochMilli())
                        .set("members", Json.clients(joined.members()));
            case MembersLeft left ->
                json.put("type", "members-left")
                        .put("by", by(left.by()))
                        .put("at", left.at().toEpochMilli())
                        .set("members", Json.clients(left.members()));
            case ConversationUpdated updated ->
                json.put("type", "updated")
                        .put("by", by(updated.by()))
                        .put("at", updated.at().toEpochMilli())
                        .<ObjectNode>set("attributes", updated.attributes())
                        .set("modified", updated.modified());
            case RoleChanged changed ->
                json.put("type", "role")
                        .put("by", by(changed.by()))
                        .put("at", changed.at().toEpochMilli())
                        .put("target", changed.target().value())
                        .put("role", changed.role().wireName());
            case Silenced silenced ->
                json.put("type", "silenced")
                        .put("by", by(silenced.by()))
                        .put("at", silenced.at().toEpochMilli())
                        .put("on", silenced.silenced());
            case MembersSilenced silenced ->
                json.put("type", "members-silenced")
                        .put("by", by(silenced.by()))
                        .put("at", silenced.at().toEpochMilli())
                        .put("on", silenced.silenced())
                        .set("members", Json.clients(silenced.members()));
            case Blocked blocked ->
                json.put("type", "blocked")
                        .put("by", by(blocked.by()))
                        .put("at", blocked.at().toEpochMilli())
                        .put("on", blocked.blocked());
            case MembersBlocked blocked ->
                json.put("type", "members-blocked")
                        .put("by", by(blocked.by()))
                        .put("at", blocked.at().toEpochMilli())
                        .put("on", blocked.blocked())
                        .set("members", Json.clients(blocked.members()));
            case Receipt receipt ->
                json.put("type", "receipt")
                        .put("message", receipt.message().value())
                        .put("from", receipt.from().value())
                        .put("at", receipt.at())
                        .put("read", receipt.read());
        }
        return json.toString();
    }

    static Notice read(String text) {
        ObjectNode json = Json.parse(text);
        ConversationId conversation = new ConversationId(string(json, "conversation"));
        String type = string(json, "type");
        return switch (type) {
            case "joined" ->
                new Joined(conversation, kind(json), by(json), at(json), Duration.ofMillis(number(json, "ttl")));
            case "left" -> new Left(conversation, by(json), at(json));
            case "members-joined" ->
                new MembersJoined(conversation, kind(json), Json.clients(json.path("members")), by(json), at(json));
            case "members-left" ->
                new MembersLeft(conversation, Json.clients(json.path("members")), by(json), at(json));
            case "updated" ->
                new ConversationUpdated(
                        conversation, object(json, "attributes"), object(json, "modified"), by(json), at(json));
            case "role" ->
                new RoleChanged(
                        conversation,
                        new ClientId(string(json, "target")),
                        Role.named(string(json, "role")).orElse(Role.MEMBER),
                        by(json),
                        at(json));
            case "silenced" -> new Silenced(conversation, on(json), by(json), at(json));
            case "members-silenced" ->
                new MembersSilenced(conversation, Json.clients(json.path("members")), on(json), by(json), at(json));
            case "blocked" -> new Blocked(conversation, on(json), by(json), at(json));
            case "members-blocked" ->
                new MembersBlocked(conversation, Json.clients(json.path("members")), on(json), by(json), at(json));
            case "receipt" ->
                new Receipt(
                        conversation,
                        new MessageId(string(json, "message")),
                        new ClientId(string(json, "from")),
                        number(json, "at"),
                        json.path("read").booleanValue());
            default -> throw new IllegalStateException("the database holds a notice of unknown type \"" + type + "\"");
        };
    }

    private static boolean on(ObjectNode json) {
        return json.path("on").booleanValue();
    }

    private static String by(Optional<ClientId> by) {
        return by.map(ClientId::value).orElse("");
    }

    private static Optional<ClientId> by(ObjectNode json) {
        return Optional.of(string(json, "by")).filter(id -> !id.isEmpty()).map(ClientId::new);
    }

    private static Instant at(ObjectNode json) {
        return Instant.ofEpochMilli(number(json, "at"));
    }

    private static Kind kind(ObjectNode json) {
        return ConversationRows.kind(Math.toIntExact(number(json, "kind")));
    }

    private static String string(ObjectNode json, String key) {
        return json.path(key).asText();
    }

    private static long number(ObjectNode json, String key) {
        return json.path(key).longValue();
    }

    private static ObjectNode object(ObjectNode json, String key) {
        JsonNode value = json.path(key);
        return value instanceof ObjectNode object ? object : Json.object();
    }
}
