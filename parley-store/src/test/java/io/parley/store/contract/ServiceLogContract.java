package io.parley.store.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.core.command.Content;
import io.parley.core.command.ConversationKey;
import io.parley.core.command.Event.MessagesPatched.Patched;
import io.parley.core.command.Event.Unread.Entry;
import io.parley.core.command.Kind;
import io.parley.core.command.MessageCommand.History.Bound;
import io.parley.core.command.MessageCommand.History.Direction;
import io.parley.core.command.StoredMessage;
import io.parley.core.message.Audience;
import io.parley.core.message.Draft;
import io.parley.core.message.HistoryRange;
import io.parley.core.receipt.CursorStore.Backlog;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/// What each client sees of a service conversation, is told as unread, and gets pushed.
public abstract class ServiceLogContract extends ServiceContract {
    private static final Audience SUBSCRIBERS = new Audience.Subscribers();

    @Test
    void subscribers_see_what_is_sent_to_all_of_them_from_their_subscription_on() {
        ConversationKey news = service();
        subscribe(news, JERRY);
        send(news, OPERATOR, "early", SUBSCRIBERS);
        subscribe(news, TOM);
        send(news, OPERATOR, "late", SUBSCRIBERS);

        assertThat(sees(JERRY, news)).containsExactly("early", "late");
        assertThat(sees(TOM, news)).containsExactly("late");
        assertThat(sees(MARY, news)).isEmpty();
    }

    @Test
    void the_first_message_after_a_subscription_is_seen_even_within_a_millisecond() {
        ConversationKey news = service();
        subscribe(news, TOM);
        tick(-1);
        send(news, OPERATOR, "at once", SUBSCRIBERS);

        assertThat(sees(TOM, news)).containsExactly("at once");
    }

    @Test
    void what_is_sent_to_some_is_seen_by_them_alone_subscribers_or_not() {
        ConversationKey news = service();
        subscribe(news, TOM);
        subscribe(news, JERRY);
        StoredMessage message = send(news, OPERATOR, "private", to(TOM, MARY));

        assertThat(sees(TOM, news)).containsExactly("private");
        assertThat(sees(MARY, news)).containsExactly("private");
        assertThat(sees(JERRY, news)).isEmpty();
        assertThat(storage.services().isAddressed(news, TOM, message)).isTrue();
        assertThat(storage.services().isAddressed(news, JERRY, message)).isFalse();
        assertThat(storage.services().isForSubscribers(news, message)).isFalse();
    }

    @Test
    void what_a_client_writes_is_seen_by_nobody_else() {
        ConversationKey news = service();
        subscribe(news, JERRY);
        uplink(news, TOM, "help");

        assertThat(sees(TOM, news)).containsExactly("help");
        assertThat(sees(JERRY, news)).isEmpty();
        assertThat(unread(TOM)).isEmpty();
        assertThat(unread(JERRY)).isEmpty();
    }

    @Test
    void messages_to_subscribers_end_with_the_subscription_and_what_is_ones_own_stays() {
        ConversationKey news = service();
        subscribe(news, TOM);
        send(news, OPERATOR, "to all", SUBSCRIBERS);
        send(news, OPERATOR, "to Tom", to(TOM));
        storage.subscriptions().unsubscribe(news, TOM);
        send(news, OPERATOR, "to all, later", SUBSCRIBERS);

        assertThat(sees(TOM, news)).containsExactly("to Tom");
        assertThat(unread(TOM)).extracting(Entry::count).containsExactly(1);
        tick(1);
        subscribe(news, TOM);
        assertThat(sees(TOM, news)).containsExactly("to Tom");
    }

    @Test
    void pages_run_over_both_kinds_of_messages_in_order() {
        ConversationKey news = service();
        subscribe(news, TOM);
        StoredMessage[] all = new StoredMessage[9];
        for (int i = 0; i < all.length; i++) {
            all[i] = send(news, OPERATOR, "" + i, i % 3 == 0 ? to(TOM) : SUBSCRIBERS);
            send(news, OPERATOR, "not for Tom", to(JERRY));
        }

        assertThat(page(news, Optional.empty(), Optional.of(all[7]), Direction.OLD, 3))
                .containsExactly("4", "5", "6");
        assertThat(page(news, Optional.of(all[1]), Optional.empty(), Direction.NEW, 4))
                .containsExactly("2", "3", "4", "5");
        assertThat(page(news, Optional.of(all[2]), Optional.of(all[5]), Direction.NEW, 10))
                .containsExactly("3", "4");
    }

