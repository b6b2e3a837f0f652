package io.parley.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.core.command.AppId;
import io.parley.core.command.ClientId;
import io.parley.core.command.Command;
import io.parley.core.command.Content;
import io.parley.core.command.ConversationCommand;
import io.parley.core.command.ConversationId;
import io.parley.core.command.Device;
import io.parley.core.command.ErrorCode;
import io.parley.core.command.Event;
import io.parley.core.command.Kind;
import io.parley.core.command.Mentions;
import io.parley.core.command.MessageCommand;
import io.parley.core.command.MessageId;
import io.parley.core.command.Priority;
import io.parley.core.command.Refusal;
import io.parley.core.command.Reply;
import io.parley.core.command.Role;
import io.parley.core.command.SessionCommand;
import io.parley.core.command.StoredMessage;
import io.parley.core.session.Outgoing;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;

/// How the frames to clients in `vectors/` come about, by their titles.
final class OutboundMeanings {
    private static final AppId APP = new AppId("app");
    private static final ClientId TOM = new ClientId("tom");
    private static final ClientId JERRY = new ClientId("jerry");
    private static final ClientId MARY = new ClientId("mary");
    private static final ClientId WILLIAM = new ClientId("william");
    private static final ConversationId C1 = new ConversationId("c1");
    private static final ConversationId C3 = new ConversationId("_tmp:c3");
    private static final MessageId M1 = new MessageId("m1");
    private static final MessageId M2 = new MessageId("m2");
    private static final MessageId M3 = new MessageId("m3");
    private static final long T = 1_700_000_001_000L;
    private static final Duration TWO_DAYS = Duration.ofDays(2);
    private static final Duration A_DAY = Duration.ofDays(1);
    private static final Instant CREATED = Instant.parse("2024-01-01T00:00:00Z");
    private static final Instant CHANGED = Instant.parse("2024-01-01T00:00:01.005Z");
    private static final Content HI = new Content.Text("{\"_lctype\":-1,\"_lctext\":\"hi\"}");
    private static final Content BYTES = new Content.Binary(new byte[] {0, 1, 2, -1});
    private static final Mentions OF_ALL_AND_TOM = new Mentions(true, List.of(TOM));

    private final Map<String, Function<Wire, byte[]>> meanings = new HashMap<>();

    static Map<String, Function<Wire, byte[]>> all() {
        OutboundMeanings all = new OutboundMeanings();
        all.sessions();
        all.conversations();
        all.notices();
        all.messages();
        all.historyAndPatches();
        all.receipts();
        all.refusals();
        all.connections();
        all.moderation();
        return all.meanings;
    }

    private void sessions() {
        Reply opened = new Reply.Opened(TOM, "token-1", TWO_DAYS, 1_700_000_000_100L);
        reply("opened", opened);
        meanings.put(
                "opened without i",
                wire -> wire.reply(request(OptionalInt.empty(), reopen()), APP, TOM, opened)
                        .orElseThrow());
        reply("refreshed", new Reply.Refreshed("token-2", TWO_DAYS));
        reply("closed as asked for", new Reply.Closed());
        reply("who is online", new Reply.Online(List.of(JERRY)));
        reply("nobody is online", new Reply.Online(List.of()));
        reply("device token reported", new Reply.DeviceTokenReported());
        event("closed by another device", new Event.SessionClosed(ErrorCode.SESSION_CONFLICT, "SESSION_CONFLICT"));
        event("please connect again", new Event.GoAway());
    }

