package io.parley.client;

import io.parley.client.internal.Json;
import io.parley.client.internal.SessionLink;
import io.parley.client.internal.proto.ConvCommand;
import io.parley.client.internal.proto.ConvMemberInfo;
import io.parley.client.internal.proto.GenericCommand;
import io.parley.client.internal.proto.JsonObjectMessage;
import io.parley.client.internal.proto.OpType;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * After a reconnect, fetches what was told meanwhile about members, names and receipts. On the loop's thread only.
 * Source: protocol 8.5.
 */
final class Notices {
    private static final Logger LOG = LoggerFactory.getLogger(Notices.class);
    private static final int PERMANENT = 1;

    private final AVIMClient client;
    private final Engine engine;
    private final SessionLink session;
    private final Pushes pushes;

    /** The time of the last notice that was told. */
    private long mark;

    Notices(AVIMClient client, Engine engine, SessionLink session, Pushes pushes) {
        this.client = client;
        this.engine = engine;
        this.session = session;
        this.pushes = pushes;
    }

    void saw(GenericCommand push) {
        if (push.getNotificationType() == PERMANENT) mark = Math.max(mark, push.getServerTs());
    }

    void opened(boolean again, long serverTime) {
        if (again && mark > 0) fetch();
        else mark = serverTime;
    }

    private void fetch() {
        String token = session.sessionToken();
        if (token.isEmpty()) return;
        CompletableFuture<Map<String, Object>> answer = engine.http.get(
                "/1.1/rtm/notifications",
                Map.of(
                        "client_id", client.getClientId(),
                        "start_ts", Long.toString(mark),
                        "notification_type", "permanent"),
                Map.of("X-LC-IM-Session-Token", token));
        answer.whenComplete((body, error) -> engine.loop.execute(() -> {
            if (error == null) told(body);
            else
                LOG.info("missed notices cannot be fetched client={} error={}", client.getClientId(), error.toString());
        }));
    }

    private void told(Map<String, Object> body) {
        long before = mark;
        Object list = body.get("notifications");
        for (Object item : list instanceof List ? (List<?>) list : List.of()) {
            Map<String, Object> notice = Json.object(Map.of("notice", item), "notice");
            long time = Json.number(notice, "serverTs");
            // One that came on the socket meanwhile.
            if (time <= mark) continue;
            mark = time;
            pushes.missedNotice(notice);
        }
        if (Boolean.TRUE.equals(body.get("hasMore")) && mark > before) fetch();
    }

    /** The operation of a fetched notice. */
    @SuppressWarnings("LiteEnumValueOf") // this part of the protocol has the name
    static OpType operation(Map<String, Object> notice) {
        try {
            return OpType.valueOf(Json.string(notice, "op"));
        } catch (IllegalArgumentException e) {
            return OpType.open; // of a later protocol: no notice has this operation
        }
    }

    /** The parts of a fetched notice that are objects. */
    static void fill(ConvCommand.Builder conversation, Map<String, Object> notice) {
        Map<String, Object> info = Json.object(notice, "info");
        if (!info.isEmpty())
            conversation.setInfo(
                    ConvMemberInfo.newBuilder().setPid(Json.string(info, "pid")).setRole(Json.string(info, "role")));
        String changed = Json.string(Json.object(notice, "attr"), "data");
        if (!changed.isEmpty())
            conversation.setAttr(JsonObjectMessage.newBuilder().setData(changed));
        String results = Json.string(Json.object(notice, "attrModified"), "data");
        if (!results.isEmpty())
            conversation.setAttrModified(JsonObjectMessage.newBuilder().setData(results));
    }
}
