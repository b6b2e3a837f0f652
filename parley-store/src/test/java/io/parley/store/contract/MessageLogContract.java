package io.parley.store.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.core.command.ClientId;
import io.parley.core.command.Content;
import io.parley.core.command.ConversationId;
import io.parley.core.command.ConversationKey;
import io.parley.core.command.ErrorCode;
import io.parley.core.command.Kind;
import io.parley.core.command.Mentions;
import io.parley.core.command.MessageId;
import io.parley.core.command.Refusal;
import io.parley.core.command.StoredMessage;
import io.parley.core.message.Appended;
import io.parley.core.message.Draft;
import io.parley.core.message.MessageLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// Appending to the log, and finding single messages again. See [HistoryContract] for pages and [PatchContract] for
/// edits.
public abstract class MessageLogContract extends StorageContract {
    @Test
    void positions_count_from_one_and_timestamps_rise_even_when_the_clock_stands_still() {
        ConversationKey chat = chat(TOM, JERRY);
        ConversationKey other = chat(TOM, MARY);
        List<StoredMessage> messages = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            messages.add(send(chat, TOM, "hello " + i));
            send(other, TOM, "elsewhere");
        }
        assertThat(messages).extracting(StoredMessage::position).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(messages)
                .extracting(StoredMessage::timestamp)
                .containsExactlyElementsOf(
                        LongStream.range(0, 5).mapToObj(i -> clock.millis() + i).toList());
    }

    @Test
    void timestamps_rise_even_when_the_clock_is_set_back() {
        ConversationKey chat = chat(TOM, JERRY);
        StoredMessage before = send(chat, TOM, "before");
        clock.advance(Duration.ofHours(-1));
        StoredMessage after = send(chat, TOM, "after");
        reopen();
        StoredMessage later = send(chat, TOM, "later");
        assertThat(after.timestamp()).isGreaterThan(before.timestamp());
        assertThat(later.timestamp()).isGreaterThan(after.timestamp());
    }

    @Test
    void a_message_is_kept_with_all_its_parts() {
        ConversationKey chat = chat(TOM, JERRY);
        Mentions mentions = new Mentions(true, List.of(JERRY, new ClientId("Müller \"x\" 😀")));
        StoredMessage sent = send(new Draft(
                chat,
                new ClientId("😀\u0000'\""),
                new Content.Text("{\"_lctext\":\"line\\n 你好 😀\"}"),
                mentions,
                true,
                Optional.of("token"),
                Optional.of("{\"alert\":\"hi\"}")));
        reopen();
        assertThat(storage.messages().find(chat, sent.id(), 0)).contains(sent);
        assertThat(sent.mentions()).isEqualTo(mentions);
        assertThat(sent.receipt()).isTrue();
        assertThat(sent.patchedAt()).isZero();
        assertThat(sent.deliveredAt()).isZero();
        assertThat(sent.recalled()).isFalse();
    }

    @Test
    void where_a_message_came_from_is_kept_through_edits() {
        ConversationKey chat = chat(TOM, JERRY);
        StoredMessage sent = send(draft(chat, TOM, "plain").sentFrom(Optional.of("203.0.113.9")));
        StoredMessage asking = send(withReceipt(draft(chat, TOM, "with more")).sentFrom(Optional.of("2001:db8::1")));
        StoredMessage other = send(draft(chat, TOM, "from nowhere"));
        storage.messages()
                .patch(chat, sent.id(), sent.timestamp(), new Content.Text("edited"), Optional.empty(), false);
        reopen();
        assertThat(storage.messages().find(chat, sent.id(), 0).orElseThrow().address())
                .contains("203.0.113.9");
        assertThat(storage.messages().find(chat, asking.id(), 0).orElseThrow().address())
                .contains("2001:db8::1");
        assertThat(storage.messages().find(chat, other.id(), 0).orElseThrow().address())
                .isEmpty();
    }

    @Test
    void content_of_any_shape_comes_back_as_it_was() {
        ConversationKey chat = chat(TOM, JERRY);
        List<Content> contents = List.of(
                new Content.Text(""),
                new Content.Text("a\u0000b"),
                new Content.Text("123"),
                new Content.Text("😀".repeat(50_000)),
                new Content.Binary(new byte[0]),
                new Content.Binary(new byte[] {0, -1, 7}),
                new Content.Binary(new byte[100_000]));
        for (Content content : contents)
            send(new Draft(chat, TOM, content, Mentions.NONE, false, Optional.empty(), Optional.empty()));
        assertThat(storage.messages().after(chat, 0, 100))
                .extracting(StoredMessage::content)
                .isEqualTo(contents);
    }

    @Test
    void a_repeated_token_returns_the_first_message_and_stores_nothing() {
        ConversationKey chat = chat(TOM, JERRY);
        Draft draft = withToken(draft(chat, TOM, "once"), "t1");
        Appended first = storage.messages().append(draft);
        send(chat, TOM, "between");
        clock.advance(Duration.ofMinutes(9));
        Appended again = storage.messages().append(draft);
        assertThat(first.duplicate()).isFalse();
        assertThat(again).isEqualTo(new Appended(first.message(), true));
        assertThat(storage.messages().head(chat)).isEqualTo(2);
    }

    @Test
    void a_token_is_remembered_when_the_store_was_closed_meanwhile() {
        ConversationKey chat = chat(TOM, JERRY);
        Draft draft = withToken(draft(chat, TOM, "once"), "t1");
        StoredMessage first = send(draft);
        reopen();
        assertThat(storage.messages().append(draft)).isEqualTo(new Appended(first, true));
    }

    @Test
    void a_token_is_forgotten_after_its_time() {
        ConversationKey chat = chat(TOM, JERRY);
        Draft draft = withToken(draft(chat, TOM, "hello"), "t1");
        send(draft);
        clock.advance(MessageLog.TOKEN_MEMORY.plusSeconds(1));
        assertThat(storage.messages().append(draft).duplicate()).isFalse();
        assertThat(storage.messages().append(draft).duplicate()).isTrue();
        clock.advance(MessageLog.TOKEN_MEMORY.plusSeconds(1));
        reopen();
        assertThat(storage.messages().append(draft).duplicate()).isFalse();
        assertThat(storage.messages().head(chat)).isEqualTo(3);
    }

    @Test
    void the_same_token_of_another_sender_or_in_another_conversation_is_another_token() {
        ConversationKey chat = chat(TOM, JERRY);
        ConversationKey other = chat(TOM, JERRY, MARY);
        send(withToken(draft(chat, TOM, "one"), "t1"));
        assertThat(storage.messages()
                        .append(withToken(draft(chat, JERRY, "two"), "t1"))
                        .duplicate())
                .isFalse();
        assertThat(storage.messages()
                        .append(withToken(draft(other, TOM, "three"), "t1"))
                        .duplicate())
                .isFalse();
        assertThat(storage.messages()
                        .append(withToken(draft(chat, TOM, "four"), "t2"))
                        .duplicate())
                .isFalse();
    }

    @Test
    void the_first_message_comes_back_as_it_is_by_now() {
        ConversationKey chat = chat(TOM, JERRY);
        Draft draft = withToken(draft(chat, TOM, "tpyo"), "t1");
        StoredMessage first = send(draft);
        StoredMessage edited = storage.messages()
                .patch(chat, first.id(), first.timestamp(), new Content.Text("typo"), Optional.empty(), false)
                .orElseThrow();
        assertThat(storage.messages().append(draft).message()).isEqualTo(edited);
    }

    @Test
    void of_many_sends_with_one_token_at_the_same_time_exactly_one_is_stored() {
        ConversationKey chat = chat(TOM, JERRY);
        int attempts = 16;
        int tokens = 50;
        List<Appended> results = together(
                attempts * tokens,
                i -> storage.messages().append(withToken(draft(chat, TOM, "x" + i % tokens), "t" + i % tokens)));
        assertThat(results).filteredOn(appended -> !appended.duplicate()).hasSize(tokens);
        for (Appended appended : results) {
            StoredMessage message = appended.message();
            assertThat(results)
                    .filteredOn(r -> r.message().content().equals(message.content()))
                    .allSatisfy(r -> assertThat(r.message()).isEqualTo(message));
        }
        assertThat(storage.messages().head(chat)).isEqualTo(tokens);
    }

    @Test
    void many_senders_at_once_leave_no_holes_and_no_ties() {
        List<ConversationKey> chats = new ArrayList<>();
        for (int i = 0; i < 7; i++) chats.add(chat(TOM, JERRY));
        int each = 300;
        List<StoredMessage> sent =
                together(chats.size() * each, i -> send(chats.get(i % chats.size()), TOM, "message " + i));
        assertThat(new HashSet<>(sent.stream().map(StoredMessage::id).toList())).hasSize(sent.size());
        reopen();
        for (int c = 0; c < chats.size(); c++) {
            List<StoredMessage> log = storage.messages().after(chats.get(c), 0, 2 * each);
            assertThat(log)
                    .extracting(StoredMessage::position)
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, each).boxed().toList());
            assertThat(log).extracting(StoredMessage::timestamp).doesNotHaveDuplicates();
            assertThat(log).isSortedAccordingTo(Comparator.comparingLong(StoredMessage::timestamp));
            assertThat(sent).containsAll(log);
        }
    }

    @Test
    void appending_goes_on_where_it_ended_after_the_store_was_closed() {
        ConversationKey chat = chat(TOM, JERRY);
        send(chat, TOM, "one");
        reopen();
        assertThat(storage.messages().head(chat)).isEqualTo(1);
        assertThat(send(chat, TOM, "two").position()).isEqualTo(2);
    }

    @Test
    void a_message_for_an_unknown_conversation_is_refused() {
        ConversationKey chat = chat(TOM, JERRY);
        ConversationKey elsewhere = new ConversationKey(OTHER_APP, chat.id());
        assertThatThrownBy(() -> send(elsewhere, TOM, "lost"))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.CONVERSATION_NOT_FOUND));
        assertThat(storage.messages().head(chat)).isZero();
    }

    @Test
    void a_ticket_is_an_id_of_the_usual_look_that_no_message_has() {
        ConversationKey chat = chat(TOM, JERRY);
        StoredMessage message = send(chat, TOM, "hello");
        var ticket = storage.messages().ticket(chat);
        var another = storage.messages().ticket(chat);
        assertThat(ticket.timestamp()).isEqualTo(clock.millis());
        assertThat(ticket.id().value())
                .matches("[A-Za-z0-9_-]{22}")
                .hasSameSizeAs(message.id().value());
        assertThat(Set.of(ticket.id(), another.id(), message.id())).hasSize(3);
        assertThat(storage.messages().find(chat, ticket.id(), 0)).isEmpty();
        assertThat(storage.messages().timestampOf(chat, ticket.id())).isZero();
    }

    @Test
    void a_message_is_found_by_its_id_in_its_conversation_only() {
        ConversationKey chat = chat(TOM, JERRY);
        ConversationKey other = chat(TOM, JERRY);
        StoredMessage message = send(chat, TOM, "hello");
        send(other, TOM, "hello");
        MessageLog log = storage.messages();
        assertThat(log.find(chat, message.id(), 0)).contains(message);
        assertThat(log.find(chat, message.id(), message.timestamp())).contains(message);
        assertThat(log.find(chat, message.id(), message.timestamp() + 1)).isEmpty();
        assertThat(log.find(other, message.id(), 0)).isEmpty();
        assertThat(log.find(other, message.id(), message.timestamp())).isEmpty();
        assertThat(log.find(new ConversationKey(OTHER_APP, chat.id()), message.id(), 0))
                .isEmpty();
        assertThat(log.find(chat, new MessageId("qNkRkFWOeSqP65S9fDyHJw"), 0)).isEmpty();
        assertThat(log.find(chat, new MessageId("no id of ours"), 0)).isEmpty();
    }

    @Test
    void the_time_of_a_message_by_its_id() {
        ConversationKey chat = chat(TOM, JERRY);
        ConversationKey other = chat(TOM, JERRY);
        StoredMessage message = send(chat, TOM, "hello");
        assertThat(storage.messages().timestampOf(chat, message.id())).isEqualTo(message.timestamp());
        assertThat(storage.messages().timestampOf(other, message.id())).isZero();
        assertThat(storage.messages().timestampOf(chat, new MessageId("unknown")))
                .isZero();
    }

    @Test
    void messages_after_a_position_come_from_the_oldest_on() {
        ConversationKey chat = chat(TOM, JERRY);
        List<StoredMessage> all = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            clock.advance(Duration.ofMillis(i % 7 == 0 ? 100_000 : i % 3));
            all.add(send(chat, TOM, "message " + i));
        }
        MessageLog log = storage.messages();
        for (int position = 0; position <= 60; position++)
            for (int limit : new int[] {1, 7, 100})
                assertThat(log.after(chat, position, limit))
                        .as("after %d, at most %d", position, limit)
                        .isEqualTo(all.subList(position, Math.min(60, position + limit)));
        assertThat(log.after(chat, 61, 10)).isEmpty();
        assertThat(log.after(chat(TOM, MARY), 0, 10)).isEmpty();
    }

    @Test
    void the_last_message_of_each_conversation_that_has_one() {
        ConversationKey chat = chat(TOM, JERRY);
        ConversationKey silent = chat(TOM, JERRY);
        ConversationKey foreign =
                create(conversation(OTHER_APP, Kind.NORMAL, TOM)).key();
        send(chat, TOM, "first");
        StoredMessage last = send(chat, JERRY, "last");
        send(foreign, TOM, "not yours");
        assertThat(storage.messages()
                        .last(APP, List.of(chat.id(), silent.id(), foreign.id(), new ConversationId("unknown"))))
                .isEqualTo(Map.of(chat.id(), last));
    }

    @Test
    void receipt_requests_of_others_in_a_span_of_time() {
        ConversationKey chat = chat(TOM, JERRY);
        MessageLog log = storage.messages();
        assertThat(log.lastReceiptRequest(chat)).isZero();
        StoredMessage first = send(withReceipt(draft(chat, TOM, "1")));
        send(chat, TOM, "2");
        send(withReceipt(draft(chat, JERRY, "3")));
        StoredMessage fourth = send(withReceipt(draft(chat, TOM, "4")));
        StoredMessage fifth = send(withReceipt(draft(chat, TOM, "5")));
        send(chat, TOM, "6");
        assertThat(log.receiptRequests(chat, JERRY, 0, Long.MAX_VALUE)).containsExactly(first, fourth, fifth);
        assertThat(log.receiptRequests(chat, JERRY, first.timestamp(), fourth.timestamp()))
                .containsExactly(fourth);
        assertThat(log.lastReceiptRequest(chat)).isEqualTo(fifth.timestamp());
    }

    @Test
    void the_id_of_a_message_tells_its_conversation_to_its_own_app_alone() {
        ConversationKey chat = chat(TOM, JERRY);
        StoredMessage message = send(chat, TOM, "hello");
        assertThat(storage.messages().conversationOf(APP, message.id())).contains(chat);
        assertThat(storage.messages().conversationOf(OTHER_APP, message.id())).isEmpty();
        assertThat(storage.messages().conversationOf(APP, new MessageId("imported")))
                .isEmpty();
        assertThat(storage.messages()
                        .conversationOf(APP, storage.messages().ticket(chat).id()))
                .isEmpty();
    }
}