    private void conversations() {
        reply("started", new Reply.Started(C1, CREATED, Optional.empty(), false, Duration.ZERO));
        reply(
                "started unique, known before",
                new Reply.Started(C1, CREATED.plusMillis(120), Optional.of("u1"), true, Duration.ZERO));
        reply("started temporary", new Reply.Started(C3, CREATED, Optional.empty(), false, A_DAY));
        reply("added", new Reply.MembersChanged(C1, true, List.of(MARY), List.of(), CHANGED));
        Reply.Failed full = new Reply.Failed(ErrorCode.CONVERSATION_FULL, List.of(JERRY, WILLIAM));
        reply("removed some", new Reply.MembersChanged(C1, false, List.of(MARY), List.of(full), CHANGED));
        reply(
                "updated",
                new Reply.Updated(
                        C1,
                        CHANGED,
                        object("{\"attr.level\":3,\"name\":{\"__op\":\"Delete\"}}"),
                        object("{\"attr\":{\"level\":3}}")));
        reply("muted", new Reply.Muted(C1, CHANGED));
        reply("found", new Reply.Conversations(array("[{\"objectId\":\"c1\",\"m\":[\"tom\"]}]")));
        reply("found nothing", new Reply.Conversations(array("[]")));
        reply("counted none", new Reply.Counted(C1, 0));
        Map<ConversationId, Boolean> memberOf = new LinkedHashMap<>();
        memberOf.put(C1, true);
        memberOf.put(new ConversationId("c2"), false);
        reply("member of one of two", new Reply.Membership(memberOf));
        reply("read and delivered marks", new Reply.MaxRead(C1, OptionalLong.of(T + 5), OptionalLong.of(T)));
        reply("no marks yet", new Reply.MaxRead(C1, OptionalLong.empty(), OptionalLong.empty()));
        reply(
                "marks of each",
                new Reply.MaxReadOfEach(
                        C1,
                        List.of(
                                new Reply.MaxReadOfEach.Marks(JERRY, OptionalLong.of(T), OptionalLong.empty()),
                                new Reply.MaxReadOfEach.Marks(MARY, OptionalLong.of(T), OptionalLong.of(T)))));
    }

    private void moderation() {
        reply("who is in the room", new Reply.OnlineMembers(C1, List.of(TOM, JERRY)));
        reply("role set", new Reply.RoleSet(C1));
        Reply.Failed barred = new Reply.Failed(ErrorCode.CONVERSATION_OPERATION_UNAUTHORIZED, List.of(JERRY));
        reply("silenced some", new Reply.Silenced(C1, true, List.of(MARY), List.of(barred)));
        reply("may speak again", new Reply.Silenced(C1, false, List.of(MARY), List.of()));
        reply("the first of the silenced", new Reply.SilencedList(C1, List.of(JERRY), Optional.of("1")));
        reply("the last of the silenced", new Reply.SilencedList(C1, List.of(MARY), Optional.empty()));
        reply("is silenced", new Reply.SilencedChecked(C1, List.of(JERRY)));
        reply("blocked some", new Reply.Blocked(C1, true, List.of(MARY), List.of(barred)));
        reply("may come in again", new Reply.Blocked(C1, false, List.of(JERRY), List.of()));
        reply("the first of the blocked", new Reply.BlockedList(C1, List.of(JERRY), Optional.of("1")));
        reply("the last of the blocked", new Reply.BlockedList(C1, List.of(MARY), Optional.empty()));
        reply("is not blocked", new Reply.BlockedChecked(C1, List.of()));
        timed("role changed", new Event.RoleChanged(C1, MARY, Role.MANAGER, Optional.of(JERRY), CHANGED));
        timed("you may not speak", new Event.Silenced(C1, true, Optional.of(JERRY), CHANGED));
        timed("you may speak again", new Event.Silenced(C1, false, Optional.of(JERRY), CHANGED));
        timed("members silenced", new Event.MembersSilenced(C1, List.of(TOM, MARY), true, Optional.of(JERRY), CHANGED));
        timed(
                "members may speak again",
                new Event.MembersSilenced(C1, List.of(MARY), false, Optional.of(JERRY), CHANGED));
        timed("you are blocked", new Event.Blocked(C1, true, Optional.of(JERRY), CHANGED));
        timed("you may come in again", new Event.Blocked(C1, false, Optional.of(JERRY), CHANGED));
        timed(
                "members blocked",
                new Event.MembersBlocked(C1, List.of(MARY, WILLIAM), true, Optional.of(JERRY), CHANGED));
        timed(
                "members may come in again",
                new Event.MembersBlocked(C1, List.of(MARY), false, Optional.of(JERRY), CHANGED));
    }

