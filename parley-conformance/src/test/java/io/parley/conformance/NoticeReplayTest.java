package io.parley.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.conformance.sdk.Scene;
import io.parley.conformance.sdk.Scenes;
import io.parley.conformance.sdk.Sdk;
import io.parley.conformance.sdk.SdkClient;
import io.parley.conformance.sdk.WireClient;
import io.parley.conformance.sdk.WithSettings;
import io.parley.protocol.proto.OpType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What a client missed while it was away. Source: semantics 14, protocol 8.5.
@WithSettings({Settings.ROLES, Settings.BLACKLIST})
@ExtendWith(Scenes.class)
class NoticeReplayTest {
    @Test
    void an_invitation_and_a_temporary_conversation_made_meanwhile_are_told_on_return(Scene scene) {
        SdkClient tom = scene.client(Sdk.JS5, "tom");
        SdkClient jerry = scene.client(Sdk.JS5, "jerry");
        jerry.goesOffline();
        String chat = tom.startsConversationWith(jerry);
        String temporary = tom.startsTemporaryConversationWith(Duration.ofHours(1), jerry);
        tom.changes(chat, Map.of("name", "renamed"));

        jerry.comesBack();

        assertThat(jerry.expects("invited", chat).data().path("by").asText()).isEqualTo(tom.id());
        assertThat(jerry.expects("invited", temporary).data().path("by").asText())
                .isEqualTo(tom.id());
        assertThat(jerry.expects("updated", chat)
                        .data()
                        .path("attributes")
                        .path("name")
                        .asText())
                .isEqualTo("renamed");
    }

    @Test
    void roles_silence_and_blocking_are_replayed_in_both_layouts(Scene scene) {
        WireClient tom = scene.rawClient("tom");
        WireClient jerry = scene.rawClient("jerry");
        String token = jerry.token();
        String chat = RawCommands.start(tom, jerry.id());
        tom.asks(RawCommands.setRole(chat, jerry.id(), "Manager"));
        tom.asks(RawCommands.conversation(OpType.add_shutup, chat, List.of(jerry.id())));
        tom.asks(RawCommands.conversation(OpType.remove_shutup, chat, List.of(jerry.id())));
        tom.asks(RawCommands.blacklist(OpType.block, chat, jerry.id()));
        tom.asks(RawCommands.blacklist(OpType.unblock, chat, jerry.id()));

        String path = "/1.1/rtm/notifications?start_ts=0&client_id=" + jerry.id();
        JsonNode flat = scene.gets(path + "&notification_type=permanent", token).path("notifications");
        JsonNode nested = scene.gets(path, token).path("permanent").path("notifications");

        List<String> operations = List.of(
                "joined",
                "members_joined",
                "member_info_changed",
                "shutuped",
                "members_shutuped",
                "unshutuped",
                "members_unshutuped",
                "blocked",
                "left",
                "unblocked");
        assertThat(flat)
                .extracting(notice -> notice.path("op").asText())
                .containsExactlyInAnyOrderElementsOf(operations);
        assertThat(nested)
                .extracting(notice -> notice.path("op").asText())
                .containsExactlyInAnyOrderElementsOf(
                        operations.stream().map(op -> op.replace('_', '-')).toList());
        assertThat(List.of(flat, nested))
                .allSatisfy(notices -> assertThat(notices).allSatisfy(notice -> {
                    assertThat(notice.path("cid").asText()).isEqualTo(chat);
                    assertThat(notice.path("initBy").asText()).isEqualTo(tom.id());
                    assertThat(notice.path("serverTs").isIntegralNumber()).isTrue();
                    if (notice.path("op").asText().startsWith("member_info")
                            || notice.path("op").asText().startsWith("member-info")) {
                        assertThat(notice.path("info").path("pid").asText()).isEqualTo(jerry.id());
                        assertThat(notice.path("info").path("role").asText()).isEqualTo("Manager");
                    }
                }));
    }
}
