package io.parley.store.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.core.command.ClientId;
import io.parley.core.command.Content;
import io.parley.core.command.ConversationKey;
import io.parley.core.command.Kind;
import io.parley.core.command.MessageCommand.History.Bound;
import io.parley.core.command.MessageCommand.History.Direction;
import io.parley.core.command.Reply.Surveyed.Located;
import io.parley.core.command.StoredMessage;
import io.parley.core.conversation.ConversationStore.Candidates;
import io.parley.core.message.Audience;
import io.parley.core.message.Draft;
import io.parley.core.message.HistoryRange;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/// What the application's server does to what is kept.
public abstract class OperatorContract extends StorageContract {
    private static final HistoryRange NEWEST = range(Optional.empty(), Optional.empty(), Direction.OLD, 100);

    private static HistoryRange range(Optional<Bound> lower, Optional<Bound> upper, Direction direction, int limit) {
        return new HistoryRange(lower, upper, direction, limit, OptionalInt.empty());
    }

    private List<String> texts(HistoryRange range) {
        return texts(storage.messages().survey(APP, Optional.empty(), range));
    }

    private static List<String> texts(List<Located> found) {
        return found.stream()
                .map(one -> ((Content.Text) one.message().content()).value())
                .toList();
    }

    private static Optional<Bound> at(StoredMessage message, boolean included) {
        return Optional.of(new Bound(message.timestamp(), Optional.of(message.id()), included));
    }

    @Test
    void a_deleted_message_is_gone_everywhere_and_its_place_is_not_given_again() {
        ConversationKey chat = chat(TOM, JERRY);
        StoredMessage one = send(chat, TOM, "one");
        StoredMessage two = send(chat, TOM, "two");
        assertThat(storage.messages().delete(chat, two.id(), two.timestamp())).isTrue();
        assertThat(storage.messages().delete(chat, two.id(), two.timestamp())).isFalse();

        assertThat(storage.messages().find(chat, two.id(), two.timestamp())).isEmpty();
        assertThat(storage.messages().history(chat, NEWEST))
                .extracting(StoredMessage::id)
                .containsExactly(one.id());
        assertThat(storage.messages().last(APP, List.of(chat.id())).get(chat.id()))
                .isEqualTo(one);
        assertThat(storage.cursors()
                        .unread(key(JERRY), chat.id(), 100)
                        .orElseThrow()
                        .count())
                .isEqualTo(1);
        reopen();
        StoredMessage three = send(chat, TOM, "three");
        assertThat(three.position()).isEqualTo(3);
        assertThat(three.timestamp()).isGreaterThan(two.timestamp());
        assertThat(storage.cursors().unread(key(JERRY), 0, 50, 100).getFirst().last())
                .isEqualTo(three);
    }

    @Test
    void a_conversation_whose_messages_were_all_deleted_has_nothing_unread() {
        ConversationKey chat = chat(TOM, JERRY);
        StoredMessage only = send(chat, TOM, "only");
        storage.messages().delete(chat, only.id(), only.timestamp());
        assertThat(storage.cursors().unread(key(JERRY), 0, 50, 100)).isEmpty();
        assertThat(storage.cursors().unread(key(JERRY), chat.id(), 100)).isEmpty();
        storage.cursors().read(chat, JERRY, only.timestamp(), only.timestamp());
        assertThat(storage.cursors().unread(key(JERRY), 1, 50, 100)).isEmpty();
    }

    @Test
    void a_deleted_message_of_a_service_is_seen_by_nobody() {
        ConversationKey news = create(conversation(APP, Kind.SERVICE)).key();
        storage.subscriptions().subscribe(news, TOM);
        Draft toBoth = new Draft(
                news,
                MARY,
                new Content.Text("both"),
                io.parley.core.command.Mentions.NONE,
                false,
                Optional.empty(),
                Optional.empty(),
                new Audience.Clients(java.util.Set.of(TOM, JERRY)));
        StoredMessage message = send(toBoth);
        assertThat(storage.services().remove(news, TOM, message)).isTrue();
        assertThat(storage.services().history(news, TOM, NEWEST)).isEmpty();
        assertThat(storage.services().history(news, JERRY, NEWEST)).hasSize(1);
        storage.messages().delete(news, message.id(), message.timestamp());
        assertThat(storage.services().history(news, JERRY, NEWEST)).isEmpty();
        assertThat(storage.cursors().unread(key(JERRY), 0, 50, 100)).isEmpty();
    }

    @Test
    void a_replaced_message_says_something_else_without_a_trace() {
        ConversationKey chat = chat(TOM, JERRY);
        StoredMessage before = send(chat, TOM, "before");
        assertThat(storage.messages().replace(chat, before.id(), before.timestamp(), new Content.Text("after")))
                .isTrue();
        StoredMessage after = storage.messages().find(chat, before.id(), 0).orElseThrow();
        assertThat(after.content()).isEqualTo(new Content.Text("after"));
        assertThat(after.patchedAt()).isZero();
        assertThat(storage.messages().patchesSince(key(JERRY), 0, 10)).isEmpty();
        assertThat(storage.messages().replace(chat, before.id(), 1, new Content.Text("x")))
                .isFalse();
    }

