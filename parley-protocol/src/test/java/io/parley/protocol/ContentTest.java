package io.parley.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.parley.core.command.AppId;
import io.parley.core.command.ClientId;
import io.parley.core.command.Content;
import io.parley.core.command.ConversationId;
import io.parley.core.command.Event;
import io.parley.core.command.Kind;
import io.parley.core.command.Mentions;
import io.parley.core.command.MessageCommand.Send;
import io.parley.core.command.MessageId;
import io.parley.core.session.Outgoing;
import io.parley.protocol.proto.CommandType;
import io.parley.protocol.proto.DirectCommand;
import io.parley.protocol.proto.GenericCommand;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a message says is passed on unchanged from every format to every format. Source: protocol 6.1.
class ContentTest {
    private static final ClientId PEER = new ClientId("jerry");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{\"_lctype\":-1,\"_lctext\":\"hi\"}",
                "{ \"_lctype\" : -5, \"_lcloc\":{\"latitude\":90.0,\"longitude\":1e2} }",
                "{not json}",
                "line 1\r\n\tline 2 \u0000\u0001\u2028 \"quoted\\\" </script>",
                "中文 \uD83D\uDE00 \u00e9",
            })
    void a_text_is_the_same_on_the_other_side(String text) throws Exception {
        DirectCommand direct =
                DirectCommand.newBuilder().setCid("c1").setMsg(text).build();
        GenericCommand frame = GenericCommand.newBuilder()
                .setCmd(CommandType.direct)
                .setI(1)
                .setDirectMessage(direct)
                .build();
        for (WireFormat from : List.of(new ProtobufFormat(), new Base64Format(), new JsonFormat())) {
            Inbound.Request request = (Inbound.Request) Requests.read(from.decode(ByteBuffer.wrap(from.encode(frame))));
            Content content = ((Send) request.command()).content();
            for (String to : List.of("lc.protobuf2.3", "lc.proto2base64.3", "lc.json.3"))
                assertThat(received(VectorTest.wire(to), content))
                        .as("%s to %s", from.getClass().getSimpleName(), to)
                        .isEqualTo(text);
        }
    }

    private static String received(Wire wire, Content content) throws Exception {
        Event message = new Event.MessageArrived(
                new ConversationId("c1"),
                Kind.NORMAL,
                new MessageId("m1"),
                5,
                new ClientId("tom"),
                content,
                Mentions.NONE,
                false,
                0,
                false,
                false);
        SharedFrame shared = wire.share(new Outgoing(new AppId("app"), message));
        byte[] frame = SharedFrameTest.concat(shared.body(), shared.tail(PEER));
        if (wire.json())
            return new ObjectMapper()
                    .readTree(new String(frame, StandardCharsets.UTF_8))
                    .get("msg")
                    .textValue();
        WireFormat format = wire.text() ? new Base64Format() : new ProtobufFormat();
        return format.decode(ByteBuffer.wrap(frame))
                .command()
                .getDirectMessage()
                .getMsg();
    }
}
