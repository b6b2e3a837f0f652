package io.parley.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.protocol.proto.BlacklistCommand;
import io.parley.protocol.proto.CommandType;
import io.parley.protocol.proto.GenericCommand;
import io.parley.protocol.proto.OpType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Lists that are full. Source: semantics 8.2, 8.3.
class ModerationLimitsTest {
    @RegisterExtension
    static final ParleyServer server = ParleyServer.with()
            .set("appDefaults.roles", "true")
            .set("appDefaults.blacklist", "true")
            .set("appDefaults.maxSilenced", "2")
            .set("appDefaults.maxBlocked", "2")
            .create();

    private static GenericCommand.Builder silencing(OpType op, String chat, String... clients) {
        return Device.command(op, conv -> conv.setCid(chat).addAllM(List.of(clients)));
    }

    private static GenericCommand.Builder blocking(OpType op, String chat, String... clients) {
        return GenericCommand.newBuilder()
                .setCmd(CommandType.blacklist)
                .setOp(op)
                .setBlacklistMessage(
                        BlacklistCommand.newBuilder().setSrcCid(chat).addAllToPids(List.of(clients)));
    }

    @Test
    void a_full_list_of_the_silenced_takes_nobody_of_the_request_until_there_is_room() throws Exception {
        try (Device tom = Device.login(server, "Tom")) {
            String chat = tom.startWith("a", "b", "c");
            assertThat(tom.ask(silencing(OpType.add_shutup, chat, "a")).getOp()).isEqualTo(OpType.shutup_added);

            assertThat(tom.refused(silencing(OpType.add_shutup, chat, "b", "c")))
                    .isEqualTo(4561);

            assertThat(tom.ask(silencing(OpType.query_shutup, chat))
                            .getConvMessage()
                            .getMList())
                    .containsExactly("a");
            tom.ask(silencing(OpType.remove_shutup, chat, "a"));
            assertThat(tom.ask(silencing(OpType.add_shutup, chat, "b", "c")).getOp())
                    .isEqualTo(OpType.shutup_added);
        }
    }

    @Test
    void a_full_blacklist_takes_nobody_of_the_request_until_there_is_room() throws Exception {
        try (Device tom = Device.login(server, "Tom")) {
            String chat = tom.startWith("a", "b", "c");
            assertThat(tom.ask(blocking(OpType.block, chat, "a")).getOp()).isEqualTo(OpType.blocked);

            assertThat(tom.refused(blocking(OpType.block, chat, "b", "c"))).isEqualTo(4543);

            assertThat(tom.count(chat)).as("Tom, b and c").isEqualTo(3);
            tom.ask(blocking(OpType.unblock, chat, "a"));
            assertThat(tom.ask(blocking(OpType.block, chat, "b", "c")).getOp()).isEqualTo(OpType.blocked);
        }
    }
}
