package io.parley.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.core.command.AppId;
import io.parley.core.command.ClientId;
import io.parley.core.command.Content;
import io.parley.core.command.ConversationId;
import io.parley.core.command.Event;
import io.parley.core.command.Kind;
import io.parley.core.command.Mentions;
import io.parley.core.command.MessageId;
import io.parley.core.session.Outgoing;
import io.parley.protocol.proto.GenericCommand;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SharedFrameTest {
    private static final AppId APP = new AppId("app");

    /// One byte, escapes of JSON, several bytes per letter, and a length that takes two bytes in protobuf.
    private static final List<ClientId> PEERS = List.of(
            new ClientId("t"),
            new ClientId("tom"),
            new ClientId("\"quoted\\\"\n\u0001"),
            new ClientId("小明"),
            new ClientId("\uD83D\uDE00".repeat(ClientId.MAX_LENGTH)));

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void body_and_tail_are_the_frame_of_one_recipient_whatever_the_length_of_the_body(int number) throws Exception {
        WireFormat format = List.of(new ProtobufFormat(), new Base64Format(), new JsonFormat())
                .get(number);
        Set<Integer> remainders = new TreeSet<>();
        for (int length = 0; length < 9; length++) {
            GenericCommand frame =
                    EventMapping.frame(message("x".repeat(length))).build();
            SharedFrame shared = format.share(frame);
            remainders.add(frame.getSerializedSize() % 3);
            for (ClientId peer : PEERS) {
                byte[] bytes = concat(shared.body(), shared.tail(peer));
                assertThat(format.decode(ByteBuffer.wrap(bytes)).command())
                        .isEqualTo(frame.toBuilder().setPeerId(peer.value()).build());
            }
        }
        assertThat(remainders).containsExactly(0, 1, 2);
    }

    @Test
    void the_bytes_of_an_event_are_made_once_per_format() {
        Wire wire = Wire.negotiate(List.of("lc.protobuf2.3"), java.util.Optional.empty())
                .orElseThrow();
        Outgoing event = new Outgoing(APP, message("hi"));
        SharedFrame first = event.encoded(wire.format(), wire::share);
        SharedFrame second = event.encoded(wire.format(), wire::share);
        assertThat(second).isSameAs(first);
    }

    private static Event.MessageArrived message(String text) {
        return new Event.MessageArrived(
                new ConversationId("c1"),
                Kind.NORMAL,
                new MessageId("m1"),
                1_700_000_001_000L,
                new ClientId("jerry"),
                new Content.Text(text),
                Mentions.NONE,
                false,
                0,
                false,
                false);
    }

    static byte[] concat(byte[] body, byte[] tail) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(body);
        bytes.writeBytes(tail);
        return bytes.toByteArray();
    }
}