    private List<String> page(
            ConversationKey service,
            Optional<StoredMessage> after,
            Optional<StoredMessage> before,
            Direction direction,
            int limit) {
        return texts(storage.services()
                .history(
                        service,
                        TOM,
                        new HistoryRange(
                                after.map(ServiceLogContract::excluding),
                                before.map(ServiceLogContract::excluding),
                                direction,
                                limit,
                                OptionalInt.empty())));
    }

    private static Bound excluding(StoredMessage message) {
        return new Bound(message.timestamp(), Optional.of(message.id()), false);
    }

    @Test
    void history_is_narrowed_to_a_type() {
        ConversationKey news = service();
        subscribe(news, TOM);
        send(news, OPERATOR, "{\"_lctype\":-1}", SUBSCRIBERS);
        send(news, OPERATOR, "{\"_lctype\":-2}", SUBSCRIBERS);
        send(news, OPERATOR, "{\"_lctype\":-1}", to(TOM));

        assertThat(storage.services()
                        .history(
                                news,
                                TOM,
                                new HistoryRange(
                                        Optional.empty(), Optional.empty(), Direction.OLD, 10, OptionalInt.of(-1))))
                .hasSize(2);
    }

    @Test
    void what_a_client_sees_counts_as_unread_until_it_is_read() {
        ConversationKey news = service();
        subscribe(news, TOM);
        send(news, OPERATOR, "to all", SUBSCRIBERS);
        StoredMessage last = send(news, OPERATOR, "to Tom", to(TOM));
        send(news, OPERATOR, "to Jerry", to(JERRY));

        assertThat(unread(TOM)).containsExactly(new Entry(news.id(), Kind.SERVICE, 2, false, last));
        storage.cursors().read(news, TOM, last.timestamp(), clock.millis());
        assertThat(unread(TOM)).isEmpty();
        assertThat(storage.cursors().unread(key(TOM), news.id(), 100))
                .hasValueSatisfying(entry -> assertThat(entry.count()).isZero());
        send(news, OPERATOR, "one more", SUBSCRIBERS);
        assertThat(unread(TOM)).extracting(Entry::count).containsExactly(1);
        assertThat(unread(JERRY)).extracting(Entry::count).containsExactly(1);
    }

    @Test
    void unread_services_stand_among_other_conversations_by_their_newest_message() {
        ConversationKey before = chat(TOM, JERRY);
        send(before, JERRY, "first");
        tick(1);
        ConversationKey news = service();
        send(news, OPERATOR, "second", to(TOM));
        tick(1);
        ConversationKey after = chat(TOM, JERRY);
        send(after, JERRY, "third");

        assertThat(unread(TOM)).extracting(Entry::conversation).containsExactly(after.id(), news.id(), before.id());
        assertThat(storage.cursors().unread(key(TOM), 0, 2, 100))
                .extracting(Entry::conversation)
                .containsExactly(after.id(), news.id());
    }

    @Test
    void only_what_changed_since_is_told_reads_included() {
        ConversationKey news = service();
        StoredMessage message = send(news, OPERATOR, "to Tom", to(TOM));
        tick(10);
        long since = clock.millis();
        assertThat(storage.cursors().unread(key(TOM), since, 50, 100)).isEmpty();
        tick(10);
        storage.cursors().read(news, TOM, message.timestamp(), clock.millis());

        assertThat(storage.cursors().unread(key(TOM), since, 50, 100))
                .extracting(Entry::count)
                .containsExactly(0);
    }

    @Test
    void counts_stop_where_they_are_told_to() {
        ConversationKey news = service();
        for (int i = 0; i < 5; i++) send(news, OPERATOR, "to Tom", to(TOM));

        assertThat(storage.cursors().unread(key(TOM), 0, 50, 3))
                .extracting(Entry::count)
                .containsExactly(3);
    }

    @Test
    void undelivered_messages_are_pushed_until_they_are_acknowledged() {
        ConversationKey news = service();
        subscribe(news, TOM);
        send(news, OPERATOR, "1", SUBSCRIBERS);
        uplink(news, TOM, "own");
        StoredMessage second = send(news, OPERATOR, "2", to(TOM));
        send(news, OPERATOR, "not for Tom", to(JERRY));

        List<Backlog> backlog = storage.cursors().backlog(key(TOM), 50, 20);
        assertThat(backlog).extracting(Backlog::conversation).containsExactly(news.id());
        assertThat(backlog.getFirst().kind()).isEqualTo(Kind.SERVICE);
        assertThat(texts(backlog.getFirst().messages())).containsExactly("1", "2");
        assertThat(storage.cursors().backlog(key(TOM), 50, 1).getFirst().hasMore())
                .isTrue();
        storage.cursors().acknowledge(news, TOM, second.timestamp(), clock.millis());
        assertThat(storage.cursors().backlog(key(TOM), 50, 20)).isEmpty();
        reopen();
        assertThat(storage.cursors().backlog(key(TOM), 50, 20)).isEmpty();
    }