    private void notices() {
        timed("joined", new Event.Joined(C1, Kind.NORMAL, Optional.of(JERRY), CHANGED, Duration.ZERO));
        timed(
                "joined a temporary conversation",
                new Event.Joined(C3, Kind.TEMPORARY, Optional.of(JERRY), CHANGED, A_DAY));
        timed("left", new Event.Left(C1, Optional.of(JERRY), CHANGED));
        timed(
                "members joined",
                new Event.MembersJoined(C1, Kind.NORMAL, List.of(MARY, WILLIAM), Optional.of(JERRY), CHANGED));
        timed("members left", new Event.MembersLeft(C1, List.of(MARY), Optional.of(JERRY), CHANGED));
        timed(
                "conversation updated",
                new Event.ConversationUpdated(
                        C1,
                        object("{\"attr.level\":3,\"name\":null}"),
                        object("{\"attr\":{\"level\":3}}"),
                        Optional.of(JERRY),
                        CHANGED));
        timed("delivered", new Event.Receipt(C1, M1, JERRY, T + 200, false));
        timed("read", new Event.Receipt(C1, M1, JERRY, T + 300, true));
        event("a notice without a time", new Event.Left(C1, Optional.of(JERRY), CHANGED));
    }

    private void messages() {
        reply("accepted", new Reply.Accepted(C1, M1, T));
        reply("send refused", new Reply.SendRefused(C1, M1, T, Refusal.of(ErrorCode.INVALID_MESSAGING_TARGET)));
        event(
                "message arrives",
                new Event.MessageArrived(C1, Kind.NORMAL, M1, T, JERRY, HI, Mentions.NONE, false, 0, false, false));
        event(
                "transient bytes arrive",
                new Event.MessageArrived(
                        new ConversationId("r1"),
                        Kind.CHAT_ROOM,
                        M2,
                        T,
                        JERRY,
                        BYTES,
                        Mentions.NONE,
                        true,
                        0,
                        false,
                        false));
        event(
                "stored message arrives after a login",
                new Event.MessageArrived(C1, Kind.NORMAL, M3, T, JERRY, HI, OF_ALL_AND_TOM, false, T + 9, true, true));
    }

    private void historyAndPatches() {
        StoredMessage delivered = new StoredMessage(M1, 1, T, TOM, HI, Mentions.NONE, true, 0, false, T + 200);
        StoredMessage bytes = new StoredMessage(M2, 2, T + 1, JERRY, BYTES, Mentions.NONE, false, 0, false, 0);
        StoredMessage recalled =
                new StoredMessage(M3, 3, T + 2, JERRY, Content.RECALLED, OF_ALL_AND_TOM, false, T + 9, true, 0);
        reply(
                "history",
                new Reply.History(
                        C1,
                        Kind.NORMAL,
                        List.of(delivered, bytes, recalled),
                        Map.of(TOM, new Reply.ReadMark(T, T + 300), JERRY, new Reply.ReadMark(T + 1, T + 401))));
        reply("no history", new Reply.History(C1, Kind.NORMAL, List.of(), Map.of()));
        reply("modified", new Reply.Modified(T + 9));
        event(
                "an edit and a recall",
                new Event.MessagesPatched(List.of(
                        new Event.MessagesPatched.Patched(
                                C1, new StoredMessage(M1, 1, T, JERRY, HI, OF_ALL_AND_TOM, false, T + 8, false, 0)),
                        new Event.MessagesPatched.Patched(
                                C1,
                                new StoredMessage(M2, 2, T + 1, JERRY, HI, Mentions.NONE, false, T + 9, true, 0)))));
    }

    private void receipts() {
        StoredMessage last = new StoredMessage(M1, 1, T, JERRY, HI, Mentions.NONE, false, 0, false, 0);
        StoredMessage bytes = new StoredMessage(M2, 2, T + 1, MARY, BYTES, Mentions.NONE, false, T + 9, false, 0);
        event(
                "unread after a login",
                new Event.Unread(
                        List.of(
                                new Event.Unread.Entry(C1, Kind.NORMAL, 2, false, last),
                                new Event.Unread.Entry(C3, Kind.TEMPORARY, 1, true, bytes)),
                        T + 10));
        event(
                "nothing unread any more",
                new Event.Unread(List.of(new Event.Unread.Entry(C1, Kind.NORMAL, 0, false, last)), T + 10));
    }

