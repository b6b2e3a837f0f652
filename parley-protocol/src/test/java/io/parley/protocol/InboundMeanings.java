package io.parley.protocol;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.core.command.AppId;
import io.parley.core.command.Capabilities;
import io.parley.core.command.ClientId;
import io.parley.core.command.Command;
import io.parley.core.command.Content;
import io.parley.core.command.ConversationCommand;
import io.parley.core.command.ConversationId;
import io.parley.core.command.Device;
import io.parley.core.command.Kind;
import io.parley.core.command.MemberCommand;
import io.parley.core.command.Mentions;
import io.parley.core.command.MessageCommand;
import io.parley.core.command.MessageCommand.History;
import io.parley.core.command.MessageCommand.History.Bound;
import io.parley.core.command.MessageCommand.History.Direction;
import io.parley.core.command.MessageId;
import io.parley.core.command.ModerationCommand;
import io.parley.core.command.Page;
import io.parley.core.command.Priority;
import io.parley.core.command.ReceiptCommand;
import io.parley.core.command.ReceiptCommand.Read.Mark;
import io.parley.core.command.SessionCommand;
import io.parley.core.command.Signature;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// What the frames of clients in `vectors/` mean, by their titles.
final class InboundMeanings {
    private static final AppId APP = new AppId("app");
    private static final ClientId TOM = new ClientId("tom");
    private static final ClientId JERRY = new ClientId("jerry");
    private static final ClientId MARY = new ClientId("mary");
    private static final ConversationId C1 = new ConversationId("c1");
    private static final ConversationId C3 = new ConversationId("_tmp:c3");
    private static final MessageId M1 = new MessageId("m1");
    private static final long T = 1_700_000_001_000L;
    private static final Signature SIGNATURE = new Signature("signed", "1453014943466", "abc123");
    private static final Content HI = new Content.Text("{\"_lctype\":-1,\"_lctext\":\"hi\"}");
    private static final Content BYTES = new Content.Binary(new byte[] {0, 1, 2, -1});

    private final Map<String, Inbound> meanings = new HashMap<>();

    static Map<String, Inbound> all() {
        InboundMeanings all = new InboundMeanings();
        all.sessions();
        all.conversations();
        all.messages();
        all.historyAndPatches();
        all.receipts();
        all.connections();
        all.moderation();
        return all.meanings;
    }

    private void sessions() {
        open("JS 5 logs its first client in", TOM, 1, "js/5.0.0-rc.8", new Device("", "d-1"), 187, 1_700_000_000_000L);
        put(
                "JS logs in without a client id",
                request(Optional.of(APP), Optional.empty(), 2, login(Optional.empty(), "js/4.3.1", 59)));
        put(
                "the SDK of 2016 logs in",
                request(
                        Optional.of(APP),
                        Optional.of(TOM),
                        2016,
                        new SessionCommand.Open(
                                Optional.of(TOM),
                                "js/2.4.0",
                                false,
                                Optional.empty(),
                                Device.UNKNOWN,
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                OptionalLong.empty(),
                                OptionalLong.empty())));
        put(
                "Java opens again with a token and without i",
                new Inbound.Request(
                        Optional.of(APP),
                        Optional.of(TOM),
                        OptionalInt.empty(),
                        new SessionCommand.Open(
                                Optional.of(TOM),
                                "",
                                true,
                                Optional.empty(),
                                Device.UNKNOWN,
                                Optional.of("token-1"),
                                Optional.empty(),
                                Optional.of(new Capabilities(175)),
                                OptionalLong.of(1_700_000_000_101L),
                                OptionalLong.of(1_700_000_000_200L))));
        ClientId xiaoming = new ClientId("小明");
        put(
                "Swift logs in with tag, device token and signature",
                request(
                        Optional.of(APP),
                        Optional.of(xiaoming),
                        1,
                        new SessionCommand.Open(
                                Optional.of(xiaoming),
                                "LeanCloud-Swift-SDK/17.11.0",
                                true,
                                Optional.of("Mobile"),
                                new Device("0a1b2c", ""),
                                Optional.empty(),
                                Optional.of(SIGNATURE),
                                Optional.of(new Capabilities(187)),
                                OptionalLong.empty(),
                                OptionalLong.empty())));
        put(
                "C# opens again without capabilities",
                request(
                        Optional.of(APP),
                        Optional.of(TOM),
                        1,
                        new SessionCommand.Open(
                                Optional.of(TOM),
                                "",
                                true,
                                Optional.empty(),
                                new Device("", "d-2"),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                OptionalLong.empty(),
                                OptionalLong.empty())));
        anonymous("JS refreshes its token", 9, new SessionCommand.Refresh(Optional.of("token-1"), Optional.empty()));
        put(
                "C# refreshes with a signature",
                request(
                        Optional.of(APP),
                        Optional.of(TOM),
                        4,
                        new SessionCommand.Refresh(Optional.empty(), Optional.of(SIGNATURE))));
        anonymous("JS closes a session", 7, new SessionCommand.Close());
        anonymous("who of these is online", 8, new SessionCommand.Online(List.of(JERRY, MARY)));
        anonymous("Swift reports a new device token", 3, new SessionCommand.ReportDeviceToken("0a1b2c"));
    }

