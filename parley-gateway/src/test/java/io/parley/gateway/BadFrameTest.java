package io.parley.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.protocol.proto.CommandType;
import io.parley.protocol.proto.GenericCommand;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BadFrameTest {
    private static final int FINAL = 0x80;
    private static final int CONTINUATION = 0;

    private final TestGateway server = new TestGateway();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void a_frame_that_is_too_long_is_closed_with_4109() throws Exception {
        try (ProtobufClient client = server.protobuf()) {
            client.send(ServerFrame.BINARY, new byte[TestGateway.RELAXED.maxFrameBytes() + 1]);
            assertThat(client.next().closeCode()).isEqualTo(4109);
        }
    }

    @Test
    void a_message_that_is_too_long_only_as_a_whole_is_closed_with_4109() throws Exception {
        try (ProtobufClient client = server.protobuf()) {
            byte[] part = new byte[TestGateway.RELAXED.maxFrameBytes() / 2 + 1];
            client.send(ServerFrame.BINARY, true, part);
            client.send(FINAL | CONTINUATION, true, part);
            assertThat(client.next().closeCode()).isEqualTo(4109);
        }
    }

    @Test
    void garbage_is_closed_with_4114() throws Exception {
        try (ProtobufClient client = server.protobuf()) {
            client.send(ServerFrame.BINARY, new byte[] {-1, -1, -1, -1});
            assertThat(client.next().closeCode()).isEqualTo(4114);
        }
        try (JsonClient client = server.json()) {
            client.says("{'cmd':");
            assertThat(client.next().closeCode()).isEqualTo(4114);
        }
    }

    @Test
    void text_on_a_binary_protocol_is_closed_with_4114() throws Exception {
        try (ProtobufClient client = server.protobuf()) {
            client.send(ServerFrame.TEXT, "{}".getBytes(StandardCharsets.UTF_8));
            assertThat(client.next().closeCode()).isEqualTo(4114);
        }
    }

    @Test
    void binary_on_a_text_protocol_is_closed_with_4114() throws Exception {
        try (JsonClient client = server.json()) {
            client.send(ServerFrame.BINARY, "{}".getBytes(StandardCharsets.UTF_8));
            assertThat(client.next().closeCode()).isEqualTo(4114);
        }
    }

    @Test
    void a_frame_without_mask_is_closed_with_4114() throws Exception {
        try (JsonClient client = server.json()) {
            client.send(FINAL | ServerFrame.TEXT, false, "{}".getBytes(StandardCharsets.UTF_8));
            assertThat(client.next().closeCode()).isEqualTo(4114);
        }
    }

    @Test
    void a_compressed_frame_is_closed_with_4114() throws Exception {
        try (JsonClient client = server.json()) {
            client.send(FINAL | 0x40 | ServerFrame.TEXT, true, "{}".getBytes(StandardCharsets.UTF_8));
            assertThat(client.next().closeCode()).isEqualTo(4114);
        }
    }

    @Test
    void a_message_in_fragments_is_put_together() throws Exception {
        try (ProtobufClient client = server.protobuf()) {
            byte[] echo = GenericCommand.newBuilder()
                    .setCmd(CommandType.echo)
                    .setI(300)
                    .build()
                    .toByteArray();
            client.send(ServerFrame.BINARY, true, new byte[] {echo[0]});
            client.send(ServerFrame.PING, new byte[0]);
            client.send(CONTINUATION, true, new byte[] {echo[1]});
            client.send(FINAL | CONTINUATION, true, Arrays.copyOfRange(echo, 2, echo.length));
            assertThat(client.next().opcode()).isEqualTo(ServerFrame.PONG);
            assertThat(client.hears().getI()).isEqualTo(300);
        }
    }

    @Test
    void a_close_frame_is_answered_at_once_with_its_code() throws Exception {
        try (JsonClient client = server.json().loggedIn("tom")) {
            client.send(ServerFrame.CLOSE, ServerFrame.closing(3000, "ping timeout"));
            assertThat(client.next().closeCode()).isEqualTo(3000);
            assertThat(client.isAtEnd()).isTrue();
        }
    }

    @Test
    void a_close_frame_without_code_is_answered_without() throws Exception {
        try (JsonClient client = server.json()) {
            client.send(ServerFrame.CLOSE, new byte[0]);
            assertThat(client.next().closeCode()).isEqualTo(1005);
            assertThat(client.isAtEnd()).isTrue();
        }
    }

    @Test
    void after_its_own_close_the_server_waits_for_the_answer_and_hears_nothing_else() throws Exception {
        try (JsonClient client = server.json().loggedIn("tom")) {
            client.says("nonsense");
            assertThat(client.next().closeCode()).isEqualTo(4114);
            client.says("{}");
            client.send(ServerFrame.CLOSE, ServerFrame.closing(4114, ""));
            assertThat(client.isAtEnd()).isTrue();
        }
    }

    @Test
    void noise_from_many_sockets_does_not_disturb_anybody_else() throws Exception {
        try (JsonClient bystander = server.json().loggedIn("tom")) {
            Random random = new Random(42);
            for (int i = 0; i < 200; i++) {
                try (RawSocket noisy = server.raw()) {
                    noisy.request("GET / HTTP/1.1", RawSocket.handshake());
                    byte[] noise = new byte[1 + random.nextInt(400)];
                    random.nextBytes(noise);
                    noisy.sendRaw(noise);
                }
            }
            bystander.asks(9);
            assertThat(bystander.hears().path("i").asInt()).isEqualTo(9);
        }
    }
}
