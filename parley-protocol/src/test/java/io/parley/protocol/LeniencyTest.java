package io.parley.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.parley.core.command.ClientId;
import io.parley.core.command.Command;
import io.parley.core.command.Content;
import io.parley.core.command.ConversationCommand;
import io.parley.core.command.Kind;
import io.parley.core.command.MemberCommand;
import io.parley.core.command.Mentions;
import io.parley.core.command.MessageCommand.History;
import io.parley.core.command.MessageCommand.Modify;
import io.parley.core.command.MessageCommand.Send;
import io.parley.core.command.SessionCommand;
import io.parley.protocol.proto.CommandType;
import io.parley.protocol.proto.DirectCommand;
import io.parley.protocol.proto.GenericCommand;
import io.parley.protocol.proto.OpType;
import io.parley.protocol.proto.PatchCommand;
import io.parley.protocol.proto.PatchItem;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What real clients do that no schema allows, and what it means nevertheless.
class LeniencyTest {
    private static final Wire JSON = VectorTest.wire("lc.json.3");
    private static final Wire PROTOBUF = VectorTest.wire("lc.protobuf2.3");

    /// Source: legacy-json 5.
    @ParameterizedTest
    @ValueSource(strings = {"{}", " { } ", "{\"unheardOf\":1}"})
    void an_empty_object_is_a_heartbeat(String text) throws Exception {
        assertThat(JSON.read(VectorTest.bytes(text))).isEqualTo(new Inbound.Heartbeat());
        assertThat(JSON.heartbeat()).asString().isEqualTo("{}");
    }

    /// Source: legacy-json 4.1.
    @ParameterizedTest
    @CsvSource({"1,true", "0,false", "true,true", "false,false", "'\"1\"',true", "'\"false\"',false", "null,false"})
    void truth_may_be_a_number_or_a_text(String written, boolean meant) throws Exception {
        Send send = (Send) command("{'cmd':'direct','i':1,'cid':'c1','msg':'hi','r':%s}".formatted(written));
        assertThat(send.receipt()).isEqualTo(meant);
    }