    private void conversations() {
        anonymous(
                "JS 5 starts a unique conversation",
                3,
                new ConversationCommand.Start(
                        List.of(JERRY, TOM),
                        object("{\"name\":\"T & J\"}"),
                        Kind.NORMAL,
                        true,
                        Duration.ZERO,
                        Optional.empty()));
        named(
                "the SDK of 2016 starts a signed conversation",
                2017,
                new ConversationCommand.Start(
                        List.of(JERRY),
                        object("{\"name\":\"\",\"attr\":{}}"),
                        Kind.NORMAL,
                        false,
                        Duration.ZERO,
                        Optional.of(SIGNATURE)));
        put(
                "C# starts a chat room and calls it unique",
                request(
                        Optional.of(APP),
                        Optional.of(TOM),
                        5,
                        new ConversationCommand.Start(
                                List.of(),
                                object("{\"name\":\"lobby\"}"),
                                Kind.CHAT_ROOM,
                                false,
                                Duration.ZERO,
                                Optional.empty())));
        named(
                "Java starts a temporary conversation",
                -65535,
                new ConversationCommand.Start(
                        List.of(TOM, JERRY),
                        object("{}"),
                        Kind.TEMPORARY,
                        false,
                        Duration.ofDays(3),
                        Optional.empty()));
        named(
                "adds two members",
                4,
                new MemberCommand.Add(C1, List.of(MARY, new ClientId("william")), Optional.empty()));
        anonymous(
                "removes a member with a signature",
                5,
                new MemberCommand.Remove(C1, List.of(MARY), Optional.of(SIGNATURE)));
        anonymous(
                "changes attributes",
                6,
                new ConversationCommand.Update(C1, object("{\"attr.level\":3,\"name\":{\"__op\":\"Delete\"}}")));
        anonymous("mutes", 7, new MemberCommand.Mute(C1, true));
        anonymous("unmutes", 7, new MemberCommand.Mute(C1, false));
        anonymous(
                "JS looks two conversations up",
                8,
                new ConversationCommand.Query(
                        Optional.of(object("{\"objectId\":{\"$in\":[\"c1\",\"c2\"]}}")),
                        "",
                        999,
                        0,
                        false,
                        false,
                        List.of()));
        anonymous(
                "JS asks for its own conversations",
                9,
                new ConversationCommand.Query(Optional.empty(), "-lm,createdAt", 10, 20, true, true, List.of()));
        anonymous(
                "asks for temporary conversations",
                10,
                new ConversationCommand.Query(Optional.empty(), "", 10, 0, false, false, List.of(C3)));
        anonymous("counts", 11, new ConversationCommand.Count(C1));
        anonymous("am I a member", 12, new MemberCommand.IsMember(List.of(C1)));
        anonymous("how far have they read", 13, new ReceiptCommand.MaxRead(C1, false));
        anonymous("how far has each of them read", 14, new ReceiptCommand.MaxRead(C1, true));
    }

