package io.parley.store.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.core.command.ConversationKey;
import io.parley.core.command.Kind;
import io.parley.core.command.StoredMessage;
import io.parley.core.receipt.CursorStore.Backlog;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Offline messages of clients that get them pushed.
public abstract class BacklogContract extends StorageContract {
    private List<Backlog> backlog() {
        return storage.cursors().backlog(key(JERRY), 50, 20);
    }

    private void pushed(ConversationKey chat, StoredMessage upTo) {
        storage.cursors().backlogPushed(key(JERRY), chat.id(), upTo.timestamp());
    }

    private static Backlog of(ConversationKey chat, StoredMessage... messages) {
        return new Backlog(chat.id(), Kind.NORMAL, List.of(messages), false);
    }

    @Test
    void messages_of_others_after_the_delivery_mark() {
        ConversationKey chat = chat(TOM, JERRY);
        assertThat(backlog()).isEmpty();
        StoredMessage one = send(chat, TOM, "1");
        send(chat, JERRY, "mine");
        StoredMessage two = send(chat, TOM, "2");
        assertThat(backlog()).containsExactly(of(chat, one, two));
        storage.cursors().acknowledge(chat, JERRY, one.timestamp(), 1);
        assertThat(backlog()).containsExactly(of(chat, two));
        storage.cursors().acknowledge(chat, JERRY, two.timestamp(), 1);
        assertThat(backlog()).isEmpty();
        reopen();
        assertThat(backlog()).isEmpty();
        assertThat(storage.cursors().backlog(in(OTHER_APP, JERRY), 50, 20)).isEmpty();
    }

    @Test
    void the_newest_messages_of_the_newest_conversations() {
        ConversationKey old = chat(TOM, JERRY);
        ConversationKey chat = chat(TOM, JERRY);
        send(old, TOM, "old");
        clock.advance(Duration.ofSeconds(1));
        send(chat, TOM, "1");
        StoredMessage two = send(chat, TOM, "2");
        StoredMessage three = send(chat, TOM, "3");
        assertThat(storage.cursors().backlog(key(JERRY), 1, 2))
                .containsExactly(new Backlog(chat.id(), Kind.NORMAL, List.of(two, three), true));
        assertThat(storage.cursors().backlog(key(JERRY), 1, 3))
                .singleElement()
                .satisfies(backlog -> assertThat(backlog.hasMore()).isFalse());
    }

    @Test
    void what_was_pushed_three_times_in_vain_is_left_out() {
        ConversationKey chat = chat(TOM, JERRY);
        StoredMessage one = send(chat, TOM, "{broken}");
        pushed(chat, one);
        StoredMessage two = send(chat, TOM, "2");
        pushed(chat, two);
        assertThat(backlog()).containsExactly(of(chat, one, two));
        pushed(chat, two);
        assertThat(backlog())
                .as("the first was pushed three times, the second twice")
                .containsExactly(of(chat, two));
        reopen();
        assertThat(backlog()).containsExactly(of(chat, two));
        pushed(chat, two);
        assertThat(backlog()).isEmpty();
        StoredMessage three = send(chat, TOM, "3");
        assertThat(backlog()).containsExactly(of(chat, three));
    }

    @Test
    void an_acknowledgement_lets_later_messages_be_pushed_afresh() {
        ConversationKey chat = chat(TOM, JERRY);
        StoredMessage one = send(chat, TOM, "1");
        pushed(chat, one);
        pushed(chat, one);
        storage.cursors().acknowledge(chat, JERRY, one.timestamp(), 1);
        StoredMessage two = send(chat, TOM, "2");
        pushed(chat, two);
        pushed(chat, two);
        assertThat(backlog()).containsExactly(of(chat, two));
    }
}
