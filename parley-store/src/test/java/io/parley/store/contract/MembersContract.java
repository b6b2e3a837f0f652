package io.parley.store.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.core.command.ClientId;
import io.parley.core.command.ConversationId;
import io.parley.core.command.ConversationKey;
import io.parley.core.conversation.Conversation;
import io.parley.core.conversation.ConversationStore.MembersChange;
import io.parley.core.receipt.CursorStore.Marks;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Who is in a conversation.
public abstract class MembersContract extends StorageContract {
    private Conversation find(ConversationKey key) {
        return storage.conversations().find(key).orElseThrow();
    }

    private MembersChange add(ConversationKey chat, int limit, ClientId... clients) {
        return storage.conversations().addMembers(chat, List.of(clients), limit).orElseThrow();
    }

    private MembersChange remove(ConversationKey chat, ClientId... clients) {
        return storage.conversations().removeMembers(chat, List.of(clients)).orElseThrow();
    }

    @Test
    void added_members_come_last_in_the_order_given() {
        ConversationKey chat = chat(TOM);
        MembersChange change = add(chat, 500, MARY, TOM, JERRY, MARY);
        assertThat(change.changed()).containsExactly(MARY, JERRY);
        assertThat(change.full()).isFalse();
        assertThat(change.conversation().members()).containsExactly(TOM, MARY, JERRY);
        assertThat(find(chat)).isEqualTo(change.conversation());
        reopen();
        assertThat(find(chat)).isEqualTo(change.conversation());
        assertThat(find(chat).members()).containsExactly(TOM, MARY, JERRY);
    }

    @Test
    void adding_those_who_are_in_changes_nothing() {
        ConversationKey chat = chat(TOM, JERRY);
        Conversation before = find(chat);
        assertThat(add(chat, 2, JERRY, TOM)).isEqualTo(new MembersChange(List.of(), before, false));
        assertThat(find(chat)).isEqualTo(before);
    }

    @Test
    void nobody_is_added_when_not_all_have_room() {
        ConversationKey chat = chat(TOM);
        Conversation before = find(chat);
        assertThat(add(chat, 2, JERRY, MARY)).isEqualTo(new MembersChange(List.of(), before, true));
        assertThat(find(chat)).isEqualTo(before);
        assertThat(add(chat, 2, JERRY).changed()).containsExactly(JERRY);
    }

    @Test
    void the_limit_holds_when_many_join_at_once() {
        ConversationKey chat = chat(TOM);
        List<MembersChange> changes = together(40, i -> add(chat, 11, new ClientId("c" + i)));
        assertThat(changes).filteredOn(change -> !change.full()).hasSize(10);
        assertThat(find(chat).members()).hasSize(11);
    }

    @Test
    void removed_members_are_gone_with_their_mute_flags() {
        ConversationKey chat = chat(TOM, JERRY, MARY);
        storage.conversations().mute(chat, JERRY, true);
        MembersChange change = remove(chat, JERRY, new ClientId("stranger"));
        assertThat(change.changed()).containsExactly(JERRY);
        assertThat(change.conversation().members()).containsExactly(TOM, MARY);
        assertThat(change.conversation().muted()).isEmpty();
        assertThat(find(chat)).isEqualTo(change.conversation());
        assertThat(add(chat, 500, JERRY).conversation().muted()).isEmpty();
    }

    @Test
    void removing_strangers_changes_nothing_and_the_last_member_leaves_an_empty_conversation() {
        ConversationKey chat = chat(TOM);
        Conversation before = find(chat);
        assertThat(remove(chat, JERRY)).isEqualTo(new MembersChange(List.of(), before, false));
        assertThat(remove(chat, TOM).conversation().members()).isEmpty();
        assertThat(find(chat).members()).isEmpty();
    }

    @Test
    void an_unknown_conversation_has_no_members_to_change() {
        ConversationKey unknown = new ConversationKey(APP, new ConversationId("unknown"));
        assertThat(storage.conversations().addMembers(unknown, List.of(TOM), 500))
                .isEmpty();
        assertThat(storage.conversations().removeMembers(unknown, List.of(TOM))).isEmpty();
        assertThat(storage.conversations().mute(unknown, TOM, true)).isEmpty();
    }

    @Test
    void marks_of_new_members_start_at_the_newest_message() {
        ConversationKey chat = chat(TOM);
        long old = send(chat, TOM, "old").timestamp();
        add(chat, 500, JERRY);
        assertThat(storage.cursors().marks(chat)).isEqualTo(Map.of(TOM, new Marks(0, 0), JERRY, new Marks(old, old)));
        assertThat(storage.cursors().unread(key(JERRY), 0, 10, 10)).isEmpty();
        send(chat, TOM, "new");
        reopen();
        assertThat(storage.cursors().marks(chat)).isEqualTo(Map.of(TOM, new Marks(0, 0), JERRY, new Marks(old, old)));
        assertThat(storage.cursors().unread(key(JERRY), 0, 10, 10))
                .singleElement()
                .satisfies(entry -> assertThat(entry.count()).isEqualTo(1));
    }

    @Test
    void who_leaves_and_comes_back_has_no_old_marks() {
        ConversationKey chat = chat(TOM, JERRY);
        send(chat, TOM, "1");
        storage.cursors().marks(chat); // in memory now, if the store keeps them there
        remove(chat, JERRY);
        assertThat(storage.cursors().marks(chat)).containsOnlyKeys(TOM);
        assertThat(storage.cursors().unread(key(JERRY), 0, 10, 10)).isEmpty();
        long newest = send(chat, TOM, "2").timestamp();
        add(chat, 500, JERRY);
        assertThat(storage.cursors().marks(chat)).containsEntry(JERRY, new Marks(newest, newest));
    }

    @Test
    void members_mute_and_hear_again() {
        ConversationKey chat = chat(TOM, JERRY);
        Conversation muted = storage.conversations().mute(chat, JERRY, true).orElseThrow();
        assertThat(muted.muted()).containsExactly(JERRY);
        reopen();
        assertThat(find(chat)).isEqualTo(muted);
        assertThat(storage.conversations()
                        .mute(chat, JERRY, false)
                        .orElseThrow()
                        .muted())
                .isEmpty();
    }

    @Test
    void reading_while_members_change_sees_every_state_whole() {
        ConversationKey chat = chat(TOM);
        List<ClientId> pair = List.of(JERRY, MARY);
        Set<Set<ClientId>> seen = new HashSet<>(together(200, i -> {
            if (i % 4 == 0) storage.conversations().addMembers(chat, pair, 500);
            if (i % 4 == 2) storage.conversations().removeMembers(chat, pair);
            return find(chat).members();
        }));
        assertThat(seen).isSubsetOf(Set.of(Set.of(TOM), Set.of(TOM, JERRY, MARY)));
        Conversation last = find(chat);
        reopen();
        assertThat(find(chat)).isEqualTo(last);
    }

    @Test
    void a_group_of_thousands() {
        ConversationKey chat = chat(TOM);
        List<ClientId> many = IntStream.range(0, 2000)
                .mapToObj(i -> new ClientId("client-" + i))
                .toList();
        storage.conversations().addMembers(chat, many, 5000);
        reopen();
        assertThat(find(chat).members())
                .startsWith(TOM)
                .endsWith(many.getLast())
                .hasSize(2001);
    }
}
