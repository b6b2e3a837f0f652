package io.parley.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.core.command.ClientId;
import io.parley.core.command.Event;
import io.parley.core.command.Event.Blocked;
import io.parley.core.command.Event.ConversationUpdated;
import io.parley.core.command.Event.Joined;
import io.parley.core.command.Event.Left;
import io.parley.core.command.Event.MembersBlocked;
import io.parley.core.command.Event.MembersJoined;
import io.parley.core.command.Event.MembersLeft;
import io.parley.core.command.Event.MembersSilenced;
import io.parley.core.command.Event.Receipt;
import io.parley.core.command.Event.RoleChanged;
import io.parley.core.command.Event.Silenced;
import io.parley.core.command.Kind;
import java.util.List;
import java.util.Optional;

/// Stored notices in the two dialects of JSON that SDKs read: JS spells operations with underscores and wants
/// attributes
/// as text, Swift with dashes and as objects. Source: protocol 8.5.
final class NoticeJson {
    private static final int PERMANENT = 1;

    private NoticeJson() {}

    static ObjectNode forJavaScript(Event.Timed notice) {
        return item(notice, '_', attributes -> Json.object().put("data", Json.text(attributes)));
    }

    static ObjectNode forSwift(Event.Timed notice) {
        return item(notice, '-', attributes -> attributes);
    }

    private interface AttributeForm {
        JsonNode of(ObjectNode attributes);
    }

    private static ObjectNode item(Event.Timed timed, char joint, AttributeForm form) {
        ObjectNode item = Json.object()
                .put("cmd", timed.notice() instanceof Receipt ? "rcp" : "conv")
                .put("cid", timed.notice().conversation().value())
                .put("serverTs", timed.serverTime())
                .put("notificationType", PERMANENT);
        switch (timed.notice()) {
            case Joined joined -> {
                item.put("op", "joined").put("initBy", by(joined.by())).put("udate", Json.iso(joined.at()));
                temporary(item, joined.kind());
                if (joined.ttl().isPositive())
                    item.put("tempConvTTL", joined.ttl().toSeconds());
            }
            case Left left ->
                item.put("op", "left").put("initBy", by(left.by())).put("udate", Json.iso(left.at()));
            case MembersJoined joined -> {
                item.put("op", "members" + joint + "joined")
                        .put("initBy", by(joined.by()))
                        .put("udate", Json.iso(joined.at()))
                        .set("m", clients(joined.members()));
                temporary(item, joined.kind());
            }
            case MembersLeft left ->
                item.put("op", "members" + joint + "left")
                        .put("initBy", by(left.by()))
                        .put("udate", Json.iso(left.at()))
                        .set("m", clients(left.members()));
            case ConversationUpdated updated -> {
                item.put("op", "updated").put("initBy", by(updated.by())).put("udate", Json.iso(updated.at()));
                item.set("attr", form.of(updated.attributes()));
                item.set("attrModified", form.of(updated.modified()));
            }
            case RoleChanged changed -> {
                item.put("op", "member" + joint + "info" + joint + "changed")
                        .put("initBy", by(changed.by()))
                        .put("udate", Json.iso(changed.at()));
                item.putObject("info")
                        .put("pid", changed.target().value())
                        .put("role", changed.role().wireName());
            }
            case Silenced silenced ->
                item.put("op", silenced.silenced() ? "shutuped" : "unshutuped")
                        .put("initBy", by(silenced.by()))
                        .put("udate", Json.iso(silenced.at()));
            case MembersSilenced silenced ->
                item.put("op", "members" + joint + (silenced.silenced() ? "shutuped" : "unshutuped"))
                        .put("initBy", by(silenced.by()))
                        .put("udate", Json.iso(silenced.at()))
                        .set("m", clients(silenced.members()));
            case Blocked blocked ->
                item.put("op", blocked.blocked() ? "blocked" : "unblocked")
                        .put("initBy", by(blocked.by()))
                        .put("udate", Json.iso(blocked.at()));
            case MembersBlocked blocked ->
                item.put("op", "members" + joint + (blocked.blocked() ? "blocked" : "unblocked"))
                        .put("initBy", by(blocked.by()))
                        .put("udate", Json.iso(blocked.at()))
                        .set("m", clients(blocked.members()));
            case Receipt receipt -> {
                item.put("id", receipt.message().value())
                        .put("t", receipt.at())
                        .put("from", receipt.from().value());
                // Its presence alone means "read" to some. Source: protocol 4.8.
                if (receipt.read()) item.put("read", true);
            }
        }
        return item;
    }

    private static void temporary(ObjectNode item, Kind kind) {
        if (kind == Kind.TEMPORARY) item.put("tempConv", true);
    }

    private static ArrayNode clients(List<ClientId> members) {
        ArrayNode array = Json.array();
        for (ClientId member : members) array.add(member.value());
        return array;
    }

    /// Empty when it was the application.
    private static String by(Optional<ClientId> by) {
        return by.map(ClientId::value).orElse("");
    }
}