    @Test
    void all_messages_of_an_app_are_surveyed_in_order() {
        ConversationKey chat = chat(TOM, JERRY);
        ConversationKey room = create(conversation(APP, Kind.CHAT_ROOM)).key();
        ConversationKey other =
                create(conversation(OTHER_APP, Kind.NORMAL, TOM)).key();
        ConversationKey temporary =
                create(conversation(APP, Kind.TEMPORARY, TOM)).key();
        List<StoredMessage> sent = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            sent.add(send(chat, TOM, "chat " + i));
            sent.add(send(room, JERRY, "room " + i));
            send(other, TOM, "other");
            send(temporary, TOM, "temporary");
        }

        assertThat(texts(NEWEST)).containsExactly("chat 0", "room 0", "chat 1", "room 1", "chat 2", "room 2");
        assertThat(texts(range(Optional.empty(), at(sent.get(3), false), Direction.OLD, 2)))
                .containsExactly("room 0", "chat 1");
        assertThat(texts(range(at(sent.get(1), true), at(sent.get(3), true), Direction.NEW, 100)))
                .containsExactly("room 0", "chat 1", "room 1");
        assertThat(texts(storage.messages().survey(APP, Optional.of(JERRY), NEWEST)))
                .containsExactly("room 0", "room 1", "room 2");
        assertThat(storage.messages()
                        .survey(APP, Optional.empty(), NEWEST)
                        .getFirst()
                        .conversation())
                .isEqualTo(chat.id());
    }

    @Test
    void silence_lasts_until_its_time_and_no_longer_than_wanted() {
        ConversationKey chat = chat(TOM, JERRY);
        Instant until = clock.instant().plusSeconds(60);
        assertThat(storage.moderation()
                        .silenceUntil(chat, JERRY, Optional.of(until))
                        .silencedUntil())
                .containsEntry(JERRY, until);
        reopen();
        assertThat(storage.moderation().find(chat).silencedUntil()).containsEntry(JERRY, until);
        clock.advance(Duration.ofSeconds(61));
        storage.moderation().silenceUntil(chat, TOM, Optional.of(until.plusSeconds(60)));
        assertThat(storage.moderation().find(chat).silencedUntil()).containsOnlyKeys(TOM);
        storage.moderation().silenceUntil(chat, TOM, Optional.empty());
        assertThat(storage.moderation().find(chat).silencedUntil()).isEmpty();
    }

    @Test
    void clients_refuse_conversations_and_change_their_minds() {
        ConversationKey one = chat(TOM);
        ConversationKey two = chat(TOM);
        storage.moderation().refuse(two, JERRY, true);
        storage.moderation().refuse(one, JERRY, true);
        storage.moderation().refuse(one, JERRY, true);
        assertThat(storage.moderation().refused(key(JERRY))).containsExactly(two.id(), one.id());
        assertThat(storage.moderation().find(one).refusing()).containsExactly(JERRY);
        storage.moderation().refuse(two, JERRY, false);
        assertThat(storage.moderation().refused(key(JERRY))).containsExactly(one.id());
        storage.conversations().delete(one);
        assertThat(storage.moderation().refused(key(JERRY))).isEmpty();
    }

    @Test
    void the_last_time_a_client_was_forced_off_is_kept() {
        storage.kicks().put(key(TOM), 2000);
        storage.kicks().put(key(TOM), 1000);
        storage.kicks().put(in(OTHER_APP, TOM), 500);
        reopen();
        assertThat(storage.kicks().all())
                .containsOnly(java.util.Map.entry(key(TOM), 2000L), java.util.Map.entry(in(OTHER_APP, TOM), 500L));
    }

    @Test
    void conversations_are_walked_through_by_id() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 3; i++) ids.add(chat(TOM).id().value());
        List<String> found = new ArrayList<>();
        storage.conversations().visit(APP, new Candidates.After(ids.getFirst()), one -> {
            found.add(one.conversation().id().value());
            return true;
        });
        assertThat(found).containsExactly(ids.get(1), ids.get(2));
    }

    @Test
    void a_client_s_part_of_a_service_is_found_by_its_digest() throws Exception {
        ConversationKey news = create(conversation(APP, Kind.SERVICE)).key();
        storage.subscriptions().subscribe(news, new ClientId("Tömchen"));
        String digest = java.util.HexFormat.of()
                .formatHex(java.security.MessageDigest.getInstance("MD5")
                        .digest((news.id() + ":Tömchen").getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        assertThat(storage.services().find(APP, digest).orElseThrow().client()).isEqualTo(new ClientId("Tömchen"));
        assertThat(storage.services().find(APP, "0".repeat(32))).isEmpty();
        assertThat(storage.services().find(APP, "no digest")).isEmpty();
    }
}
