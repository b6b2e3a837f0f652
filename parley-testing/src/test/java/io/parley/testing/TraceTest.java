package io.parley.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.protocol.proto.AckCommand;
import io.parley.protocol.proto.CommandType;
import io.parley.protocol.proto.GenericCommand;
import io.parley.protocol.proto.OpType;
import io.parley.protocol.proto.ReadCommand;
import io.parley.protocol.proto.ReadTuple;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// "Where is my message?"
class TraceTest {
    @RegisterExtension
    static final ParleyServer server =
            ParleyServer.with().set("connections.noticeDelay", "0ms").create();

    private final Operator operator = new Operator(server);

    private static String chat(Device creator, String... others) throws InterruptedException {
        return creator.conversation(OpType.start, conv -> conv.addAllM(List.of(others)))
                .getConvMessage()
                .getCid();
    }

    private JsonNode trace(String message) throws Exception {
        return operator.done("GET", "/1.2/rtm/messages/" + message + "/trace", "");
    }

    private static JsonNode of(JsonNode trace, String client) {
        for (JsonNode recipient : trace.path("recipients"))
            if (recipient.path("client").asText().equals(client)) return recipient;
        throw new AssertionError(client + " is no recipient in " + trace);
    }

    @Test
    void a_message_is_followed_from_the_store_to_who_has_read_it() throws Exception {
        try (var tom = Device.login(server, "Tom");
                var jerry = Device.login(server, "Jerry")) {
            String chat = chat(tom, "Jerry", "Mary");
            AckCommand sent = tom.send(chat, "where am I?").getAckMessage();

            JsonNode before = trace(sent.getUid());
            assertThat(before.path("conversation").asText()).isEqualTo(chat);
            assertThat(before.path("from").asText()).isEqualTo("Tom");
            assertThat(before.path("kind").asText()).isEqualTo("normal");
            assertThat(before.path("recipients")).hasSize(2);
            assertThat(before.path("complete").booleanValue()).isTrue();
            assertThat(before.has("firstDeliveredAt")).isFalse();
            assertThat(of(before, "Jerry").path("online").booleanValue()).isTrue();
            assertThat(of(before, "Jerry")
                            .path("sessions")
                            .path(0)
                            .path("userAgent")
                            .asText())
                    .isEqualTo("test");
            assertThat(of(before, "Jerry").path("acknowledged").booleanValue()).isFalse();
            assertThat(of(before, "Mary").path("online").booleanValue()).isFalse();

            jerry.tell(GenericCommand.newBuilder()
                    .setCmd(CommandType.ack)
                    .setAckMessage(AckCommand.newBuilder().setCid(chat).setMid(sent.getUid())));
            jerry.told();
            JsonNode acknowledged = trace(sent.getUid());
            assertThat(acknowledged.has("firstDeliveredAt")).isTrue();
            assertThat(of(acknowledged, "Jerry").path("acknowledged").booleanValue())
                    .isTrue();
            assertThat(of(acknowledged, "Jerry").path("read").booleanValue()).isFalse();
            assertThat(of(acknowledged, "Mary").path("acknowledged").booleanValue())
                    .isFalse();

            jerry.tell(GenericCommand.newBuilder()
                    .setCmd(CommandType.read)
                    .setReadMessage(ReadCommand.newBuilder()
                            .addConvs(ReadTuple.newBuilder()
                                    .setCid(chat)
                                    .setMid(sent.getUid())
                                    .setTimestamp(sent.getT()))));
            jerry.told();
            assertThat(of(trace(sent.getUid()), "Jerry").path("read").booleanValue())
                    .isTrue();
        }
    }

    private static GenericCommand.Builder ack(String chat, AckCommand message) {
        return GenericCommand.newBuilder()
                .setCmd(CommandType.ack)
                .setAckMessage(AckCommand.newBuilder().setCid(chat).setMid(message.getUid()));
    }

    private static Device device(String client, String id) throws InterruptedException {
        Device device = Device.connect(server, client);
        assertThat(device.open(session -> session.setDeviceId(id)).getOp()).isEqualTo(OpType.opened);
        return device;
    }

    @Test
    void each_device_is_named_with_what_it_got_and_what_it_said() throws Exception {
        String message;
        try (var tom = Device.login(server, "Sender");
                var phone = device("Owner", "phone");
                var tablet = device("Owner", "tablet")) {
            String chat = chat(tom, "Owner");
            AckCommand first = tom.send(chat, "one").getAckMessage();
            message = first.getUid();
            AckCommand second = tom.send(chat, "two").getAckMessage();
            phone.nextMessage();
            phone.nextMessage();
            tablet.nextMessage();
            tablet.nextMessage();
            phone.tell(ack(chat, second));
            phone.told();

            JsonNode devices = of(trace(message), "Owner").path("devices");
            assertThat(devices.findValuesAsText("deviceId")).containsExactlyInAnyOrder("phone", "tablet");
            for (JsonNode each : devices) {
                assertThat(each.path("userAgent").asText()).isEqualTo("test");
                assertThat(each.path("deliveredAt").asText()).isNotEmpty();
                assertThat(each.has("acknowledgedAt"))
                        .as("who has the second message has the first: %s", each)
                        .isEqualTo(each.path("deviceId").asText().equals("phone"));
            }
        }
        assertThat(of(trace(message), "Owner").path("devices"))
                .as("what is remembered when they are gone")
                .hasSize(2);
    }

    @Test
    void a_message_to_clients_of_a_service_is_followed_to_their_devices() throws Exception {
        String service = operator.service("desk");
        try (var phone = device("Customer", "phone")) {
            JsonNode sent = operator.done(
                    "POST",
                    "/1.2/rtm/service-conversations/" + service + "/messages",
                    "{'from_client':'desk','to_clients':['Customer'],'message':'hello'}");
            phone.nextMessage();

            JsonNode devices =
                    of(trace(sent.path("msg-id").asText()), "Customer").path("devices");
            assertThat(devices).hasSize(1);
            assertThat(devices.get(0).path("deviceId").asText()).isEqualTo("phone");
            assertThat(devices.get(0).has("acknowledgedAt")).isFalse();
        }
    }

    @Test
    void what_is_not_there_or_not_yours_is_refused() throws Exception {
        try (var tom = Device.login(server, "Tom")) {
            AckCommand sent = tom.send(chat(tom, "Jerry"), "secret").getAckMessage();
            String path = "/1.2/rtm/messages/" + sent.getUid() + "/trace";

            assertThat(new Operator(server, TestApp.KEY).call("GET", path, "").status())
                    .isEqualTo(403);
            var unknown = operator.call("GET", "/1.2/rtm/messages/nothing/trace", "");
            assertThat(unknown.status()).isEqualTo(400);
            assertThat(unknown.body().path("code").asInt()).isEqualTo(4404);
        }
    }

    @Test
    void the_command_line_tells_it_in_words(@TempDir Path folder) throws Exception {
        Path key = Files.writeString(folder.resolve("key"), TestApp.MASTER_KEY);
        try (var tom = Device.login(server, "Tom")) {
            AckCommand sent = tom.send(chat(tom, "Jerry"), "where am I?").getAckMessage();

            Process command = ParleyProcess.launch(
                    "trace",
                    sent.getUid(),
                    "--server",
                    server.url().toString(),
                    "--app-id",
                    TestApp.ID,
                    "--master-key-file",
                    key.toString());
            String said = new String(command.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(command.waitFor()).isZero();
            assertThat(said)
                    .contains("message " + sent.getUid() + " from \"Tom\"")
                    .contains("\"Jerry\": not acknowledged, not read, offline");
        }
    }
}