    /// Source: legacy-json 4.1, 14 Q14.
    @Test
    void one_member_may_stand_without_a_list_and_none_may_stand_at_all() throws Exception {
        assertThat(((MemberCommand.Add) command("{'cmd':'conv','op':'add','i':1,'cid':'c1','m':'mary'}")).members())
                .containsExactly(new ClientId("mary"));
        assertThat(((MemberCommand.Add) command("{'cmd':'conv','op':'add','i':1,'cid':'c1'}")).members())
                .isEmpty();
        assertThat(((MemberCommand.Remove) command("{'cmd':'conv','op':'remove','i':1,'cid':'c1','m':null}")).members())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1453014943466", "'1453014943466'", "1453014943466.0", "'1.453014943466e12'"})
    void a_time_may_be_written_as_text(String time) throws Exception {
        History history = (History) command("{'cmd':'logs','i':1,'cid':'c1','t':%s}".formatted(time));
        assertThat(history.start().orElseThrow().timestamp()).isEqualTo(1_453_014_943_466L);
    }

    /// The signed text is compared digit by digit. Source: legacy-json 4.1, 13.
    @ParameterizedTest
    @CsvSource({
        "1453014943466,1453014943466",
        "'\"1453014943\"',1453014943",
        "'\"0145\"',0145",
        "1453014943.466,1453014943.466",
        "'\"1453014943.40\"',1453014943.40"
    })
    void a_signatures_time_is_kept_as_it_was_written(String written, String kept) throws Exception {
        SessionCommand.Open open = (SessionCommand.Open)
                command("{'cmd':'session','op':'open','i':1,'peerId':'tom','n':'n','t':%s,'s':'s'}".formatted(written));
        assertThat(open.signature().orElseThrow().timestamp()).isEqualTo(kept);
        ConversationCommand.Start start = (ConversationCommand.Start)
                command("{'cmd':'conv','op':'start','i':1,'n':'n','t':%s,'s':'s'}".formatted(written));
        assertThat(start.signature().orElseThrow().timestamp()).isEqualTo(kept);
    }

    /// Source: legacy-json 4.1; protocol 10.1, 28.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"'l':5,'limit':7|5", "'limit':7|7", "'limit':'7'|7", "'l':0|0", "'i':1|20", "'limit':5000|1000"})
    void the_page_size_of_history_has_two_names(String field, int limit) throws Exception {
        assertThat(((History) command("{'cmd':'logs','cid':'c1',%s}".formatted(field))).limit())
                .isEqualTo(limit);
    }

    /// Source: legacy-json 14 Q8.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'m':{'$all':{'$all':['a','b']}}}|{'m':{'$all':['a','b']}}",
                "{'m':{'$all':{'$all':{'$all':['a']}}}}|{'m':{'$all':['a']}}",
                "{'m':{'$all':{'$in':['a']}}}|{'m':{'$in':['a']}}",
                "{'$or':[{'m':{'$all':{'$all':['a']},'$size':1}}]}|{'$or':[{'m':{'$size':1,'$all':['a']}}]}",
                "{'m':{'$all':['a']},'name':'x'}|{'m':{'$all':['a']},'name':'x'}",
            })
    void conditions_that_were_wrapped_again_are_unwrapped(String sent, String meant) throws Exception {
        ConversationCommand.Query query =
                (ConversationCommand.Query) command("{'cmd':'conv','op':'query','i':1,'where':%s}".formatted(sent));
        assertThat(query.where())
                .contains(JsonText.object(meant.replace('\'', '"')).orElseThrow());
    }

    @Test
    void embedded_json_may_be_a_value_or_a_text_of_it() throws Exception {
        Command value = command("{'cmd':'conv','op':'update','i':1,'cid':'c1','attr':{'n':1.50}}");
        Command text = command("{'cmd':'conv','op':'update','i':1,'cid':'c1','attr':'{\\'n\\':1.50}'}");
        assertThat(value).isEqualTo(text);
    }

    /// Source: legacy-json 17, A9.
    @Test
    void escaped_letters_are_the_letters_and_half_letters_are_replaced() throws Exception {
        Send send = (Send) command("{'cmd':'direct','i':1,'cid':'c1','msg':'\\u4e2d\\u6587 \\ud83d\\ude00 \\ud83d!'}");
        assertThat(send.content()).isEqualTo(new Content.Text("中文 \uD83D\uDE00 \uFFFD!"));
        ConversationCommand.Update update = (ConversationCommand.Update)
                command("{'cmd':'conv','op':'update','i':1,'cid':'c1','attr':{'name':'\\ude00'}}");
        assertThat(update.changes().get("name").textValue()).isEqualTo("\uFFFD");
    }

    /// Source: legacy-json 18.
    @Test
    void a_misspelt_field_of_another_json_client_is_understood() throws Exception {
        Modify modify = (Modify) command("{'cmd':'patch','op':'modify','i':1,'patches':"
                + "[{'cid':'c1','mid':'m1','data':'x','meintonPids':['jerry']}]}");
        assertThat(modify.mentions()).contains(new Mentions(false, List.of(new ClientId("jerry"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"max-read", "max_read"})
    void operations_may_be_spelt_with_either_line(String op) throws Exception {
        assertThat(command("{'cmd':'conv','op':'%s','i':1,'cid':'c1'}".formatted(op)))
                .isInstanceOf(io.parley.core.command.ReceiptCommand.MaxRead.class);
    }

    @Test
    void a_number_may_be_any_32_bit_number() throws Exception {
        for (int i : new int[] {Integer.MIN_VALUE, -1, 0, 2016, Integer.MAX_VALUE}) {
            Inbound.Request request =
                    (Inbound.Request) JSON.read(VectorTest.bytes("{\"cmd\":\"logs\",\"cid\":\"c\",\"i\":" + i + "}"));
            assertThat(request.i()).isEqualTo(OptionalInt.of(i));
        }
    }

    /// Source: protocol 10.1, 41.
    @Test
    void chat_rooms_and_temporary_conversations_are_never_unique() throws Exception {
        ConversationCommand.Start room = (ConversationCommand.Start)
                command("{'cmd':'conv','op':'start','i':1,'transient':true,'tempConv':true,'unique':true}");
        assertThat(room.kind()).isEqualTo(Kind.CHAT_ROOM);
        assertThat(room.unique()).isFalse();
        ConversationCommand.Start temporary = (ConversationCommand.Start)
                command("{'cmd':'conv','op':'start','i':1,'tempConv':true,'tempConvTTL':-5,'unique':true}");
        assertThat(temporary.kind()).isEqualTo(Kind.TEMPORARY);
        assertThat(temporary.unique()).isFalse();
        assertThat(temporary.ttl()).isZero();
    }

    /// Source: semantics 6.7.
    @Test
    void who_cannot_exist_is_not_mentioned_and_not_online() throws Exception {
        String nobody = "x".repeat(65);
        Send send = (Send) command(
                "{'cmd':'direct','i':1,'cid':'c1','msg':'hi','mentionPids':['','jerry','%s']}".formatted(nobody));
        assertThat(send.mentions().clients()).containsExactly(new ClientId("jerry"));
        SessionCommand.Online online = (SessionCommand.Online)
                command("{'cmd':'session','op':'query','i':1,'sessionPeerIds':['%s','jerry','']}".formatted(nobody));
        assertThat(online.clients()).containsExactly(new ClientId("jerry"));
    }

    /// Source: protocol 10.1, 48.
    @Test
    void raw_bytes_in_the_text_field_of_an_edit_are_a_binary_message() throws Exception {
        byte[] raw = {(byte) 0xff, 0, (byte) 0xc3};
        GenericCommand frame = GenericCommand.newBuilder()
                .setCmd(CommandType.patch)
                .setOp(OpType.modify)
                .setI(1)
                .setPatchMessage(PatchCommand.newBuilder()
                        .addPatches(PatchItem.newBuilder()
                                .setCid("c1")
                                .setMid("m1")
                                .setDataBytes(ByteString.copyFrom(raw))))
                .build();
        Modify modify = (Modify) command(frame);
        assertThat(modify.content()).contains(new Content.Binary(raw));
    }

    @Test
    void an_illformed_text_is_read_leniently() throws Exception {
        GenericCommand frame = direct(DirectCommand.newBuilder()
                .setCid("c1")
                .setMsgBytes(ByteString.copyFrom(new byte[] {'h', 'i', (byte) 0xff})));
        assertThat(((Send) command(frame)).content()).isEqualTo(new Content.Text("hi\uFFFD"));
    }

    /// Source: protocol 10.1, 4.
    @Test
    void an_empty_byte_field_beside_a_text_means_nothing() throws Exception {
        GenericCommand both =
                direct(DirectCommand.newBuilder().setCid("c1").setMsg("hi").setBinaryMsg(ByteString.EMPTY));
        assertThat(((Send) command(both)).content()).isEqualTo(new Content.Text("hi"));
        GenericCommand empty = direct(DirectCommand.newBuilder().setCid("c1").setMsg(""));
        assertThat(((Send) command(empty)).content()).isEqualTo(new Content.Text(""));
        GenericCommand nothing = direct(DirectCommand.newBuilder().setCid("c1").setBinaryMsg(ByteString.EMPTY));
        assertThat(((Send) command(nothing)).content()).isEqualTo(new Content.Text(""));
    }

    /// Only a login may ask for a new id by naming none.
    @Test
    void an_empty_client_id_is_none_once_a_client_is_logged_in() throws Exception {
        Inbound.Request request = (Inbound.Request)
                JSON.read(VectorTest.bytes("{\"cmd\":\"logs\",\"i\":1,\"cid\":\"c1\",\"peerId\":\"\"}"));
        assertThat(request.peer()).isEmpty();
    }

    private static GenericCommand direct(DirectCommand.Builder direct) {
        return GenericCommand.newBuilder()
                .setCmd(CommandType.direct)
                .setI(1)
                .setDirectMessage(direct)
                .build();
    }

    private static Command command(GenericCommand frame) throws Exception {
        return ((Inbound.Request) PROTOBUF.read(ByteBuffer.wrap(frame.toByteArray()))).command();
    }

    private static Command command(String frame) throws Exception {
        return ((Inbound.Request) JSON.read(VectorTest.bytes(frame.replace('\'', '"')))).command();
    }
}
