package io.parley.client;

import static io.parley.client.Device.await;
import static io.parley.client.Device.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.client.AVIMConversation.MemberRole;
import io.parley.testing.ParleyServer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ModerationTest {
    @RegisterExtension
    static final ParleyServer server = ParleyServer.with()
            .set("appDefaults.roles", "true")
            .set("appDefaults.blacklist", "true")
            .create();

    private final Device phone = Device.of(server);
    private final Device laptop = Device.of(server);
    private final AVIMClient tom = phone.enters("Tom");
    private final AVIMClient jerry = laptop.enters("Jerry");
    private final AVIMConversation chat = await(tom.createConversation(List.of(jerry.getClientId(), "Mary")));
    private final AVIMConversation seen = jerry.getConversation(chat.getConversationId());
    private final List<String> onlyJerry = List.of(jerry.getClientId());

    @AfterEach
    void close() {
        phone.close();
        laptop.close();
    }

    @Test
    void roles_are_given_told_and_listed() {
        await(chat.updateMemberRole(jerry.getClientId(), MemberRole.Manager));

        assertThat(laptop.events.next("role").members()).containsExactly(jerry.getClientId(), "Manager");
        assertThat(await(chat.getMemberRoles()))
                .isEqualTo(Map.of(tom.getClientId(), MemberRole.Owner, jerry.getClientId(), MemberRole.Manager));
        assertThat(failure(chat.updateMemberRole("Mary", MemberRole.Owner)).getCode())
                .isEqualTo(AVIMException.INVALID_ARGUMENT);
    }

    @Test
    void a_silenced_member_cannot_speak_until_it_may_again() {
        assertThat(await(chat.muteMembers(onlyJerry)).getSucceeded()).isEqualTo(onlyJerry);

        assertThat(laptop.events.next("silenced").by()).isEqualTo(tom.getClientId());
        assertThat(failure(seen.sendMessage(new AVIMTextMessage("mmm"))).getCode())
                .isEqualTo(4563);
        assertThat(await(chat.queryMutedMembers())).isEqualTo(onlyJerry);
        await(chat.unmuteMembers(onlyJerry));
        laptop.events.next("unsilenced");
        await(seen.sendMessage(new AVIMTextMessage("ah")));
    }

    @Test
    void a_blocked_client_is_out_and_cannot_come_back_until_it_may_again() {
        await(chat.blockMembers(onlyJerry));

        assertThat(laptop.events.next("blocked").by()).isEqualTo(tom.getClientId());
        laptop.events.next("kicked");
        assertThat(failure(seen.join()).getCode()).isEqualTo(4548);
        assertThat(await(chat.queryBlockedMembers())).isEqualTo(onlyJerry);
        AVIMPartialResult tried = await(chat.addMembers(List.of(jerry.getClientId(), "Bob")));
        assertThat(tried.getSucceeded()).containsExactly("Bob");
        assertThat(tried.getFailures().get(jerry.getClientId())).isNotNull();
        await(chat.unblockMembers(onlyJerry));
        await(seen.join());
    }
}
