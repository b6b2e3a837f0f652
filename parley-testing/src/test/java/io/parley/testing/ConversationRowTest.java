package io.parley.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.protocol.proto.GenericCommand;
import io.parley.protocol.proto.JsonObjectMessage;
import io.parley.protocol.proto.OpType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What a query tells of conversations, and which it finds. Source: semantics 3, 5.
class ConversationRowTest {
    @RegisterExtension
    final ParleyServer server =
            ParleyServer.with().set("connections.noticeDelay", "0ms").create();

    private static String start(Device device, String attributes, String... others) throws InterruptedException {
        return device.start(conv -> conv.addAllM(List.of(others))
                .setAttr(JsonObjectMessage.newBuilder().setData(attributes)));
    }

    private static List<String> ids(JsonNode documents) {
        List<String> ids = new ArrayList<>();
        documents.forEach(document -> ids.add(document.path("objectId").asText()));
        return ids;
    }

    @Test
    void a_row_has_all_columns_and_the_time_of_the_last_message_moves() throws Exception {
        try (Device tom = Device.login(server, "Tom")) {
            GenericCommand started = tom.conversation(
                    OpType.start,
                    conv -> conv.addM("Jerry")
                            .setUnique(true)
                            .setAttr(JsonObjectMessage.newBuilder()
                                    .setData("{\"name\":\"us\",\"attr\":{\"pet\":\"cat\"},\"own\":7}")));
            String chat = started.getConvMessage().getCid();
            JsonNode empty = tom.row(chat);
            assertThat(empty.path("objectId").asText()).isEqualTo(chat);
            assertThat(empty.path("name").asText()).isEqualTo("us");
            assertThat(empty.path("m")).extracting(JsonNode::asText).containsExactlyInAnyOrder("Jerry", "Tom");
            assertThat(empty.path("c").asText()).isEqualTo("Tom");
            assertThat(empty.path("attr").path("pet").asText()).isEqualTo("cat");
            assertThat(empty.path("own").asInt()).isEqualTo(7);
            assertThat(empty.path("unique").asBoolean()).isTrue();
            assertThat(empty.path("uniqueId").asText())
                    .isEqualTo(started.getConvMessage().getUniqueId());
            assertThat(empty.path("conv_type").asInt()).isEqualTo(1);
            assertThat(empty.has("lm")).isFalse();
            assertThat(Instant.parse(empty.path("createdAt").asText()))
                    .isBeforeOrEqualTo(Instant.parse(empty.path("updatedAt").asText()));

            tom.conversation(OpType.mute, conv -> conv.setCid(chat));
            long first = tom.send(chat, "1").getAckMessage().getT();
            assertThat(lastMessageAt(tom.row(chat))).isEqualTo(Instant.ofEpochMilli(first));
            long second = tom.send(chat, "2").getAckMessage().getT();

            JsonNode spoken = tom.row(chat);
            assertThat(lastMessageAt(spoken)).isEqualTo(Instant.ofEpochMilli(second));
            assertThat(spoken.path("mu")).extracting(JsonNode::asText).containsExactly("Tom");
        }
    }

    private static Instant lastMessageAt(JsonNode row) {
        assertThat(row.path("lm").path("__type").asText()).isEqualTo("Date");
        return Instant.parse(row.path("lm").path("iso").asText());
    }

    @Test
    void without_a_condition_come_the_ten_whose_last_message_is_newest() throws Exception {
        try (Device tom = Device.login(server, "Tom")) {
            List<String> chats = new ArrayList<>();
            var newest = new AtomicLong();
            for (int i = 0; i < 12; i++) {
                chats.add(tom.startWith("Jerry"));
                sendAfter(newest, tom, chats.getLast());
            }
            sendAfter(newest, tom, chats.getFirst());

            List<String> found = ids(tom.find(query -> {}));

            List<String> expected = new ArrayList<>(List.of(chats.getFirst()));
            expected.addAll(chats.subList(3, 12).reversed());
            assertThat(found).containsExactlyElementsOf(expected);
            assertThat(ids(tom.find(query -> query.setLimit(11)))).hasSize(11);
        }
    }

    /// Two conversations may have messages of the same millisecond.
    private static void sendAfter(AtomicLong newest, Device sender, String chat) throws InterruptedException {
        long before = newest.get();
        while (newest.get() <= before)
            newest.set(sender.send(chat, "hi").getAckMessage().getT());
    }

    @Test
    void a_room_is_found_by_its_attributes_by_who_never_was_there() throws Exception {
        try (Device tom = Device.login(server, "Tom");
                Device jerry = Device.login(server, "Jerry")) {
            String room = tom.start(conv -> conv.setTransient(true)
                    .setAttr(JsonObjectMessage.newBuilder().setData("{\"attr\":{\"topic\":\"奔跑吧，兄弟\"}}")));
            start(tom, "{\"attr\":{\"topic\":\"奔跑吧，兄弟\"}}", "Spike");

            JsonNode found = jerry.find("{\"attr.topic\":\"奔跑吧，兄弟\",\"tr\":true}");

            assertThat(ids(found)).containsExactly(room);
            assertThat(found.get(0).path("tr").asBoolean()).isTrue();
            assertThat(found.get(0).path("conv_type").asInt()).isEqualTo(2);
        }
    }

    @Test
    void places_are_found_nearest_first_and_inside_a_box() throws Exception {
        try (Device tom = Device.login(server, "Tom")) {
            String beijing = start(tom, place(39.9, 116.4));
            String tianjin = start(tom, place(39.1, 117.2));
            String shanghai = start(tom, place(31.2, 121.5));
            String here = "{\"__type\":\"GeoPoint\",\"latitude\":39.2,\"longitude\":117.1}";

            assertThat(ids(tom.find("{\"at\":{\"$nearSphere\":" + here + "}}")))
                    .containsExactly(tianjin, beijing, shanghai);
            assertThat(ids(tom.find("{\"at\":{\"$nearSphere\":" + here + ",\"$maxDistanceInKilometers\":200}}")))
                    .containsExactly(tianjin, beijing);
            assertThat(ids(tom.find("{\"at\":{\"$within\":{\"$box\":["
                            + "{\"__type\":\"GeoPoint\",\"latitude\":30,\"longitude\":120},"
                            + "{\"__type\":\"GeoPoint\",\"latitude\":32,\"longitude\":122}]}}}")))
                    .containsExactly(shanghai);
            assertThat(tom.refused(Device.command(
                            OpType.query,
                            query -> query.setWhere(
                                    JsonObjectMessage.newBuilder().setData("{\"at\":{\"$nearSphere\":\"here\"}}")))))
                    .isEqualTo(4310);
        }
    }

    private static String place(double latitude, double longitude) {
        return "{\"at\":{\"__type\":\"GeoPoint\",\"latitude\":" + latitude + ",\"longitude\":" + longitude + "}}";
    }
}