    @Test
    void what_was_pushed_three_times_is_not_pushed_again() {
        ConversationKey news = service();
        StoredMessage message = send(news, OPERATOR, "unreadable", to(TOM));
        for (int i = 0; i < 3; i++) {
            assertThat(storage.cursors().backlog(key(TOM), 50, 20)).hasSize(1);
            storage.cursors().backlogPushed(key(TOM), news.id(), message.timestamp());
        }

        assertThat(storage.cursors().backlog(key(TOM), 50, 20)).isEmpty();
    }

    @Test
    void the_first_acknowledgement_is_the_time_of_delivery() {
        ConversationKey news = service();
        subscribe(news, TOM);
        StoredMessage message = send(news, OPERATOR, "to all", SUBSCRIBERS);
        StoredMessage notYet = send(news, OPERATOR, "later", SUBSCRIBERS);
        tick(5);
        long now = clock.millis();
        storage.cursors().acknowledge(news, TOM, message.timestamp(), now);

        Awaitility.await()
                .untilAsserted(() -> assertThat(deliveredAt(news, message)).isEqualTo(now));
        assertThat(deliveredAt(news, notYet)).isZero();
    }

    private long deliveredAt(ConversationKey service, StoredMessage message) {
        return storage.messages()
                .find(service, message.id(), message.timestamp())
                .orElseThrow()
                .deliveredAt();
    }

    @Test
    void patches_are_told_of_what_a_client_sees() {
        ConversationKey news = service();
        subscribe(news, TOM);
        long since = clock.millis();
        for (StoredMessage message : List.of(
                send(news, OPERATOR, "to all", SUBSCRIBERS),
                send(news, OPERATOR, "to Tom", to(TOM)),
                send(news, OPERATOR, "to Jerry", to(JERRY)))) {
            tick(1);
            storage.messages()
                    .patch(
                            news,
                            message.id(),
                            message.timestamp(),
                            new Content.Text("changed"),
                            Optional.empty(),
                            false);
        }

        assertThat(storage.messages().patchesSince(key(TOM), since, 10)).hasSize(2);
        List<Patched> ofJerry = storage.messages().patchesSince(key(JERRY), since, 10);
        assertThat(ofJerry).extracting(Patched::conversation).containsExactly(news.id());
        assertThat(storage.messages().patchesSince(key(MARY), since, 10)).isEmpty();
    }

    @Test
    void a_repeated_uplink_is_stored_once() {
        ConversationKey news = service();
        var draft = withToken(draft(news, TOM, "help"), "t");
        var addressed = new Draft(
                news, TOM, draft.content(), draft.mentions(), false, draft.token(), draft.pushData(), to(TOM));
        StoredMessage first = storage.messages().append(addressed).message();

        assertThat(storage.messages().append(addressed).duplicate()).isTrue();
        assertThat(sees(TOM, news)).containsExactly("help");
        assertThat(storage.messages().head(news)).isEqualTo(first.position());
    }

    @Test
    void a_deleted_service_is_gone_for_everybody() {
        ConversationKey news = service();
        subscribe(news, TOM);
        send(news, OPERATOR, "to all", SUBSCRIBERS);
        send(news, OPERATOR, "to Jerry", to(JERRY));
        broadcast(news, "to everybody", Duration.ofDays(1));
        ConversationKey chat = chat(TOM, JERRY);
        send(chat, JERRY, "still here");

        assertThat(storage.conversations().delete(news)).isTrue();
        assertThat(storage.conversations().delete(news)).isFalse();
        assertThat(storage.conversations().find(news)).isEmpty();
        storage.services().receiveDue(key(TOM));
        assertThat(unread(TOM)).extracting(Entry::conversation).containsExactly(chat.id());
        assertThat(unread(JERRY)).isEmpty();
        assertThat(storage.subscriptions().of(key(TOM))).isEmpty();
        ConversationKey next = service();
        assertThat(sees(TOM, next)).isEmpty();
        assertThat(storage.subscriptions().count(next)).isZero();
    }
}
