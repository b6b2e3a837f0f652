package io.parley.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.protocol.proto.CommandType;
import io.parley.protocol.proto.ConvCommand;
import io.parley.protocol.proto.DirectCommand;
import io.parley.protocol.proto.GenericCommand;
import io.parley.protocol.proto.JsonObjectMessage;
import io.parley.protocol.proto.LogItem;
import io.parley.protocol.proto.LogsCommand;
import io.parley.protocol.proto.OpType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Who may do what in a conversation, and who is told of it in which order. Source: semantics 4.2.
class MembershipRulesTest {
    @RegisterExtension
    static final ParleyServer server = ParleyServer.with()
            .set("connections.noticeDelay", "0ms")
            .set("appDefaults.maxMembers", "3")
            .create();

    private static GenericCommand.Builder changing(OpType op, String chat, String... members) {
        return Device.command(op, conv -> conv.setCid(chat).addAllM(List.of(members)));
    }

    private static GenericCommand.Builder renaming(String chat, String name) {
        return Device.command(
                OpType.update,
                conv -> conv.setCid(chat)
                        .setAttr(JsonObjectMessage.newBuilder().setData("{\"name\":\"" + name + "\"}")));
    }

    /// As `who op: whom`, in the order in which they went out.
    private static List<String> notices(Device device) throws InterruptedException {
        return device.told().stream()
                .map(notice -> notice.getPeerId() + " " + notice.getOp() + " "
                        + notice.getConvMessage().getMList())
                .toList();
    }

    @Test
    void a_full_conversation_takes_nobody_of_the_request() throws Exception {
        try (Device tom = Device.login(server, "Tom")) {
            String chat = tom.startWith("Jerry");

            assertThat(tom.refused(changing(OpType.add, chat, "Mary", "Spike"))).isEqualTo(4304);
            assertThat(tom.count(chat)).isEqualTo(2);
            assertThat(tom.ask(changing(OpType.add, chat, "Mary")).getOp()).isEqualTo(OpType.added);
            assertThat(tom.refused(Device.command(OpType.start, conv -> conv.addAllM(List.of("a", "b", "c")))))
                    .isEqualTo(4304);
        }
    }

    @Test
    void any_member_renames_it_and_an_outsider_does_not() throws Exception {
        try (Device tom = Device.login(server, "Tom");
                Device jerry = Device.login(server, "Jerry");
                Device spike = Device.login(server, "Spike")) {
            String chat = tom.startWith("Jerry");

            assertThat(jerry.ask(renaming(chat, "ours")).getOp()).isEqualTo(OpType.updated);
            assertThat(spike.refused(renaming(chat, "mine"))).isEqualTo(4309);
            assertThat(tom.row(chat).path("name").asText()).isEqualTo("ours");
        }
    }

    @Test
    void the_creator_stays_the_creator_after_leaving() throws Exception {
        try (Device tom = Device.login(server, "Tom");
                Device jerry = Device.login(server, "Jerry")) {
            String chat = tom.startWith("Jerry");

            tom.ask(changing(OpType.remove, chat, "Tom"));

            assertThat(jerry.row(chat).path("c").asText()).isEqualTo("Tom");
            assertThat(jerry.row(chat).path("m"))
                    .extracting(member -> member.asText())
                    .containsExactly("Jerry");
        }
    }

    /// Three clients on one socket: what is told first goes out first.
    @Test
    void who_is_invited_hears_of_it_first() throws Exception {
        try (Device socket = Device.login(server, "Tom")) {
            socket.alsoLogin("Jerry");
            socket.alsoLogin("Mary");
            String chat = socket.startWith("Jerry");
            socket.told();

            socket.ask(changing(OpType.add, chat, "Mary"));

            List<String> notices = notices(socket);
            assertThat(notices).startsWith("Mary joined []");
            assertThat(notices)
                    .containsExactlyInAnyOrder(
                            "Mary joined []",
                            "Tom members_joined [Mary]",
                            "Jerry members_joined [Mary]",
                            "Mary members_joined [Mary]");
        }
    }

