package io.parley.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.conformance.sdk.Scene;
import io.parley.conformance.sdk.Scenes;
import io.parley.conformance.sdk.Sdk;
import io.parley.conformance.sdk.SdkClient;
import io.parley.conformance.sdk.WireClient;
import io.parley.protocol.proto.OpType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Without roles and blacklists, which is how an app begins. Source: semantics 8.1, 8.3.
@ExtendWith(Scenes.class)
class ModerationOffTest {
    @ParameterizedTest
    @EnumSource(names = {"JS4", "JS5", "JS5_BROWSER", "JAVA6", "PARLEY"})
    void what_is_switched_off_says_so(Sdk sdk, Scene scene) {
        SdkClient tom = scene.client(sdk, "tom");
        SdkClient jerry = scene.client(sdk, "jerry");
        String chat = tom.startsConversationWith(jerry);

        Refusals.assertRefused(4325, () -> tom.givesRole(chat, jerry, "Manager"));
        Refusals.assertRefused(4325, () -> tom.silences(chat, jerry));
        Refusals.assertRefused(4544, () -> tom.blocks(chat, jerry));
    }

    @Test
    void every_member_removes_every_other_and_leaves(Scene scene) {
        WireClient tom = scene.rawClient("tom");
        WireClient jerry = scene.rawClient("jerry");
        String chat = RawCommands.start(tom, jerry.id(), "mary");

        assertThat(jerry.asks(RawCommands.remove(chat, "mary", tom.id()))
                        .getConvMessage()
                        .getAllowedPidsList())
                .containsExactly("mary", tom.id());
        assertThat(jerry.asks(RawCommands.conversation(OpType.remove, chat, List.of(jerry.id())))
                        .getOp())
                .isEqualTo(OpType.removed);
    }
}
