package io.parley.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.conformance.report.Behaviour;
import io.parley.conformance.report.Proves;
import io.parley.conformance.sdk.Scene;
import io.parley.conformance.sdk.Scenes;
import io.parley.conformance.sdk.Sdk;
import io.parley.conformance.sdk.SdkClient;
import io.parley.conformance.sdk.SdkRefusal;
import io.parley.conformance.sdk.WireClient;
import io.parley.conformance.sdk.WithSettings;
import io.parley.protocol.proto.OpType;
import io.parley.protocol.proto.SessionCommand;
import io.parley.testing.TestApp;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Operations that the application's own server must allow. The SDKs' signature factories sign. Source: semantics 11.
@WithSettings({
    Settings.LOGIN_SIGNATURE,
    Settings.CONVERSATION_SIGNATURE,
    Settings.BLACKLIST_SIGNATURE,
    Settings.BLACKLIST
})
@ExtendWith(Scenes.class)
class SignatureTest {
    private static final Map<String, ?> RIGHT = signing(Map.of());

    private static Map<String, ?> signing(Map<String, ?> wish) {
        return Map.of("signing", with(wish, "key", TestApp.MASTER_KEY));
    }

    private static Map<String, Object> with(Map<String, ?> map, String key, Object value) {
        Map<String, Object> more = new HashMap<>(map);
        more.put(key, value);
        return more;
    }

    @Proves(Behaviour.SIGNATURES)
    void what_is_signed_is_allowed(Sdk sdk, Scene scene) {
        SdkClient tom = scene.client(sdk, "tom", RIGHT);
        SdkClient jerry = scene.client(sdk, "jerry", RIGHT);
        SdkClient mary = scene.client(sdk, "mary", RIGHT);

        String chat = tom.startsConversationWith(jerry);
        tom.adds(chat, mary);
        tom.removes(chat, mary);
        mary.joins(chat);
        mary.leaves(chat);
        jerry.sends(chat, "all allowed");
        assertThat(tom.hears(chat).text()).isEqualTo("all allowed");
        String room = tom.startsRoom("lobby");
        jerry.joins(room);
    }

    @Proves(Behaviour.SIGNATURES)
    void a_wrong_signature_of_a_conversation_is_refused(Sdk sdk, Scene scene) {
        SdkClient tom = scene.client(sdk, "tom", signing(Map.of("wrong", List.of("conversation"))));
        Refusals.assertRefused(4302, () -> tom.startsConversation(Map.of()));
    }

    @Proves(Behaviour.BLACKLIST_SIGNATURES)
    void blocking_is_signed_too(Sdk sdk, Scene scene) {
        SdkClient jerry = scene.client(sdk, "jerry", RIGHT);
        SdkClient tom = scene.client(sdk, "tom", RIGHT);
        String chat = tom.startsConversationWith(jerry);
        tom.blocks(chat, jerry);
        tom.unblocks(chat, jerry);

        SdkClient mary = scene.client(sdk, "mary", signing(Map.of("wrong", List.of("blacklist"))));
        String hers = mary.startsConversationWith(jerry);
        Refusals.assertRefused(4546, () -> mary.blocks(hers, jerry));
        assertThat(mary.fetches(hers).members()).contains(jerry.id());
    }

    @ParameterizedTest
    @EnumSource
    void a_wrong_or_old_or_missing_signature_lets_nobody_in(Sdk sdk, Scene scene) {
        for (Map<String, ?> options :
                List.of(signing(Map.of("wrong", List.of("login"))), signing(Map.of("expired", List.of("login"))))) {
            Refusals.assertRefused(4102, () -> scene.client(sdk, "tom", options));
        }
        WireClient unsigned = scene.rawClient("unsigned", "");
        assertThat(unsigned.isRefused(unsigned.login())).isEqualTo(4102);
    }

    @ParameterizedTest
    @EnumSource(names = {"JS3", "JS4", "JS5", "JS5_BROWSER"})
    void signers_may_leave_the_creator_out(Sdk sdk, Scene scene) {
        SdkClient jerry = scene.client(sdk, "jerry", RIGHT);
        SdkClient tom = scene.client(sdk, "tom", signing(Map.of("withoutCaller", true)));

        String chat = tom.startsConversationWith(jerry);

        assertThat(jerry.expects("invited", chat).data().path("by").asText()).isEqualTo(tom.id());
    }

    @ParameterizedTest
    @EnumSource(names = {"JS4", "JS5", "JS5_BROWSER"})
    void who_comes_back_with_its_session_token_needs_no_signature(Sdk sdk, Scene scene) {
        SdkClient tom = scene.client(sdk, "tom", RIGHT);
        tom.expects("signed");

        tom.losesItsSocket();
        tom.expects("reconnected");

        assertThat(tom.wasTold("signed")).hasSize(1);
        assertThat(tom.asksWhoIsOnline(tom.id())).containsExactly(tom.id());
    }

    @ParameterizedTest
    @EnumSource(names = {"JS3", "JS4", "JS5", "JS5_BROWSER"})
    void a_signer_that_refuses_stops_the_operation(Sdk sdk, Scene scene) {
        SdkClient jerry = scene.client(sdk, "jerry", RIGHT);
        SdkClient tom = scene.client(sdk, "tom", signing(Map.of("refused", List.of("conversation"))));

        assertThatThrownBy(() -> tom.startsConversationWith(jerry)).isInstanceOf(SdkRefusal.class);

        assertThat(jerry.finds(Map.of("members", List.of(tom.id(), jerry.id()))))
                .isEmpty();
        assertThat(tom.asksWhoIsOnline(jerry.id())).containsExactly(jerry.id());
    }

    @Test
    void a_forged_session_token_is_told_apart_from_a_missing_signature(Scene scene) {
        WireClient tom = scene.rawClient("tom", "");
        assertThat(tom.isRefused(tom.login()
                        .setOp(OpType.open)
                        .setSessionMessage(
                                SessionCommand.newBuilder().setSt("forged").setR(true))))
                .isEqualTo(4112);
    }
}