    @Test
    void who_is_removed_hears_of_it_first_and_only_that() throws Exception {
        try (Device socket = Device.login(server, "Tom")) {
            socket.alsoLogin("Jerry");
            socket.alsoLogin("Mary");
            String chat = socket.startWith("Jerry", "Mary");
            socket.told();

            socket.ask(changing(OpType.remove, chat, "Mary"));

            List<String> notices = notices(socket);
            assertThat(notices).startsWith("Mary left []");
            assertThat(notices)
                    .containsExactlyInAnyOrder("Mary left []", "Tom members_left [Mary]", "Jerry members_left [Mary]");
        }
    }

    @Test
    void who_left_hears_and_says_nothing_more() throws Exception {
        try (Device tom = Device.login(server, "Tom");
                Device jerry = Device.login(server, "Jerry")) {
            String chat = tom.startWith("Jerry");
            jerry.ask(changing(OpType.remove, chat, "Jerry"));
            jerry.told();

            tom.send(chat, "without you");
            tom.ask(renaming(chat, "still without you"));

            assertThat(jerry.told()).isEmpty();
            assertThat(Device.code(jerry.send(chat, "hello?"))).isEqualTo(4401);
        }
    }

    @Test
    void adding_twice_and_removing_a_stranger_is_no_error_and_told_to_nobody() throws Exception {
        try (Device tom = Device.login(server, "Tom");
                Device jerry = Device.login(server, "Jerry")) {
            String chat = tom.startWith("Jerry");
            tom.told();
            jerry.told();

            ConvCommand added = tom.ask(changing(OpType.add, chat, "Jerry")).getConvMessage();
            ConvCommand removed =
                    tom.ask(changing(OpType.remove, chat, "Spike")).getConvMessage();

            assertThat(added.getAllowedPidsList()).containsExactly("Jerry");
            assertThat(removed.getAllowedPidsList()).containsExactly("Spike");
            assertThat(tom.row(chat).path("m")).hasSize(2);
            assertThat(tom.told()).isEmpty();
            assertThat(jerry.told()).isEmpty();
        }
    }

    @Test
    void who_comes_back_reads_what_was_said_meanwhile() throws Exception {
        try (Device tom = Device.login(server, "Tom");
                Device jerry = Device.login(server, "Jerry")) {
            String chat = tom.startWith("Jerry");
            jerry.ask(changing(OpType.remove, chat, "Jerry"));
            tom.send(chat, "while you were out");

            jerry.ask(changing(OpType.add, chat, "Jerry"));

            assertThat(jerry.history(chat)).extracting(LogItem::getData).containsExactly("while you were out");
        }
    }

    @Test
    void a_stranger_reads_nothing() throws Exception {
        try (Device tom = Device.login(server, "Tom");
                Device spike = Device.login(server, "Spike")) {
            String chat = tom.startWith("Jerry");

            int code = spike.refused(GenericCommand.newBuilder()
                    .setCmd(CommandType.logs)
                    .setLogsMessage(LogsCommand.newBuilder().setCid(chat)));

            assertThat(code).isEqualTo(4312);
        }
    }

    @Test
    void a_transient_message_leaves_no_trace() throws Exception {
        try (Device tom = Device.login(server, "Tom")) {
            String chat = tom.startWith("Jerry");
            tom.send(chat, "stored");
            String before = tom.row(chat).path("lm").toString();

            tom.ask(GenericCommand.newBuilder()
                    .setCmd(CommandType.direct)
                    .setDirectMessage(DirectCommand.newBuilder()
                            .setCid(chat)
                            .setMsg("typing")
                            .setTransient(true)));

            assertThat(tom.row(chat).path("lm").toString()).isEqualTo(before);
            try (Device jerry = Device.login(server, "Jerry")) {
                GenericCommand missed = jerry.next();
                assertThat(missed.getUnreadMessage().getConvs(0).getUnread()).isEqualTo(1);
                assertThat(jerry.told()).as("nothing comes late").isEmpty();
            }
        }
    }
}
