package io.parley.store.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.core.command.ClientId;
import io.parley.core.command.ConversationId;
import io.parley.core.command.ConversationKey;
import io.parley.core.command.ErrorCode;
import io.parley.core.command.Kind;
import io.parley.core.command.Refusal;
import io.parley.core.conversation.Conversation;
import io.parley.core.conversation.ConversationStore.Candidates;
import io.parley.core.conversation.ConversationStore.Found;
import io.parley.core.conversation.ConversationStore.NewConversation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Conversations, their attributes, and searching them. See [MembersContract] and [UniqueConversationContract].
public abstract class ConversationStoreContract extends StorageContract {
    private Optional<Conversation> find(ConversationKey key) {
        return storage.conversations().find(key);
    }

    @Test
    void a_conversation_is_kept_with_all_its_parts() {
        NewConversation made = normal(MARY, TOM, JERRY);
        made.attributes().put("name", "三人 \"😀\"").set("attr", attributes().put("n", 1.5));
        Conversation created = create(made);
        assertThat(created)
                .isEqualTo(new Conversation(
                        made.key(),
                        Kind.NORMAL,
                        Optional.of(MARY),
                        made.attributes(),
                        made.members(),
                        Set.of(),
                        false,
                        Optional.empty(),
                        made.createdAt(),
                        made.createdAt(),
                        Optional.empty()));
        assertThat(find(made.key())).contains(created);
        reopen();
        assertThat(find(made.key())).contains(created);
        assertThat(find(made.key()).orElseThrow().members()).containsExactly(MARY, TOM, JERRY);
    }

    @Test
    void conversations_of_every_kind_and_without_a_creator() {
        for (Kind kind : Kind.values()) {
            NewConversation made = conversation(APP, kind);
            create(made);
            reopen();
            Conversation found = find(made.key()).orElseThrow();
            assertThat(found.kind()).isEqualTo(kind);
            assertThat(found.creator()).isEmpty();
            assertThat(found.members()).isEmpty();
        }
    }

    @Test
    void a_temporary_conversation_knows_its_end() {
        Instant end = clock.instant().plusSeconds(60);
        NewConversation made = temporary(end, TOM, JERRY);
        create(made);
        reopen();
        assertThat(find(made.key()).orElseThrow().expiresAt()).contains(end);
    }

    private NewConversation temporary(Instant end, ClientId... members) {
        NewConversation made = normal(members);
        return new NewConversation(
                new ConversationKey(APP, new ConversationId("_tmp:" + made.key().id())),
                Kind.TEMPORARY,
                made.creator(),
                made.attributes(),
                made.members(),
                made.uniqueId(),
                made.createdAt(),
                Optional.of(end));
    }

    @Test
    void another_app_does_not_see_it() {
        ConversationKey chat = chat(TOM, JERRY);
        ConversationKey same = new ConversationKey(OTHER_APP, chat.id());
        assertThat(find(same)).isEmpty();
        assertThat(storage.conversations().addMembers(same, List.of(MARY), 500)).isEmpty();
        assertThat(storage.conversations().removeMembers(same, List.of(TOM))).isEmpty();
        assertThat(storage.conversations().mute(same, TOM, true)).isEmpty();
        assertThat(storage.conversations().update(same, old -> attributes())).isEmpty();
        assertThat(found(new Candidates.ByIds(Set.of(chat.id())), OTHER_APP)).isEmpty();
        assertThat(found(new Candidates.OfMembers(Set.of(TOM)), OTHER_APP)).isEmpty();
        assertThat(found(new Candidates.All(), OTHER_APP)).isEmpty();
    }

    @Test
    void attributes_are_replaced_by_what_the_change_returns() {
        ConversationKey chat = chat(TOM, JERRY);
        Conversation first = storage.conversations()
                .update(chat, old -> old.put("name", "one"))
                .orElseThrow();
        Conversation second = storage.conversations()
                .update(chat, old -> attributes().put("was", old.path("name").textValue()))
                .orElseThrow();
        assertThat(first.attributes()).isEqualTo(attributes().put("name", "one"));
        assertThat(second.attributes()).isEqualTo(attributes().put("was", "one"));
        reopen();
        assertThat(find(chat)).contains(second);
    }

