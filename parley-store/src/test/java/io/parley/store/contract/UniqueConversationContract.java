package io.parley.store.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.core.command.ClientId;
import io.parley.core.command.ConversationKey;
import io.parley.core.command.Kind;
import io.parley.core.conversation.Conversation;
import io.parley.core.conversation.ConversationStore.Created;
import io.parley.core.conversation.ConversationStore.NewConversation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Conversations that are unique by their members.
public abstract class UniqueConversationContract extends StorageContract {
    private Created start(ClientId... members) {
        return storage.conversations().create(unique(normal(members)));
    }

    private Conversation find(ConversationKey key) {
        return storage.conversations().find(key).orElseThrow();
    }

    @Test
    void the_same_members_in_any_order_get_the_same_conversation_unchanged() {
        NewConversation made = unique(normal(TOM, JERRY));
        made.attributes().put("name", "first");
        Created first = storage.conversations().create(made);
        assertThat(first.existing()).isFalse();
        assertThat(first.conversation().unique()).isTrue();
        assertThat(first.conversation().uniqueId()).isEqualTo(made.uniqueId());
        NewConversation again = unique(normal(JERRY, TOM));
        again.attributes().put("name", "second");
        assertThat(storage.conversations().create(again)).isEqualTo(new Created(first.conversation(), true));
        reopen();
        assertThat(start(TOM, JERRY)).isEqualTo(new Created(first.conversation(), true));
    }

    @Test
    void other_members_another_app_or_another_kind_get_another_conversation() {
        start(TOM, JERRY);
        assertThat(start(TOM, JERRY, MARY).existing()).isFalse();
        assertThat(start(TOM).existing()).isFalse();
        assertThat(storage.conversations()
                        .create(unique(conversation(OTHER_APP, Kind.NORMAL, TOM, JERRY)))
                        .existing())
                .isFalse();
        assertThat(storage.conversations()
                        .create(unique(conversation(APP, Kind.TEMPORARY, TOM, JERRY)))
                        .existing())
                .isFalse();
    }

    @Test
    void a_conversation_that_was_not_created_unique_is_never_reused() {
        chat(TOM, JERRY);
        assertThat(start(TOM, JERRY).existing()).isFalse();
        assertThat(storage.conversations().create(normal(TOM, JERRY)).existing())
                .isFalse();
    }

    @Test
    void member_sets_whose_digests_are_equal_are_told_apart() {
        Created first = start(new ClientId("ab"), new ClientId("c"));
        Created second = start(new ClientId("a"), new ClientId("bc"));
        assertThat(first.conversation().uniqueId())
                .isEqualTo(second.conversation().uniqueId());
        assertThat(second.existing()).isFalse();
        assertThat(start(new ClientId("c"), new ClientId("ab")).conversation()).isEqualTo(first.conversation());
        assertThat(start(new ClientId("bc"), new ClientId("a")).conversation()).isEqualTo(second.conversation());
    }

    @Test
    void of_many_who_start_it_at_once_all_get_one() {
        List<NewConversation> made = new ArrayList<>();
        for (int i = 0; i < 60; i++) made.add(unique(i % 2 == 0 ? normal(TOM, JERRY) : normal(JERRY, TOM)));
        List<Created> results =
                together(made.size(), i -> storage.conversations().create(made.get(i)));
        assertThat(results).filteredOn(created -> !created.existing()).hasSize(1);
        assertThat(new HashSet<>(results.stream()
                        .map(created -> created.conversation().key())
                        .toList()))
                .hasSize(1);
    }

    @Test
    void the_digest_follows_the_members() {
        ConversationKey pair = start(TOM, JERRY).conversation().key();
        Conversation three = storage.conversations()
                .addMembers(pair, List.of(MARY), 500)
                .orElseThrow()
                .conversation();
        assertThat(three.uniqueId()).contains(digest(three.members()));
        assertThat(start(MARY, JERRY, TOM)).isEqualTo(new Created(three, true));
        assertThat(start(TOM, JERRY).existing()).isFalse();
        Conversation tomAndMary = storage.conversations()
                .removeMembers(pair, List.of(JERRY))
                .orElseThrow()
                .conversation();
        assertThat(start(MARY, TOM)).isEqualTo(new Created(tomAndMary, true));
    }

    @Test
    void a_conversation_stops_being_unique_when_its_new_members_already_have_one() {
        Conversation three = start(TOM, JERRY, MARY).conversation();
        ConversationKey pair = start(TOM, JERRY).conversation().key();
        storage.conversations().addMembers(pair, List.of(MARY), 500);
        Conversation changed = find(pair);
        assertThat(changed.unique()).isFalse();
        assertThat(changed.uniqueId()).isEmpty();
        assertThat(start(TOM, JERRY, MARY)).isEqualTo(new Created(three, true));
        storage.conversations().removeMembers(pair, List.of(MARY));
        assertThat(find(pair).unique()).as("it does not become unique again").isFalse();
    }

    @Test
    void a_temporary_conversation_is_reused_while_it_lives() {
        Created first = storage.conversations().create(temporary());
        assertThat(storage.conversations().create(temporary())).isEqualTo(new Created(first.conversation(), true));
        clock.advance(Duration.ofSeconds(61));
        assertThat(storage.conversations().create(temporary()).existing()).isFalse();
    }

    private NewConversation temporary() {
        NewConversation made = unique(conversation(APP, Kind.TEMPORARY, TOM, JERRY));
        return new NewConversation(
                made.key(),
                made.kind(),
                made.creator(),
                made.attributes(),
                made.members(),
                made.uniqueId(),
                made.createdAt(),
                Optional.of(clock.instant().plusSeconds(60)));
    }
}
