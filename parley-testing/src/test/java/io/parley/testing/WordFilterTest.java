package io.parley.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.parley.protocol.proto.AckCommand;
import io.parley.protocol.proto.CommandType;
import io.parley.protocol.proto.GenericCommand;
import io.parley.protocol.proto.OpType;
import io.parley.protocol.proto.PatchCommand;
import io.parley.protocol.proto.PatchItem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Words that an app does not want. Source: semantics 12.
class WordFilterTest {
    private ParleyServer server;

    @BeforeEach
    void prepare() {
        server = ParleyServer.with().set("connections.noticeDelay", "0ms").create();
    }

    private void start(String... settings) throws Exception {
        var setup = ParleyServer.with().set("connections.noticeDelay", "0ms");
        for (int i = 0; i < settings.length; i += 2) setup.set(settings[i], settings[i + 1]);
        server = setup.start();
        words("'bad'");
    }

    private void words(String list) throws IOException, InterruptedException {
        new Operator(server).done("PUT", "/x/words", "{'words':[" + list + "]}");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static String chat(Device creator, String... others) throws InterruptedException {
        return creator.conversation(OpType.start, conv -> conv.addAllM(List.of(others)))
                .getConvMessage()
                .getCid();
    }

    @Test
    void others_see_stars_and_the_sender_is_told() throws Exception {
        start();
        try (var tom = Device.login(server, "Tom");
                var jerry = Device.login(server, "Jerry")) {
            String chat = chat(tom, "Jerry", "Mary");
            tom.told();

            AckCommand ack =
                    tom.send(chat, "{\"_lctype\":-1,\"_lctext\":\"bad dog\"}").getAckMessage();

            PatchItem patch = tom.next().getPatchMessage().getPatches(0);
            assertThat(ack.hasCode()).isFalse();
            assertThat(patch.getMid()).isEqualTo(ack.getUid());
            assertThat(patch.getPatchCode()).isEqualTo(-4408);
            assertThat(patch.getPatchReason()).isEqualTo("MESSAGE_MODIFIED_BY_CENSORSHIP");
            assertThat(patch.getData()).isEqualTo("{\"_lctype\":-1,\"_lctext\":\"*** dog\"}");
            assertThat(jerry.messages()).containsExactly("{\"_lctype\":-1,\"_lctext\":\"*** dog\"}");
        }
    }

    @Test
    void an_edit_is_filtered_too() throws Exception {
        start();
        try (var tom = Device.login(server, "Tom");
                var jerry = Device.login(server, "Jerry")) {
            String chat = chat(tom, "Jerry", "Mary");
            AckCommand sent = tom.send(chat, "good").getAckMessage();
            jerry.told();

            tom.ask(GenericCommand.newBuilder()
                    .setCmd(CommandType.patch)
                    .setOp(OpType.modify)
                    .setPatchMessage(PatchCommand.newBuilder()
                            .addPatches(PatchItem.newBuilder()
                                    .setCid(chat)
                                    .setMid(sent.getUid())
                                    .setTimestamp(sent.getT())
                                    .setData("bad"))));

            assertThat(jerry.next().getPatchMessage().getPatches(0).getData()).isEqualTo("***");
        }
    }

    @Test
    void two_people_talk_as_they_like_unless_the_app_wants_otherwise() throws Exception {
        start();
        try (var tom = Device.login(server, "Tom");
                var jerry = Device.login(server, "Jerry")) {
            tom.send(chat(tom, "Jerry"), "bad");
            assertThat(jerry.messages()).containsExactly("bad");
        }
        server.close();
        start("appDefaults.filter.oneToOne", "true");
        try (var tom = Device.login(server, "Tom");
                var jerry = Device.login(server, "Jerry")) {
            tom.send(chat(tom, "Jerry"), "bad");
            assertThat(jerry.messages()).containsExactly("***");
        }
    }

    @Test
    void a_message_can_be_refused_instead() throws Exception {
        start("appDefaults.filter.action", "refuse");
        try (var tom = Device.login(server, "Tom");
                var jerry = Device.login(server, "Jerry")) {
            String chat = chat(tom, "Jerry", "Mary");

            assertThat(tom.send(chat, "bad").getAckMessage().getCode()).isEqualTo(4402);
            assertThat(tom.send(chat, "good").getAckMessage().hasCode()).isFalse();
            assertThat(jerry.messages()).containsExactly("good");
        }
    }

    @Test
    void a_new_list_counts_at_once_and_survives_a_restart() throws Exception {
        start();
        words("'ugly','so ugly'");
        server.restart();
        try (var tom = Device.login(server, "Tom");
                var jerry = Device.login(server, "Jerry")) {
            tom.send(chat(tom, "Jerry", "Mary"), "bad and so ugly");

            assertThat(jerry.messages()).containsExactly("bad and ***");
        }
        assertThat(new Operator(server).done("GET", "/x/words", "").toString())
                .isEqualTo("{\"words\":[\"ugly\",\"so ugly\"]}");
    }

    @Test
    void a_file_that_changes_is_read_again(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("words.txt");
        Files.writeString(file, "eins\n\n  zwei \n");
        start("appDefaults.filter.file", file.toString());
        try (var tom = Device.login(server, "Tom");
                var jerry = Device.login(server, "Jerry")) {
            String chat = chat(tom, "Jerry", "Mary");
            tom.send(chat, "eins zwei drei bad");
            assertThat(jerry.messages()).containsExactly("*** *** drei ***");

            Files.writeString(file, "drei\n");
            Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(60)));
            await().atMost(Duration.ofSeconds(30)).until(() -> {
                tom.send(chat, "drei");
                return jerry.messages().contains("***");
            });
            tom.send(chat, "eins bad");
            assertThat(jerry.messages()).contains("eins ***");
        }
    }

    @Test
    void a_list_that_makes_no_sense_is_refused() throws Exception {
        start();
        Operator operator = new Operator(server);
        assertThat(operator.call("PUT", "/x/words", "{'words':['']}").status()).isEqualTo(400);
        assertThat(operator.call("PUT", "/x/words", "{'words':[1]}").status()).isEqualTo(400);
        assertThat(operator.call("PUT", "/x/words", "{}").status()).isEqualTo(400);
        assertThat(new Operator(server, TestApp.KEY).call("GET", "/x/words", "").status())
                .isEqualTo(403);
        assertThat(operator.done("GET", "/x/words", "").path("words")).hasSize(1);
    }
}
