package io.parley.store.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.core.command.Content;
import io.parley.core.command.ConversationKey;
import io.parley.core.command.Event.MessagesPatched.Patched;
import io.parley.core.command.Kind;
import io.parley.core.command.Mentions;
import io.parley.core.command.MessageCommand.History.Direction;
import io.parley.core.command.MessageId;
import io.parley.core.command.StoredMessage;
import io.parley.core.message.HistoryRange;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/// Edits and recalls.
public abstract class PatchContract extends StorageContract {
    private StoredMessage edit(ConversationKey chat, StoredMessage message, String text) {
        return storage.messages()
                .patch(chat, message.id(), message.timestamp(), new Content.Text(text), Optional.empty(), false)
                .orElseThrow();
    }

    @Test
    void an_edit_replaces_the_content_in_place() {
        ConversationKey chat = chat(TOM, JERRY);
        Mentions mentions = new Mentions(false, List.of(JERRY));
        StoredMessage before = send(mentioning(draft(chat, TOM, "tpyo"), mentions));
        StoredMessage last = send(chat, JERRY, "what?");
        clock.advance(Duration.ofSeconds(5));
        StoredMessage after = edit(chat, before, "typo");
        assertThat(after)
                .isEqualTo(new StoredMessage(
                        before.id(),
                        1,
                        before.timestamp(),
                        TOM,
                        new Content.Text("typo"),
                        mentions,
                        false,
                        clock.millis(),
                        false,
                        0));
        reopen();
        HistoryRange all = new HistoryRange(Optional.empty(), Optional.empty(), Direction.OLD, 10, OptionalInt.empty());
        assertThat(storage.messages().history(chat, all)).containsExactly(after, last);
        assertThat(storage.messages().find(chat, before.id(), 0)).contains(after);
    }

    @Test
    void a_recall_and_new_mentions_are_kept() {
        ConversationKey chat = chat(TOM, JERRY);
        StoredMessage before = send(mentioning(draft(chat, TOM, "oops"), new Mentions(true, List.of())));
        StoredMessage after = storage.messages()
                .patch(chat, before.id(), 0, Content.RECALLED, Optional.of(Mentions.NONE), true)
                .orElseThrow();
        assertThat(after.recalled()).isTrue();
        assertThat(after.content()).isEqualTo(Content.RECALLED);
        assertThat(after.mentions()).isEqualTo(Mentions.NONE);
        assertThat(storage.messages().find(chat, before.id(), 0)).contains(after);
    }

    @Test
    void what_is_not_there_cannot_be_changed() {
        ConversationKey chat = chat(TOM, JERRY);
        ConversationKey other = chat(TOM, JERRY);
        StoredMessage message = send(chat, TOM, "hello");
        Content content = new Content.Text("changed");
        var log = storage.messages();
        assertThat(log.patch(chat, new MessageId("nothing"), 0, content, Optional.empty(), false))
                .isEmpty();
        assertThat(log.patch(chat, message.id(), message.timestamp() - 1, content, Optional.empty(), false))
                .isEmpty();
        assertThat(log.patch(other, message.id(), message.timestamp(), content, Optional.empty(), false))
                .isEmpty();
        assertThat(log.find(chat, message.id(), 0)).contains(message);
    }

    @Test
    void every_patch_has_a_later_time_than_those_before_also_after_reopening() {
        ConversationKey chat = chat(TOM, JERRY);
        List<StoredMessage> messages = together(50, i -> send(chat, TOM, "message " + i));
        List<Long> times =
                together(50, i -> edit(chat, messages.get(i), "edited").patchedAt());
        assertThat(new HashSet<>(times)).hasSize(50);
        long newest = times.stream().mapToLong(Long::longValue).max().orElseThrow();
        reopen();
        assertThat(edit(chat, messages.getFirst(), "again").patchedAt()).isGreaterThan(newest);
    }

    @Test
    void patches_since_a_time_come_from_the_clients_conversations_only() {
        ConversationKey chat = chat(TOM, JERRY);
        ConversationKey second = chat(JERRY, MARY);
        ConversationKey strangers = chat(TOM, MARY);
        ConversationKey foreign =
                create(conversation(OTHER_APP, Kind.NORMAL, JERRY)).key();
        StoredMessage one = edit(chat, send(chat, TOM, "1"), "one");
        clock.advance(Duration.ofSeconds(1));
        StoredMessage two = edit(second, send(second, MARY, "2"), "two");
        edit(strangers, send(strangers, MARY, "3"), "three");
        edit(foreign, send(foreign, JERRY, "4"), "four");
        StoredMessage five = edit(chat, send(chat, JERRY, "5"), "five");
        var log = storage.messages();
        assertThat(log.patchesSince(key(JERRY), 0, 10))
                .containsExactly(
                        new Patched(chat.id(), one), new Patched(second.id(), two), new Patched(chat.id(), five));
        assertThat(log.patchesSince(key(JERRY), one.patchedAt(), 10))
                .containsExactly(new Patched(second.id(), two), new Patched(chat.id(), five));
        assertThat(log.patchesSince(key(JERRY), 0, 2))
                .containsExactly(new Patched(second.id(), two), new Patched(chat.id(), five));
        assertThat(log.patchesSince(key(JERRY), five.patchedAt(), 10)).isEmpty();
    }

    @Test
    void a_message_changed_twice_counts_once_with_its_last_change() {
        ConversationKey chat = chat(TOM, JERRY);
        StoredMessage message = send(chat, TOM, "1");
        edit(chat, message, "2");
        StoredMessage last = edit(chat, message, "3");
        assertThat(storage.messages().patchesSince(key(JERRY), 0, 10)).containsExactly(new Patched(chat.id(), last));
    }
}