    private void messages() {
        anonymous(
                "JS 5 sends",
                4,
                new MessageCommand.Send(
                        C1,
                        HI,
                        Mentions.NONE,
                        true,
                        false,
                        false,
                        Priority.NORMAL,
                        Optional.of("8f14e45f-ceea-467f-a5b5-1e2ab0c1d2e3"),
                        Optional.empty()));
        put(
                "C# sends to everybody",
                request(
                        Optional.of(APP),
                        Optional.of(TOM),
                        12,
                        send(HI, new Mentions(true, List.of(JERRY)), false, false)));
        anonymous("sends bytes", 5, send(BYTES, Mentions.NONE, false, false));
        anonymous(
                "sends a transient text that is not JSON",
                6,
                send(new Content.Text("line 1\nline 2 中文"), Mentions.NONE, false, true));
        anonymous(
                "leaves a will with push data",
                7,
                new MessageCommand.Send(
                        C1,
                        HI,
                        Mentions.NONE,
                        false,
                        false,
                        true,
                        Priority.NORMAL,
                        Optional.empty(),
                        Optional.of("{\"alert\":\"bye\"}")));
        named("the SDK of 2016 sends", 2018, send(new Content.Text("hello"), Mentions.NONE, true, false));
    }

    private void historyAndPatches() {
        anonymous(
                "JS 5 pages back",
                1,
                new History(
                        C1,
                        Direction.OLD,
                        Optional.of(new Bound(T, Optional.of(new MessageId("m9")), false)),
                        Optional.empty(),
                        10,
                        OptionalInt.empty()));
        put(
                "C# reads forward with an op",
                request(
                        Optional.of(APP),
                        Optional.of(TOM),
                        2,
                        new History(
                                C1,
                                Direction.NEW,
                                Optional.of(new Bound(1, Optional.empty(), true)),
                                Optional.of(new Bound(T, Optional.of(new MessageId("m9")), true)),
                                20,
                                OptionalInt.of(-1))));
        anonymous("Java leaves both ends open", -3, newest(100));
        named("the SDK of 2016 reads the newest", 2019, newest(20));
        anonymous(
                "JS edits",
                8,
                new MessageCommand.Modify(
                        C1, M1, T, Optional.of(HI), Optional.of(new Mentions(false, List.of(JERRY)))));
        MessageCommand recall = new MessageCommand.Modify(C1, M1, T, Optional.empty(), Optional.empty());
        anonymous("JS recalls", 9, recall);
        anonymous("Swift recalls with a payload", 10, recall);
        anonymous("edits bytes", 11, new MessageCommand.Modify(C1, M1, T, Optional.of(BYTES), Optional.empty()));
    }

    private void receipts() {
        silent("JS acknowledges a range", Optional.empty(), new ReceiptCommand.Ack(C1, Optional.empty(), T, T + 3));
        silent("Swift acknowledges a message", Optional.of(TOM), new ReceiptCommand.Ack(C1, Optional.of(M1), 0, 0));
        silent("Java acknowledges history", Optional.of(TOM), new ReceiptCommand.Ack(C1, Optional.empty(), 0, T));
        ReceiptCommand.Read read = new ReceiptCommand.Read(List.of(new Mark(C1, T)));
        silent("Swift has read", Optional.empty(), read);
        put(
                "C# has read everything",
                new Inbound.Request(
                        Optional.of(APP),
                        Optional.of(TOM),
                        OptionalInt.empty(),
                        new ReceiptCommand.Read(List.of(new Mark(C1, 0)))));
        anonymous("Java has read, with a number", -7, read);
        silent(
                "an old client has read",
                Optional.empty(),
                new ReceiptCommand.Read(List.of(
                        new Mark(new ConversationId("c2"), 0),
                        new Mark(new ConversationId("c3"), 0),
                        new Mark(C1, 0))));
    }