    private void refusals() {
        Command count = new ConversationCommand.Count(C1);
        refusal("command refused", OptionalInt.of(1), count, Refusal.of(ErrorCode.CONVERSATION_NOT_FOUND));
        refusal("login refused", OptionalInt.of(1), reopen(), Refusal.of(ErrorCode.SIGNATURE_FAILED, "wrong"));
        Refusal expired = Refusal.of(ErrorCode.SESSION_TOKEN_EXPIRED);
        refusal("token refused without i", OptionalInt.empty(), reopen(), expired);
        Command send = new MessageCommand.Send(
                C1, HI, Mentions.NONE, false, false, false, Priority.NORMAL, Optional.empty(), Optional.empty());
        refusal("message refused before it got an id", OptionalInt.of(1), send, Refusal.of(ErrorCode.SESSION_REQUIRED));
        refusal(
                "message refused since the conversation is over",
                OptionalInt.of(1),
                send,
                Refusal.of(ErrorCode.TEMPORARY_CONVERSATION_EXPIRED));
    }

    private void connections() {
        meanings.put("echo", wire -> wire.echo(new Inbound.Echo(OptionalInt.of(5))));
        meanings.put("echo of zero", wire -> wire.echo(new Inbound.Echo(OptionalInt.of(0))));
        meanings.put("echo of nothing", wire -> wire.echo(new Inbound.Echo(OptionalInt.empty())));
        meanings.put(
                "device logged in",
                wire -> wire.deviceLoggedIn(
                        new Inbound.DeviceLogin(Optional.of(APP), "inst-1", OptionalInt.empty(), OptionalInt.empty())));
        meanings.put(
                "LiveQuery logged in",
                wire -> wire.deviceLoggedIn(
                        new Inbound.DeviceLogin(Optional.of(APP), "inst-1", OptionalInt.of(3), OptionalInt.of(1))));
        meanings.put(
                "LiveQuery logged out",
                wire -> wire.deviceLoggedOut(new Inbound.DeviceLogout("inst-1", OptionalInt.of(4), OptionalInt.of(1)))
                        .orElseThrow());
    }

    private static SessionCommand.Open reopen() {
        return new SessionCommand.Open(
                Optional.of(TOM),
                "",
                true,
                Optional.empty(),
                Device.UNKNOWN,
                Optional.of("token-1"),
                Optional.empty(),
                Optional.empty(),
                OptionalLong.empty(),
                OptionalLong.empty());
    }

    private void reply(String title, Reply reply) {
        Inbound.Request any = request(OptionalInt.of(1), new SessionCommand.Close());
        meanings.put(title, wire -> wire.reply(any, APP, TOM, reply).orElseThrow());
    }

    private void refusal(String title, OptionalInt i, Command command, Refusal why) {
        meanings.put(
                title,
                wire -> wire.refusal(request(i, command), Optional.of(APP), Optional.of(TOM), why)
                        .orElseThrow());
    }

    private void timed(String title, Event.Notice notice) {
        event(title, new Event.Timed(notice, T));
    }

    private void event(String title, Event event) {
        meanings.put(title, wire -> {
            SharedFrame frame = wire.share(new Outgoing(APP, event));
            return SharedFrameTest.concat(frame.body(), frame.tail(TOM));
        });
    }

    private static Inbound.Request request(OptionalInt i, Command command) {
        return new Inbound.Request(Optional.of(APP), Optional.of(TOM), i, command);
    }

    private static ObjectNode object(String json) {
        return (ObjectNode) json(json);
    }

    private static ArrayNode array(String json) {
        return (ArrayNode) json(json);
    }

    private static JsonNode json(String text) {
        return JsonText.object("{\"it\":" + text + "}").orElseThrow().get("it");
    }
}
