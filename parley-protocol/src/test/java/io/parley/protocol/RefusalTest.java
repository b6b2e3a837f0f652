package io.parley.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.core.command.AppId;
import io.parley.core.command.ClientId;
import io.parley.core.command.ConversationId;
import io.parley.core.command.ErrorCode;
import io.parley.core.command.ReceiptCommand;
import io.parley.core.command.Refusal;
import io.parley.core.command.Reply;
import io.parley.protocol.Inbound.Origin;
import io.parley.protocol.proto.CommandType;
import io.parley.protocol.proto.GenericCommand;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Frames that cannot be a command, and what their senders hear.
class RefusalTest {
    private static final Wire JSON = VectorTest.wire("lc.json.3");
    private static final Wire PROTOBUF = VectorTest.wire("lc.protobuf2.3");
    private static final Wire BASE64 = VectorTest.wire("lc.proto2base64.3");
    private static final Optional<AppId> APP = Optional.of(new AppId("app"));
    private static final Optional<ClientId> TOM = Optional.of(new ClientId("tom"));
    private static final String LONG = "x".repeat(129);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // login
                "{'cmd':'session','op':'open','i':1,'peerId':''}                     | SESSION_OPEN | INVALID_LOGIN",
                "{'cmd':'session','op':'open','i':1,'peerId':'LONG'}                 | SESSION_OPEN | INVALID_LOGIN",
                "{'cmd':'session','op':'open','i':1,'peerId':['tom']}                | SESSION_OPEN | INVALID_LOGIN",
                "{'cmd':'session','op':'open','i':1,'peerId':'tom','appId':'a b'}    | SESSION_OPEN | APP_NOT_AVAILABLE",
                "{'cmd':'session','op':'open','i':1,'peerId':'tom','r':'maybe'}      | SESSION_OPEN | UNPARSEABLE_RAW_MESSAGE",
                "{'cmd':'session','op':'open','i':1,'peerId':'tom','tag':'LONGLONGLONG'} | SESSION_OPEN | INVALID_LOGIN",
                // messages
                "{'cmd':'direct','i':1,'msg':'hi'}                                   | SEND | INVALID_MESSAGING_TARGET",
                "{'cmd':'direct','i':1,'msg':'hi','cid':'LONG'}                      | SEND | INVALID_MESSAGING_TARGET",
                "{'cmd':'direct','i':1,'msg':'hi','cid':{}}                          | SEND | INVALID_MESSAGING_TARGET",
                "{'cmd':'direct','i':1,'cid':'c1'}                                   | SEND | UNPARSEABLE_RAW_MESSAGE",
                "{'cmd':'direct','i':1,'cid':'c1','msg':{'_lctype':-1}}              | SEND | UNPARSEABLE_RAW_MESSAGE",
                "{'cmd':'direct','i':1,'cid':'c1','binaryMsg':'%%%'}                 | SEND | UNPARSEABLE_RAW_MESSAGE",
                "{'cmd':'direct','i':1,'cid':'c1','msg':'hi','dt':'LONGLONGLONG'}    | SEND | FRAME_TOO_LONG",
                "{'cmd':'direct','i':1,'peerId':'LONG','cid':'c1','msg':'hi'}        | SEND | INVALID_LOGIN",
                // conversations
                "{'cmd':'conv','op':'query','i':1,'where':'{m:tom}'}                 | OTHER | CONVERSATION_QUERY_FAILED",
                "{'cmd':'conv','op':'query','i':1,'where':[1]}                       | OTHER | CONVERSATION_QUERY_FAILED",
                "{'cmd':'conv','op':'query','i':1,'limit':'many'}                    | OTHER | CONVERSATION_QUERY_FAILED",
                "{'cmd':'conv','op':'update','i':1,'cid':'c1','attr':'{conversation.attributes={name=x}}'} | OTHER | CONVERSATION_UPDATE_FAILED",
                "{'cmd':'conv','op':'update','i':1,'cid':'c1'}                       | OTHER | CONVERSATION_UPDATE_FAILED",
                "{'cmd':'conv','op':'start','i':1,'attr':'x'}                        | OTHER | CONVERSATION_UPDATE_FAILED",
                "{'cmd':'conv','op':'start','i':1,'m':['tom','']}                    | OTHER | INVALID_LOGIN",
                "{'cmd':'conv','op':'start','i':1,'m':[{}]}                          | OTHER | INVALID_LOGIN",
                "{'cmd':'conv','op':'add','i':1,'m':['tom']}                         | OTHER | CONVERSATION_NOT_FOUND",
                "{'cmd':'conv','op':'count','i':1,'cid':'LONG'}                      | OTHER | CONVERSATION_NOT_FOUND",
                "{'cmd':'conv','op':'is_member','i':1}                               | OTHER | CONVERSATION_NOT_FOUND",
                "{'cmd':'conv','op':'max-read','i':1}                                | OTHER | CONVERSATION_NOT_FOUND",
                // history and changes
                "{'cmd':'logs','i':1}                                                | OTHER | CONVERSATION_NOT_FOUND",
                "{'cmd':'logs','i':1,'cid':'c1','t':'yesterday'}                     | OTHER | CONVERSATION_LOG_FAILED",
                "{'cmd':'logs','i':1,'cid':'c1','t':'5d'}                            | OTHER | CONVERSATION_LOG_FAILED",
                "{'cmd':'logs','i':1,'cid':'c1','t':1e300}                           | OTHER | CONVERSATION_LOG_FAILED",
                "{'cmd':'logs','i':1,'cid':'c1','t':1,'mid':'LONG'}                  | OTHER | CONVERSATION_LOG_FAILED",
                "{'cmd':'patch','op':'modify','i':1,'patches':[{'cid':'c1','recall':true}]} | OTHER | MESSAGE_NOT_FOUND",
                "{'cmd':'patch','op':'modify','i':1,'patches':[{'cid':'c1','mid':'m1'}]} | OTHER | UNPARSEABLE_RAW_MESSAGE",
                "{'cmd':'patch','op':'modify','i':1,'patches':[{'mid':'m1','recall':true}]} | OTHER | CONVERSATION_NOT_FOUND",
                "{'cmd':'patch','op':'modify','i':1,'patches':[]}                    | OTHER | UNPARSEABLE_RAW_MESSAGE",
                "{'cmd':'patch','op':'modify','i':1,'patches':'none'}                | OTHER | UNPARSEABLE_RAW_MESSAGE",
                // what is not there
                "{'cmd':'conv','op':'member-info-update','i':1,'cid':'c1'}           | OTHER | INVALID_LOGIN",
                "{'cmd':'conv','op':'add_shutup','i':1,'cid':'c1'}                   | OTHER | CONVERSATION_OPERATION_UNAUTHORIZED",
                "{'cmd':'blacklist','op':'block','i':1,'srcPid':'c1'}                | OTHER | CONVERSATION_OPERATION_UNAUTHORIZED",
                "{'cmd':'conv','op':'kick','i':1,'cid':'c1'}                         | OTHER | UNPARSEABLE_RAW_MESSAGE",
                "{'cmd':'conv','op':'fly','i':1,'cid':'c1'}                          | OTHER | UNPARSEABLE_RAW_MESSAGE",
                "{'cmd':'conv','i':1,'cid':'c1'}                                     | OTHER | UNPARSEABLE_RAW_MESSAGE",
                "{'cmd':'session','op':'add','i':1}                                  | OTHER | UNPARSEABLE_RAW_MESSAGE",
                "{'cmd':'room','op':'join','i':1}                                    | OTHER | UNPARSEABLE_RAW_MESSAGE",
                "{'cmd':'presence','i':1}                                            | OTHER | UNPARSEABLE_RAW_MESSAGE",
                "{'cmd':'teleport','i':1}                                            | OTHER | UNPARSEABLE_RAW_MESSAGE",
                "{'i':1}                                                             | OTHER | UNPARSEABLE_RAW_MESSAGE",
                "{'cmd':'report','op':'upload','i':1,'type':'crash','data':'x'}      | OTHER | UNPARSEABLE_RAW_MESSAGE",
                "{'cmd':'report','op':'upload','i':1,'type':'token'}                 | OTHER | INVALID_LOGIN",
                "{'cmd':'login','i':1,'appId':'not an app'}                          | OTHER | APP_NOT_AVAILABLE",
            })
    void a_command_that_cannot_be_meant_is_refused_by_the_right_code(String frame, Origin origin, ErrorCode code)
            throws Exception {
        String json = frame.replace('\'', '"').replace("LONG", LONG);
        assertThat(JSON.read(VectorTest.bytes(json))).isInstanceOfSatisfying(Inbound.Refused.class, refused -> {
            assertThat(refused.i()).hasValue(1);
            assertThat(refused.origin()).isEqualTo(origin);
            assertThat(refused.refusal().code()).isEqualTo(code);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'cmd':'conv','op':'kick','cid':'c1'}",
                "{'cmd':'room','op':'join'}",
                "{'cmd':'presence'}",
                "{'cmd':'pubsub'}",
                "{'cmd':'teleport'}",
                "{'cmd':'patch','op':'modified','i':3,'lastPatchTime':5}",
                "{'cmd':'rcp','id':'m1','cid':'c1'}",
                "{'cmd':'data','ids':['p1']}",
                "{'cmd':'ack','cid':'c1'}",
                "{'cmd':'ack','cid':'c1','mid':['m1']}",
                "{'cmd':'ack','mid':'m1'}",
                "{'cmd':'read','i':1}",
                "{'cmd':'read','i':1,'convs':[{'timestamp':5}]}",
                "{'cmd':'read','i':1,'convs':'c1'}",
                "{'cmd':'login','appId':'not an app'}",
            })
    void what_wants_no_answer_and_means_nothing_is_ignored(String frame) throws Exception {
        assertThat(JSON.read(VectorTest.bytes(frame.replace('\'', '"')))).isInstanceOf(Inbound.Ignored.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "hello", "[]", "12", "null", "{\"cmd\":\"echo\"", "{} {}", "{\"a\":NaN}", "\uFFFD"})
    void what_is_no_json_object_ends_the_connection(String text) {
        assertThatThrownBy(() -> JSON.read(VectorTest.bytes(text))).isInstanceOf(MalformedFrameException.class);
    }

    @Test
    void json_that_is_deeper_than_anything_sensible_ends_the_connection() throws Exception {
        String deep = "{\"cmd\":\"conv\",\"op\":\"query\",\"i\":1,\"where\":%s1%s}";
        int levels = JsonText.MAX_DEPTH - 1;
        String allowed = deep.formatted("{\"a\":".repeat(levels), "}".repeat(levels));
        assertThat(JSON.read(VectorTest.bytes(allowed))).isInstanceOf(Inbound.Request.class);
        String refused = deep.formatted("[".repeat(levels + 1), "]".repeat(levels + 1));
        assertThatThrownBy(() -> JSON.read(VectorTest.bytes(refused))).isInstanceOf(MalformedFrameException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ff", "08", "0800 22ff", "0a", "b20605 2201"})
    void bytes_that_are_no_protobuf_end_the_connection(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
        assertThatThrownBy(() -> PROTOBUF.read(ByteBuffer.wrap(bytes))).isInstanceOf(MalformedFrameException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%%%%", "CA==CA==", "CA4oAw==\n", "{}", "CA4oA"})
    void text_that_is_no_base64_of_a_frame_ends_the_connection(String text) {
        assertThatThrownBy(() -> BASE64.read(VectorTest.bytes(text))).isInstanceOf(MalformedFrameException.class);
    }

    @Test
    void base64_may_lack_its_padding() throws Exception {
        assertThat(BASE64.read(VectorTest.bytes("CA4oAw=="))).isEqualTo(new Inbound.Echo(OptionalInt.of(3)));
        assertThat(BASE64.read(VectorTest.bytes("CA4oAw"))).isEqualTo(new Inbound.Echo(OptionalInt.of(3)));
    }

    /// An unknown command number is an unknown field to protobuf.
    @Test
    void unknown_numbers_of_commands_and_operations_are_refused() throws Exception {
        for (String hex : List.of("0863 2807", "0801 1063 2807", "0801 2807", "2807")) {
            byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
            assertThat(PROTOBUF.read(ByteBuffer.wrap(bytes)))
                    .as(hex)
                    .isInstanceOfSatisfying(Inbound.Refused.class, refused -> {
                        assertThat(refused.i()).hasValue(7);
                        assertThat(refused.refusal().code()).isEqualTo(ErrorCode.UNPARSEABLE_RAW_MESSAGE);
                    });
        }
        assertThat(PROTOBUF.read(ByteBuffer.wrap(new byte[0]))).isInstanceOf(Inbound.Ignored.class);
    }

    /// Fields that the schema requires may be missing: that costs the command, not the connection.
    @Test
    void a_missing_required_field_is_a_refusal() throws Exception {
        byte[] whereWithoutData = HexFormat.of().parseHex("08011007" + "2801" + "f20603" + "aa0600");
        assertThat(PROTOBUF.read(ByteBuffer.wrap(whereWithoutData))).isInstanceOf(Inbound.Request.class);
        byte[] attrWithoutData = HexFormat.of().parseHex("0801102d" + "2801" + "f20607" + "22026331" + "ba0600");
        assertThat(PROTOBUF.read(ByteBuffer.wrap(attrWithoutData)))
                .isInstanceOfSatisfying(
                        Inbound.Refused.class,
                        refused ->
                                assertThat(refused.refusal().code()).isEqualTo(ErrorCode.CONVERSATION_UPDATE_FAILED));
    }

    @Test
    void a_refused_message_is_an_ack_and_everything_else_an_error() throws Exception {
        Refusal why = Refusal.of(ErrorCode.FRAME_TOO_LONG, "too long");
        GenericCommand ack = parse(PROTOBUF.refusal(refused(Origin.SEND, OptionalInt.of(0), why), APP, TOM));
        assertThat(ack.getCmd()).isEqualTo(CommandType.ack);
        assertThat(ack.hasI()).isTrue();
        assertThat(ack.getAckMessage().getCode()).isEqualTo(4109);
        assertThat(ack.getAckMessage().getReason()).isEqualTo("FRAME_TOO_LONG");
        GenericCommand error = parse(PROTOBUF.refusal(refused(Origin.OTHER, OptionalInt.of(-3), why), APP, TOM));
        assertThat(error.getCmd()).isEqualTo(CommandType.error);
        assertThat(error.getI()).isEqualTo(-3);
        assertThat(error.getPeerId()).isEqualTo("tom");
        assertThat(error.getErrorMessage().getDetail()).isEqualTo("too long");
    }

    @Test
    void a_refusal_may_go_out_before_app_and_client_are_known() throws Exception {
        Inbound.Refused refused = refused(Origin.SESSION_OPEN, OptionalInt.of(1), Refusal.of(ErrorCode.INVALID_LOGIN));
        GenericCommand error = parse(PROTOBUF.refusal(refused, Optional.empty(), Optional.empty()));
        assertThat(error.hasPeerId()).isFalse();
        String json = new String(
                JSON.refusal(refused, Optional.empty(), Optional.empty()).orElseThrow(), StandardCharsets.UTF_8);
        assertThat(json)
                .startsWith("{\"cmd\":\"session\",\"op\":\"error\",\"i\":1,")
                .doesNotContain("appId", "peerId");
    }

    @Test
    void nothing_is_refused_that_wants_no_reply() {
        Refusal why = Refusal.of(ErrorCode.SESSION_REQUIRED);
        for (Origin origin : Origin.values())
            assertThat(PROTOBUF.refusal(refused(origin, OptionalInt.empty(), why), APP, TOM))
                    .isEmpty();
        ConversationId c1 = new ConversationId("c1");
        ReceiptCommand.Read read = new ReceiptCommand.Read(List.of(new ReceiptCommand.Read.Mark(c1, 0)));
        ReceiptCommand.Ack ack = new ReceiptCommand.Ack(c1, Optional.empty(), 0, 5);
        for (ReceiptCommand command : List.of(read, ack)) {
            Inbound.Request request = new Inbound.Request(APP, TOM, OptionalInt.of(7), command);
            assertThat(PROTOBUF.refusal(request, APP, TOM, why)).isEmpty();
            assertThat(PROTOBUF.reply(request, APP.orElseThrow(), TOM.orElseThrow(), new Reply.None()))
                    .isEmpty();
        }
    }

    @Test
    void a_long_text_of_a_client_is_not_sent_back_whole() throws Exception {
        Inbound.Refused refused = (Inbound.Refused) JSON.read(VectorTest.bytes(
                "{\"cmd\":\"session\",\"op\":\"open\",\"i\":1,\"appId\":\"" + "\uD83D\uDE00".repeat(5000) + "\"}"));
        GenericCommand error = parse(PROTOBUF.refusal(refused, APP, TOM));
        assertThat(error.getErrorMessage().getDetail()).hasSizeLessThanOrEqualTo(200);
    }

    private static Inbound.Refused refused(Origin origin, OptionalInt i, Refusal why) {
        return new Inbound.Refused(TOM, i, origin, why);
    }

    private static GenericCommand parse(Optional<byte[]> frame) throws Exception {
        return GenericCommand.parseFrom(frame.orElseThrow());
    }
}
