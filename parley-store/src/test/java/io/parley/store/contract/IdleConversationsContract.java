package io.parley.store.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.core.command.ConversationKey;
import io.parley.core.command.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Conversations that nobody uses any more.
public abstract class IdleConversationsContract extends StorageContract {
    private static final Duration LONG = Duration.ofDays(30);

    private List<ConversationKey> idle(Instant since) {
        return storage.conversations().idle(APP, since, 100);
    }

    @Test
    void messages_and_changes_keep_a_conversation_from_being_idle() {
        ConversationKey silent = chat(TOM, JERRY);
        ConversationKey spoken = chat(TOM, JERRY);
        ConversationKey renamed = chat(TOM, JERRY);
        ConversationKey room = create(conversation(APP, Kind.CHAT_ROOM)).key();
        create(conversation(OTHER_APP, Kind.NORMAL, TOM));
        clock.advance(LONG);
        Instant since = clock.instant();
        clock.advance(Duration.ofSeconds(1));
        send(spoken, TOM, "hi");
        storage.conversations().update(renamed, attributes -> attributes.put("name", "new"));

        assertThat(idle(since)).containsExactlyInAnyOrder(silent, room);
    }

    @Test
    void an_idle_conversation_goes_with_its_messages() {
        ConversationKey silent = chat(TOM, JERRY);
        send(silent, TOM, "long ago");
        clock.advance(LONG);

        assertThat(storage.conversations().deleteIdle(silent, clock.instant())).isTrue();

        assertThat(storage.conversations().find(silent)).isEmpty();
        assertThat(storage.cursors().unread(key(JERRY), 0, 50, 100)).isEmpty();
        assertThat(idle(clock.instant())).isEmpty();
    }

    @Test
    void a_message_in_the_last_moment_saves_it() {
        ConversationKey chat = chat(TOM, JERRY);
        clock.advance(LONG);
        Instant since = clock.instant();
        assertThat(idle(since)).containsExactly(chat);
        send(chat, TOM, "still here");

        assertThat(storage.conversations().deleteIdle(chat, since)).isFalse();
        assertThat(storage.conversations().find(chat)).isPresent();
    }
}