    @Test
    void a_change_that_refuses_changes_nothing() {
        ConversationKey chat = chat(TOM, JERRY);
        Conversation before = find(chat).orElseThrow();
        assertThatThrownBy(() -> storage.conversations().update(chat, old -> {
                    old.put("name", "never");
                    throw Refusal.of(ErrorCode.CONVERSATION_UPDATE_FAILED, "no");
                }))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.CONVERSATION_UPDATE_FAILED));
        assertThat(find(chat)).contains(before);
    }

    @Test
    void no_change_is_lost_when_many_come_at_once() {
        ConversationKey chat = chat(TOM, JERRY);
        List<Conversation> after = together(
                100,
                i -> storage.conversations()
                        .update(chat, ConversationStoreContract::countUp)
                        .orElseThrow());
        assertThat(find(chat).orElseThrow().attributes().path("n").intValue()).isEqualTo(100);
        assertThat(after).extracting(Conversation::updatedAt).doesNotHaveDuplicates();
    }

    private static ObjectNode countUp(ObjectNode old) {
        return old.put("n", old.path("n").intValue() + 1);
    }

    @Test
    void every_change_moves_the_time_of_update_even_when_the_clock_does_not() {
        ConversationKey chat = chat(TOM, JERRY);
        List<Instant> times = new ArrayList<>(List.of(find(chat).orElseThrow().updatedAt()));
        times.add(storage.conversations().mute(chat, TOM, true).orElseThrow().updatedAt());
        clock.advance(Duration.ofHours(-1));
        times.add(storage.conversations().update(chat, old -> old).orElseThrow().updatedAt());
        times.add(storage.conversations()
                .addMembers(chat, List.of(MARY), 500)
                .orElseThrow()
                .conversation()
                .updatedAt());
        times.add(storage.conversations()
                .removeMembers(chat, List.of(MARY))
                .orElseThrow()
                .conversation()
                .updatedAt());
        assertThat(times).isSorted().doesNotHaveDuplicates();
    }

    private List<Found> found(Candidates candidates, io.parley.core.command.AppId app) {
        List<Found> found = new ArrayList<>();
        storage.conversations().visit(app, candidates, found::add);
        return found;
    }

    private Set<ConversationKey> keys(Candidates candidates) {
        Set<ConversationKey> keys = new HashSet<>();
        for (Found found : found(candidates, APP))
            assertThat(keys.add(found.conversation().key())).isTrue();
        return keys;
    }

    @Test
    void a_visit_meets_every_conversation_that_may_match() {
        ConversationKey one = chat(TOM, JERRY);
        ConversationKey two = chat(JERRY, MARY);
        ConversationKey room = create(conversation(APP, Kind.CHAT_ROOM)).key();
        assertThat(keys(new Candidates.All())).contains(one, two, room);
        assertThat(keys(new Candidates.OfMembers(Set.of(TOM)))).contains(one);
        assertThat(keys(new Candidates.OfMembers(Set.of(JERRY)))).contains(one, two);
        assertThat(keys(new Candidates.OfMembers(Set.of(TOM, JERRY)))).contains(one);
        assertThat(keys(new Candidates.OfMembers(Set.of(JERRY, new ClientId("nobody")))))
                .isEmpty();
        assertThat(keys(new Candidates.ByIds(Set.of(two.id(), room.id(), new ConversationId("unknown")))))
                .contains(two, room);
    }

    @Test
    void a_visit_of_very_many_conversations_misses_none_and_ends_when_told() {
        int count = 450;
        List<NewConversation> made = new ArrayList<>();
        for (int i = 0; i < count; i++) made.add(normal(TOM, JERRY));
        List<ConversationKey> all = together(count, i -> create(made.get(i)).key());
        Set<ConversationId> ids = new HashSet<>();
        for (ConversationKey key : all) ids.add(key.id());
        assertThat(keys(new Candidates.All())).hasSize(count);
        assertThat(keys(new Candidates.OfMembers(Set.of(TOM)))).hasSize(count);
        assertThat(keys(new Candidates.ByIds(ids))).hasSize(count);
        List<Found> some = new ArrayList<>();
        storage.conversations().visit(APP, new Candidates.All(), found -> {
            some.add(found);
            return some.size() < 5;
        });
        assertThat(some).hasSize(5);
    }

    @Test
    void a_visit_tells_complete_conversations_and_the_time_of_their_last_message() {
        ConversationKey chat = chat(TOM, JERRY);
        storage.conversations().mute(chat, JERRY, true);
        assertThat(found(new Candidates.OfMembers(Set.of(TOM)), APP))
                .containsExactly(new Found(find(chat).orElseThrow(), OptionalLong.empty()));
        long last = send(chat, TOM, "hello").timestamp();
        Found expected = new Found(find(chat).orElseThrow(), OptionalLong.of(last));
        assertThat(found(new Candidates.OfMembers(Set.of(TOM)), APP)).containsExactly(expected);
        assertThat(found(new Candidates.ByIds(Set.of(chat.id())), APP)).containsExactly(expected);
        assertThat(found(new Candidates.All(), APP)).containsExactly(expected);
    }
}