    private void connections() {
        put("JS beats", new Inbound.Echo(OptionalInt.of(5)));
        put("an echo with a number of zero", new Inbound.Echo(OptionalInt.of(0)));
        put("C# beats in the name of its app", new Inbound.Echo(OptionalInt.empty()));
        put(
                "Java logs its device in",
                new Inbound.DeviceLogin(Optional.of(APP), "inst-1", OptionalInt.empty(), OptionalInt.empty()));
        put(
                "LiveQuery logs in",
                new Inbound.DeviceLogin(Optional.of(APP), "inst-1", OptionalInt.of(3), OptionalInt.of(1)));
        put("LiveQuery logs out", new Inbound.DeviceLogout("inst-1", OptionalInt.of(4), OptionalInt.of(1)));
        put("Java acknowledges pushed data", new Inbound.Ignored(List.of("p1", "p2")));
        put("LiveQuery acknowledges an event", new Inbound.Ignored(List.of("p3")));
    }

    private void open(String title, ClientId client, int i, String ua, Device device, long bits, long patchesSince) {
        put(
                title,
                request(
                        Optional.of(APP),
                        Optional.of(client),
                        i,
                        new SessionCommand.Open(
                                Optional.of(client),
                                ua,
                                false,
                                Optional.empty(),
                                device,
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of(new Capabilities(bits)),
                                OptionalLong.empty(),
                                OptionalLong.of(patchesSince))));
    }

    private static SessionCommand.Open login(Optional<ClientId> client, String ua, long bits) {
        return new SessionCommand.Open(
                client,
                ua,
                false,
                Optional.empty(),
                Device.UNKNOWN,
                Optional.empty(),
                Optional.empty(),
                Optional.of(new Capabilities(bits)),
                OptionalLong.empty(),
                OptionalLong.empty());
    }

    private static MessageCommand.Send send(Content content, Mentions mentions, boolean receipt, boolean passing) {
        return new MessageCommand.Send(
                C1, content, mentions, receipt, passing, false, Priority.NORMAL, Optional.empty(), Optional.empty());
    }

    private static History newest(int limit) {
        return new History(C1, Direction.OLD, Optional.empty(), Optional.empty(), limit, OptionalInt.empty());
    }

    private void anonymous(String title, int i, Command command) {
        put(title, request(Optional.empty(), Optional.empty(), i, command));
    }

    private void named(String title, int i, Command command) {
        put(title, request(Optional.empty(), Optional.of(TOM), i, command));
    }

    private void silent(String title, Optional<ClientId> peer, Command command) {
        put(title, new Inbound.Request(Optional.empty(), peer, OptionalInt.empty(), command));
    }

    private void moderation() {
        bySession("asks who is in a room", 1, new MemberCommand.ListOnline(C1, 50));
        bySession("makes a member a manager", 2, new ModerationCommand.SetRole(C1, MARY, "Manager"));
        bySession("silences two members", 3, new ModerationCommand.Silence(C1, List.of(JERRY, MARY), true));
        bySession("lets a member speak again", 4, new ModerationCommand.Silence(C1, List.of(MARY), false));
        bySession("asks for the first of the silenced", 5, new ModerationCommand.ListSilenced(C1, new Page(10, 0)));
        bySession("asks for more of the silenced", 6, new ModerationCommand.ListSilenced(C1, new Page(1, 1)));
        bySession("asks whether a member is silenced", 7, new ModerationCommand.CheckSilenced(C1, List.of(JERRY)));
        bySession(
                "blocks members with a signature",
                8,
                new ModerationCommand.Block(C1, List.of(JERRY, MARY), true, Optional.of(SIGNATURE)));
        bySession(
                "lets a client in again", 9, new ModerationCommand.Block(C1, List.of(JERRY), false, Optional.empty()));
        bySession("asks for the blocked", 10, new ModerationCommand.ListBlocked(C1, new Page(1, 1)));
        bySession("asks whether a client is blocked", 11, new ModerationCommand.CheckBlocked(C1, List.of(JERRY)));
    }

    /// Of a session that is alone on its connection and names no client.
    private void bySession(String title, int i, Command command) {
        put(title, request(Optional.empty(), Optional.empty(), i, command));
    }

    private static Inbound request(Optional<AppId> app, Optional<ClientId> peer, int i, Command command) {
        return new Inbound.Request(app, peer, OptionalInt.of(i), command);
    }

    private void put(String title, Inbound meaning) {
        meanings.put(title, meaning);
    }

    private static ObjectNode object(String json) {
        return JsonText.object(json).orElseThrow();
    }
}
