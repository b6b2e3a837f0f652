package io.parley.store.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.core.command.ClientId;
import io.parley.core.command.ConversationId;
import io.parley.core.command.ConversationKey;
import io.parley.core.command.Role;
import io.parley.core.moderation.GivenRole;
import io.parley.core.moderation.ModerationStore;
import io.parley.core.moderation.Rules;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Roles, silenced clients and blacklists.
public abstract class ModerationContract extends StorageContract {
    private ModerationStore moderation() {
        return storage.moderation();
    }

    @Test
    void a_conversation_has_no_rules_at_first_and_an_unknown_one_never() {
        assertThat(moderation().find(chat(TOM, JERRY))).isEqualTo(Rules.NONE);
        ConversationKey unknown = new ConversationKey(APP, new ConversationId("unknown"));
        assertThat(moderation().silence(unknown, List.of(TOM), true)).isEqualTo(Rules.NONE);
        assertThat(moderation().find(unknown)).isEqualTo(Rules.NONE);
    }

    @Test
    void rules_are_kept_apart_by_conversation_and_app() {
        ConversationKey chat = chat(TOM, JERRY, MARY);
        ConversationKey other = chat(TOM, JERRY, MARY);
        moderation().setRole(chat, JERRY, Role.MANAGER);
        moderation().silence(chat, List.of(MARY, TOM), true);
        Rules rules = moderation().block(chat, List.of(JERRY), true);
        assertThat(rules)
                .isEqualTo(new Rules(
                        Map.of(JERRY, given(Role.MANAGER)), Set.of(MARY, TOM), Set.of(JERRY), Map.of(), Set.of()));
        reopen();
        assertThat(moderation().find(chat)).isEqualTo(rules);
        assertThat(moderation().find(chat).silenced()).containsExactly(MARY, TOM);
        assertThat(moderation().find(other)).isEqualTo(Rules.NONE);
        assertThat(moderation().find(new ConversationKey(OTHER_APP, chat.id()))).isEqualTo(Rules.NONE);
    }

    private GivenRole given(Role role) {
        return new GivenRole(role, clock.instant(), clock.instant());
    }

    @Test
    void it_is_known_when_a_role_was_given_and_changed() {
        ConversationKey chat = chat(TOM, JERRY);
        Instant first = clock.instant();
        moderation().setRole(chat, JERRY, Role.MANAGER);
        clock.advance(Duration.ofHours(1));
        moderation().setRole(chat, JERRY, Role.MANAGER);
        assertThat(moderation().find(chat).roles()).containsEntry(JERRY, new GivenRole(Role.MANAGER, first, first));

        Instant later = clock.instant();
        moderation().setRole(chat, JERRY, Role.OWNER);
        reopen();
        assertThat(moderation().find(chat).roles()).containsEntry(JERRY, new GivenRole(Role.OWNER, first, later));
    }

    @Test
    void the_role_of_a_plain_member_is_no_entry() {
        ConversationKey chat = chat(TOM, JERRY);
        moderation().setRole(chat, JERRY, Role.MANAGER);
        assertThat(moderation().setRole(chat, JERRY, Role.MEMBER).roles()).isEmpty();
        assertThat(moderation().find(chat)).isEqualTo(Rules.NONE);
    }

    @Test
    void setting_twice_is_setting_once_and_what_is_set_can_be_lifted() {
        ConversationKey chat = chat(TOM, JERRY, MARY);
        moderation().silence(chat, List.of(JERRY, MARY), true);
        assertThat(moderation().silence(chat, List.of(MARY, JERRY, TOM), true).silenced())
                .containsExactly(JERRY, MARY, TOM);
        assertThat(moderation().silence(chat, List.of(JERRY), false).silenced()).containsExactly(MARY, TOM);
        moderation().block(chat, List.of(JERRY), true);
        assertThat(moderation().block(chat, List.of(JERRY), true).blocked()).containsExactly(JERRY);
        assertThat(moderation().block(chat, List.of(JERRY), false).blocked()).isEmpty();
    }

    @Test
    void who_is_removed_loses_the_role_but_stays_silenced_and_blocked() {
        ConversationKey chat = chat(TOM, JERRY);
        moderation().setRole(chat, JERRY, Role.MANAGER);
        moderation().silence(chat, List.of(JERRY), true);
        moderation().block(chat, List.of(JERRY), true);
        storage.conversations().removeMembers(chat, List.of(JERRY));
        assertThat(moderation().find(chat))
                .isEqualTo(new Rules(Map.of(), Set.of(JERRY), Set.of(JERRY), Map.of(), Set.of()));
    }

    @Test
    void no_change_is_lost_when_many_come_at_once() {
        ConversationKey chat = chat(TOM);
        together(50, i -> moderation().silence(chat, List.of(new ClientId("c" + i)), true));
        assertThat(moderation().find(chat).silenced()).hasSize(50);
    }
}
