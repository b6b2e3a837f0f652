package io.parley.store.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.core.command.ConversationKey;
import io.parley.core.command.Event.Unread.Entry;
import io.parley.core.command.Kind;
import io.parley.core.command.MessageId;
import io.parley.core.command.StoredMessage;
import io.parley.core.message.Audience;
import io.parley.core.message.ServiceLog.Broadcast;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Who receives broadcasts. Source: semantics 4.4.
public abstract class BroadcastContract extends ServiceContract {
    private static final Duration DAY = Duration.ofDays(1);
    private ConversationKey news;

    @BeforeEach
    void aServiceThatTomAndJerryKnow() {
        news = service();
        storage.services().receiveDue(key(TOM));
        storage.services().receiveDue(key(JERRY));
    }

    @Test
    void clients_that_are_here_receive_a_broadcast_once() {
        StoredMessage message = broadcast(news, "hear", DAY);

        assertThat(storage.services().receive(news, message, List.of(TOM, JERRY)))
                .containsExactlyInAnyOrder(TOM, JERRY);
        assertThat(storage.services().receive(news, message, List.of(TOM))).isEmpty();
        storage.services().receiveDue(key(TOM));
        assertThat(sees(TOM, news)).containsExactly("hear");
        assertThat(unread(TOM)).containsExactly(new Entry(news.id(), Kind.SERVICE, 1, false, message));
        assertThat(storage.services().isAddressed(news, TOM, message)).isTrue();
    }

    @Test
    void clients_that_come_later_receive_all_they_missed() {
        broadcast(news, "one", DAY);
        broadcast(news, "two", DAY);
        broadcast(service(), "of another service", DAY);
        assertThat(sees(TOM, news)).isEmpty();

        storage.services().receiveDue(key(TOM));

        assertThat(sees(TOM, news)).containsExactly("one", "two");
        assertThat(unread(TOM)).extracting(Entry::count).containsExactly(1, 2);
        assertThat(sees(JERRY, news)).isEmpty();
    }

    @Test
    void a_client_that_was_never_here_receives_the_most_recent_one() {
        broadcast(news, "one", DAY);
        broadcast(news, "two", DAY);
        broadcast(news, "over already", Duration.ofSeconds(1));
        tick(2000);

        storage.services().receiveDue(key(MARY));
        storage.services().receiveDue(key(MARY));

        assertThat(sees(MARY, news)).containsExactly("two");
        broadcast(news, "three", DAY);
        storage.services().receiveDue(key(MARY));
        assertThat(sees(MARY, news)).containsExactly("two", "three");
    }

    @Test
    void what_is_over_is_not_received_but_stays_with_those_who_have_it() {
        StoredMessage message = broadcast(news, "today only", DAY);
        storage.services().receive(news, message, List.of(TOM));
        clock.advance(DAY);

        storage.services().receiveDue(key(JERRY));

        assertThat(sees(TOM, news)).containsExactly("today only");
        assertThat(sees(JERRY, news)).isEmpty();
        assertThat(storage.services().broadcasts(news, 0, 10)).isEmpty();
    }

    @Test
    void what_is_withdrawn_is_not_received_but_stays_with_those_who_have_it() {
        StoredMessage message = broadcast(news, "sorry", DAY);
        storage.services().receive(news, message, List.of(TOM));

        assertThat(storage.services().withdraw(OTHER_APP, message.id())).isFalse();
        assertThat(storage.services().withdraw(APP, message.id())).isTrue();
        assertThat(storage.services().withdraw(APP, message.id())).isFalse();
        assertThat(storage.services().withdraw(APP, new MessageId("imported"))).isFalse();
        storage.services().receiveDue(key(JERRY));
        assertThat(sees(TOM, news)).containsExactly("sorry");
        assertThat(sees(JERRY, news)).isEmpty();
    }

    @Test
    void only_broadcasts_are_withdrawn() {
        StoredMessage message = send(news, OPERATOR, "to Tom", to(TOM));

        assertThat(storage.services().withdraw(APP, message.id())).isFalse();
        assertThat(sees(TOM, news)).containsExactly("to Tom");
    }

    @Test
    void valid_broadcasts_are_listed_newest_first() {
        StoredMessage one = broadcast(news, "one", DAY);
        Instant end = clock.instant().plus(DAY);
        StoredMessage two = send(news, OPERATOR, "two", new Audience.Everybody(end));
        broadcast(service(), "elsewhere", DAY);

        assertThat(storage.services().broadcasts(news, 0, 10))
                .extracting(Broadcast::message)
                .containsExactly(two, one);
        assertThat(storage.services().broadcasts(news, 0, 1)).containsExactly(new Broadcast(two, end));
        assertThat(storage.services().broadcasts(news, 1, 10))
                .extracting(Broadcast::message)
                .containsExactly(one);
    }

    @Test
    void clients_of_another_app_receive_nothing() {
        broadcast(news, "one", DAY);
        storage.services().receiveDue(in(OTHER_APP, TOM));

        assertThat(storage.cursors().unread(in(OTHER_APP, TOM), 0, 50, 100)).isEmpty();
    }

    @Test
    void who_was_here_is_remembered() {
        broadcast(news, "one", DAY);
        broadcast(news, "two", DAY);
        reopen();

        storage.services().receiveDue(key(TOM));

        assertThat(sees(TOM, news)).containsExactly("one", "two");
    }
}
