package io.parley.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.parley.conformance.report.Behaviour;
import io.parley.conformance.report.Proves;
import io.parley.conformance.sdk.Conversation;
import io.parley.conformance.sdk.Feature;
import io.parley.conformance.sdk.Scene;
import io.parley.conformance.sdk.Scenes;
import io.parley.conformance.sdk.Sdk;
import io.parley.conformance.sdk.SdkClient;
import io.parley.conformance.sdk.WireClient;
import io.parley.protocol.proto.GenericCommand;
import io.parley.protocol.proto.OpType;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Temporary conversations. Source: semantics 4.5.
@ExtendWith(Scenes.class)
class TemporaryConversationTest {
    private static final Duration AN_HOUR = Duration.ofHours(1);

    @Proves(Behaviour.TEMPORARY)
    void two_clients_that_start_one_with_each_other_get_the_same(Sdk sdk, Scene scene) {
        SdkClient tom = scene.client(sdk, "tom");
        SdkClient jerry = scene.client(sdk, "jerry");

        String chat = tom.startsTemporaryConversationWith(AN_HOUR, jerry);

        assertThat(chat).startsWith("_tmp:");
        assertThat(jerry.expects("invited", chat).data().path("by").asText()).isEqualTo(tom.id());
        if (sdk.has(Feature.OWN_JOINING))
            assertThat(jerry.expects("membersJoined", chat).data().path("members"))
                    .extracting(member -> member.asText())
                    .containsExactlyInAnyOrder(tom.id(), jerry.id());
        assertThat(jerry.startsTemporaryConversationWith(AN_HOUR, tom)).isEqualTo(chat);
    }

    @Proves(Behaviour.TEMPORARY)
    void messages_arrive_and_wait_as_in_any_conversation(Sdk sdk, Scene scene) {
        SdkClient tom = scene.client(sdk, "tom");
        SdkClient jerry = scene.client(sdk, "jerry");
        String chat = tom.startsTemporaryConversationWith(AN_HOUR, jerry);
        jerry.expects("invited", chat);

        tom.sends(chat, "for an hour");
        assertThat(jerry.hears(chat).text()).isEqualTo("for an hour");
        jerry.reads(chat);
        jerry.closes();
        tom.sends(chat, "come back");
        jerry = scene.again(jerry);

        Conversation waiting = jerry.expectsUnread(chat, 1);
        assertThat(waiting.lastMessage().orElseThrow().text()).isEqualTo("come back");
        assertThat(jerry.history(chat)).hasSize(2);
    }

    @Test
    void it_is_found_by_its_id_with_its_life_time(Scene scene) {
        WireClient tom = scene.rawClient("tom");
        GenericCommand started = tom.asks(RawCommands.startTemporary(3600, tom.id(), "jerry"));
        assertThat(started.getConvMessage().getTempConvTTL()).isEqualTo(3600);
        String chat = started.getConvMessage().getCid();

        String found = tom.asks(RawCommands.queryTemporary(chat))
                .getConvMessage()
                .getResults()
                .getData();

        assertThat(found)
                .contains("\"objectId\":\"" + chat + "\"", "\"temp\":true", "\"ttl\":3600", "\"conv_type\":4")
                .contains("\"createdAt\":\"" + started.getConvMessage().getCdate() + "\"");
    }

    @Test
    void a_life_time_is_a_day_unless_given_and_thirty_days_at_most(Scene scene) {
        WireClient tom = scene.rawClient("tom");
        assertThat(lifeTime(tom, 0, "a")).isEqualTo(Duration.ofDays(1));
        assertThat(lifeTime(tom, 5_000_000, "b")).isEqualTo(Duration.ofDays(30));
    }

    private static Duration lifeTime(WireClient tom, int asked, String other) {
        return Duration.ofSeconds(tom.asks(RawCommands.startTemporary(asked, tom.id(), other))
                .getConvMessage()
                .getTempConvTTL());
    }

    @Test
    void its_members_do_not_change(Scene scene) {
        WireClient tom = scene.rawClient("tom");
        String chat = tom.asks(RawCommands.startTemporary(3600, tom.id(), "jerry"))
                .getConvMessage()
                .getCid();

        assertThat(tom.isRefused(RawCommands.add(chat, "mary"))).isEqualTo(4314);
        assertThat(tom.isRefused(RawCommands.remove(chat, "jerry"))).isEqualTo(4314);
        assertThat(tom.isRefused(RawCommands.remove(chat, tom.id()))).isEqualTo(4314);
        assertThat(RawCommands.count(tom, chat)).isEqualTo(2);
    }

    @Test
    void it_has_ten_members_at_most(Scene scene) {
        WireClient tom = scene.rawClient("tom");
        List<String> others = IntStream.range(0, 10).mapToObj(i -> "m" + i).toList();
        assertThat(tom.isRefused(RawCommands.startTemporary(60, others.toArray(new String[0]))))
                .isEqualTo(4304);
        assertThat(tom.asks(RawCommands.startTemporary(60, others.subList(0, 9).toArray(new String[0])))
                        .getOp())
                .isEqualTo(OpType.started);
    }

    /// JavaScript compares the text it has for the code, which a text of the server's would replace.
    @Test
    void after_its_end_nothing_is_sent_and_no_reason_stands_in_the_way(Scene scene) {
        WireClient tom = scene.rawClient("tom");
        String chat = tom.asks(RawCommands.startTemporary(1, tom.id(), "jerry"))
                .getConvMessage()
                .getCid();
        assertThat(tom.asks(RawCommands.send(chat, "in time")).getAckMessage().hasCode())
                .isFalse();

        GenericCommand late = await().until(
                        () -> tom.asks(RawCommands.send(chat, "too late?")),
                        answer -> answer.getAckMessage().hasCode());

        assertThat(late.getAckMessage().getCode()).isEqualTo(4323);
        assertThat(late.getAckMessage().hasReason()).isFalse();
        assertThat(tom.asks(RawCommands.startTemporary(60, tom.id(), "jerry"))
                        .getConvMessage()
                        .getCid())
                .as("the next one of the same members")
                .isNotEqualTo(chat);
    }
}
