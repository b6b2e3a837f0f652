package io.parley.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.parley.protocol.proto.CommandType;
import io.parley.protocol.proto.DirectCommand;
import io.parley.protocol.proto.GenericCommand;
import io.parley.protocol.proto.JsonObjectMessage;
import io.parley.protocol.proto.OpType;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// What chat rooms have that other conversations have not, and the other way round. Source: semantics 4.3.
class RoomRulesTest {
    private final ManualClock clock = new ManualClock();

    private static void join(Device device, String room, String client) throws InterruptedException {
        assertThat(device.conversation(OpType.add, conv -> conv.setCid(room).addM(client))
                        .getOp())
                .isEqualTo(OpType.added);
    }

    @Test
    void who_drops_is_put_back_within_half_an_hour_and_not_later() throws Exception {
        try (var server = ParleyServer.with().clock(clock).start();
                Device jerry = Device.login(server, "Jerry")) {
            String room;
            try (Device tom = Device.login(server, "Tom")) {
                room = tom.startRoom();
                assertThat(jerry.count(room)).isEqualTo(1);
            }
            await().until(() -> jerry.count(room) == 0);

            clock.advance(Duration.ofMinutes(29));
            try (Device tom = Device.login(server, "Tom")) {
                assertThat(jerry.count(room)).isEqualTo(1);
                jerry.send(room, "welcome back");
                assertThat(tom.next().getDirectMessage().getMsg()).isEqualTo("welcome back");
            }
            await().until(() -> jerry.count(room) == 0);

            clock.advance(Duration.ofMinutes(31));
            try (Device tom = Device.login(server, "Tom")) {
                assertThat(jerry.count(room)).isZero();
                jerry.send(room, "too late");
                assertThat(tom.told()).isEmpty();
            }
        }
    }

    @Test
    void a_room_takes_more_than_any_other_conversation_and_lists_nobody() throws Exception {
        try (var server = ParleyServer.with().set("appDefaults.maxMembers", "2").start();
                Device tom = Device.login(server, "Tom")) {
            String room = tom.startRoom();
            for (String other : new String[] {"Jerry", "Mary", "Spike", "Tyke"}) {
                tom.alsoLogin(other);
                assertThat(tom.ask(
                                        other,
                                        Device.command(
                                                OpType.add,
                                                conv -> conv.setCid(room).addM(other)))
                                .getOp())
                        .isEqualTo(OpType.added);
            }

            assertThat(tom.count(room)).isEqualTo(5);
            assertThat(tom.row(room).path("m")).isEmpty();
        }
    }

    @Test
    void a_room_is_renamed_by_who_is_in_it_and_looked_at_by_anybody() throws Exception {
        try (var server = ParleyServer.start();
                Device tom = Device.login(server, "Tom");
                Device jerry = Device.login(server, "Jerry")) {
            String room = tom.startRoom();
            var renaming = Device.command(
                    OpType.update,
                    conv -> conv.setCid(room)
                            .setAttr(JsonObjectMessage.newBuilder()
                                    .setData("{\"name\":\"bar\",\"attr.topic\":\"tea\"}")));

            assertThat(jerry.refused(renaming)).isEqualTo(4309);
            assertThat(tom.ask(renaming).getOp()).isEqualTo(OpType.updated);

            assertThat(jerry.row(room).path("name").asText()).isEqualTo("bar");
            assertThat(jerry.row(room).path("attr").path("topic").asText()).isEqualTo("tea");
            assertThat(jerry.row(room).path("c").asText()).isEqualTo("Tom");
        }
    }

    @Test
    void what_is_said_in_a_room_has_no_receipt_and_waits_for_nobody() throws Exception {
        try (var server = ParleyServer.start();
                Device tom = Device.login(server, "Tom")) {
            String room = tom.startRoom();
            try (Device jerry = Device.login(server, "Jerry")) {
                join(jerry, room, "Jerry");
                tom.ask(Messages.of(room, "anybody?", direct -> direct.setR(true)));
                jerry.tell(Messages.ack(room, jerry.next().getDirectMessage()));
                jerry.told(); // the acknowledgement has been seen
                assertThat(tom.told()).isEmpty();
            }
            await().until(() -> tom.count(room) == 1);
            tom.send(room, "while nobody was there");
            try (Device jerry = Device.login(server, "Jerry");
                    Device old = Device.loginLikeAnOldSdk(server, "Jerry")) {
                assertThat(jerry.told()).isEmpty();
                assertThat(old.told()).isEmpty();
            }
        }
    }

    /// A listener that reads nothing, until its socket and what the server keeps for it are full.
    @Test
    void under_pressure_only_what_is_not_important_is_dropped_and_the_metrics_tell() throws Exception {
        try (var server = ParleyServer.with()
                        .set("connections.maxOutboxBytes", "262144")
                        .set("appDefaults.maxMessageBytes", "60000")
                        .start();
                Device tom = Device.login(server, "Tom");
                Device jerry = Device.login(server, "Jerry")) {
            String room = tom.startRoom();
            join(jerry, room, "Jerry");
            jerry.stopReading();

            String long_ = "x".repeat(50_000);
            int normal = 0;
            while (dropped(server) == 0) {
                tom.ask(priority(room, long_, 2));
                if (++normal > 2000) throw new AssertionError("nothing was dropped");
            }
            for (int i = 0; i < 5; i++) tom.ask(priority(room, "important " + i, 1));
            tom.ask(priority(room, "unimportant " + long_, 3));
            jerry.readOn();

            int heard = 0;
            for (String text = jerry.next().getDirectMessage().getMsg();
                    text.equals(long_);
                    text = jerry.next().getDirectMessage().getMsg()) heard++;
            assertThat(heard).isLessThan(normal);
            assertThat(jerry.messages()).containsExactly("important 1", "important 2", "important 3", "important 4");
        }
    }

    private static GenericCommand.Builder priority(String room, String text, int priority) {
        return GenericCommand.newBuilder()
                .setCmd(CommandType.direct)
                .setPriority(priority)
                .setDirectMessage(DirectCommand.newBuilder().setCid(room).setMsg(text));
    }

    private static double dropped(ParleyServer server) throws Exception {
        return new Http()
                .get(server.url() + "/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith("parley_rooms_dropped_total"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .findFirst()
                .orElse(0);
    }
}
