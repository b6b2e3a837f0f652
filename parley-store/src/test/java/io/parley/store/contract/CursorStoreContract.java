package io.parley.store.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.core.command.ClientId;
import io.parley.core.command.ConversationId;
import io.parley.core.command.ConversationKey;
import io.parley.core.command.Event.Unread.Entry;
import io.parley.core.command.Kind;
import io.parley.core.command.Mentions;
import io.parley.core.command.Reply;
import io.parley.core.command.StoredMessage;
import io.parley.core.conversation.ConversationStore.NewConversation;
import io.parley.core.receipt.CursorStore;
import io.parley.core.receipt.CursorStore.Marks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Delivery marks, read marks and what is unread. See [BacklogContract] for offline messages and [MarksModelContract]
/// for random sequences.
public abstract class CursorStoreContract extends StorageContract {
    private CursorStore cursors() {
        return storage.cursors();
    }

    private long deliveredAt(ConversationKey chat, StoredMessage message) {
        return storage.messages().find(chat, message.id(), 0).orElseThrow().deliveredAt();
    }

    @Test
    void a_delivery_mark_only_moves_forward_and_tells_where_it_was() {
        ConversationKey chat = chat(TOM, JERRY);
        assertThat(cursors().marks(chat)).isEqualTo(Map.of(TOM, new Marks(0, 0), JERRY, new Marks(0, 0)));
        assertThat(cursors().acknowledge(chat, JERRY, 100, 1)).isZero();
        assertThat(cursors().acknowledge(chat, JERRY, 90, 2)).isEqualTo(100);
        assertThat(cursors().acknowledge(chat, JERRY, 100, 3)).isEqualTo(100);
        assertThat(cursors().acknowledge(chat, JERRY, 101, 4)).isEqualTo(100);
        assertThat(cursors().marks(chat)).isEqualTo(Map.of(TOM, new Marks(0, 0), JERRY, new Marks(101, 0)));
        reopen();
        assertThat(cursors().marks(chat)).isEqualTo(Map.of(TOM, new Marks(0, 0), JERRY, new Marks(101, 0)));
    }

    @Test
    void the_first_recipients_acknowledgement_is_the_delivery_time() {
        ConversationKey chat = chat(TOM, JERRY, MARY);
        StoredMessage one = send(chat, TOM, "1");
        StoredMessage two = send(chat, TOM, "2");
        cursors().acknowledge(chat, TOM, two.timestamp(), 10); // his other device: no recipient
        assertThat(deliveredAt(chat, one)).isZero();
        cursors().acknowledge(chat, JERRY, one.timestamp(), 20);
        assertThat(deliveredAt(chat, one)).isEqualTo(20);
        assertThat(deliveredAt(chat, two)).isZero();
        cursors().acknowledge(chat, MARY, two.timestamp(), 30);
        cursors().acknowledge(chat, JERRY, two.timestamp(), 40);
        assertThat(deliveredAt(chat, one)).isEqualTo(20);
        assertThat(deliveredAt(chat, two)).isEqualTo(30);
        reopen();
        assertThat(deliveredAt(chat, one)).isEqualTo(20);
        assertThat(deliveredAt(chat, two)).isEqualTo(30);
    }

    @Test
    void a_message_from_before_others_joined_gets_its_delivery_time_from_whom_it_was_for() {
        ConversationKey chat = chat(TOM, JERRY);
        StoredMessage early = send(chat, TOM, "early");
        List<ClientId> late = List.of(MARY, new ClientId("Spike"), new ClientId("Tyke"));
        storage.conversations().addMembers(chat, late, 500);
        StoredMessage last = send(chat, TOM, "last");
        for (ClientId member : late) cursors().acknowledge(chat, member, last.timestamp(), 10);
        assertThat(deliveredAt(chat, early)).isZero();
        assertThat(deliveredAt(chat, last)).isEqualTo(10);
        cursors().acknowledge(chat, JERRY, last.timestamp(), 20);
        assertThat(deliveredAt(chat, early)).isEqualTo(20);
        reopen();
        assertThat(deliveredAt(chat, early)).isEqualTo(20);
        assertThat(deliveredAt(chat, last)).isEqualTo(10);
    }

    @Test
    void acknowledgements_become_durable_while_others_come() {
        ConversationKey chat = chat(TOM, JERRY);
        List<StoredMessage> messages = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            messages.add(send(chat, TOM, "message " + i));
            cursors().acknowledge(chat, JERRY, messages.getLast().timestamp(), 1000 + i);
        }
        for (int i = 0; i < 300; i++)
            assertThat(deliveredAt(chat, messages.get(i))).as("message %d", i).isEqualTo(1000 + i);
        reopen();
        for (int i = 0; i < 300; i++)
            assertThat(deliveredAt(chat, messages.get(i))).as("message %d", i).isEqualTo(1000 + i);
    }

    @Test
    void who_is_no_member_moves_no_mark() {
        ConversationKey chat = chat(TOM, JERRY);
        StoredMessage message = send(chat, TOM, "hello");
        assertThat(cursors().acknowledge(chat, MARY, 100, 1)).isEqualTo(100);
        assertThat(cursors().read(chat, MARY, 100, 1)).isEqualTo(100);
        ConversationKey unknown = new ConversationKey(APP, new ConversationId("unknown"));
        assertThat(cursors().acknowledge(unknown, TOM, 100, 1)).isEqualTo(100);
        assertThat(cursors().read(unknown, TOM, 100, 1)).isEqualTo(100);
        assertThat(cursors().marks(unknown)).isEmpty();
        assertThat(cursors().marks(chat)).containsOnlyKeys(TOM, JERRY);
        assertThat(deliveredAt(chat, message)).isZero();
        assertThat(cursors().unread(key(MARY), chat.id(), 10)).isEmpty();
    }

    @Test
    void reading_moves_both_marks_forward_only() {
        ConversationKey chat = chat(TOM, JERRY);
        StoredMessage message = send(chat, TOM, "hello");
        long at = message.timestamp();
        assertThat(cursors().read(chat, JERRY, at, 50)).isZero();
        assertThat(cursors().read(chat, JERRY, at - 1, 60)).isEqualTo(at);
        cursors().acknowledge(chat, JERRY, at + 5, 70);
        assertThat(cursors().read(chat, JERRY, at + 3, 80)).isEqualTo(at);
        assertThat(cursors().marks(chat)).containsEntry(JERRY, new Marks(at + 5, at + 3));
        assertThat(deliveredAt(chat, message)).isEqualTo(50);
        reopen();
        assertThat(cursors().marks(chat)).containsEntry(JERRY, new Marks(at + 5, at + 3));
        assertThat(deliveredAt(chat, message)).isEqualTo(50);
    }

    @Test
    void unread_counts_messages_of_others_after_the_read_mark() {
        ConversationKey chat = chat(TOM, JERRY);
        assertThat(cursors().unread(key(JERRY), chat.id(), 10)).isEmpty();
        StoredMessage first = send(chat, TOM, "1");
        send(chat, TOM, "2");
        StoredMessage own = send(chat, JERRY, "mine");
        Entry two = new Entry(chat.id(), Kind.NORMAL, 2, false, own);
        assertThat(cursors().unread(key(JERRY), 0, 10, 10)).containsExactly(two);
        assertThat(cursors().unread(key(JERRY), chat.id(), 10)).contains(two);
        cursors().read(chat, JERRY, first.timestamp(), 5);
        assertThat(cursors().unread(key(JERRY), chat.id(), 10))
                .contains(new Entry(chat.id(), Kind.NORMAL, 1, false, own));
        cursors().read(chat, JERRY, own.timestamp(), 6);
        assertThat(cursors().unread(key(JERRY), chat.id(), 10))
                .contains(new Entry(chat.id(), Kind.NORMAL, 0, false, own));
        assertThat(cursors().unread(key(JERRY), 0, 10, 10)).isEmpty();
    }

    @Test
    void acknowledging_does_not_make_read() {
        ConversationKey chat = chat(TOM, JERRY);
        StoredMessage message = send(chat, TOM, "1");
        cursors().acknowledge(chat, JERRY, message.timestamp(), 1);
        assertThat(cursors().unread(key(JERRY), 0, 10, 10)).hasSize(1);
    }

    @Test
    void counts_stop_where_told_and_the_newest_conversations_come_first() {
        List<ConversationKey> chats = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            chats.add(chat(TOM, JERRY));
            for (int n = 0; n <= i; n++) {
                clock.advance(Duration.ofSeconds(1));
                send(chats.get(i), TOM, "hello");
            }
        }
        clock.advance(Duration.ofSeconds(1));
        send(chats.getFirst(), TOM, "once more");
        assertThat(cursors().unread(key(JERRY), 0, 3, 4))
                .extracting(Entry::conversation, Entry::count)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(chats.get(0).id(), 2),
                        org.assertj.core.groups.Tuple.tuple(chats.get(4).id(), 4),
                        org.assertj.core.groups.Tuple.tuple(chats.get(3).id(), 4));
    }

    @Test
    void mentioned_tells_whether_an_unread_message_names_the_client() {
        ConversationKey chat = chat(TOM, JERRY, MARY);
        StoredMessage named = send(mentioning(draft(chat, TOM, "hi"), new Mentions(false, List.of(JERRY))));
        StoredMessage last = send(chat, TOM, "plain");
        assertThat(cursors().unread(key(JERRY), chat.id(), 10).orElseThrow().mentioned())
                .isTrue();
        assertThat(cursors().unread(key(MARY), chat.id(), 10).orElseThrow().mentioned())
                .isFalse();
        cursors().read(chat, JERRY, named.timestamp(), 1);
        assertThat(cursors().unread(key(JERRY), chat.id(), 10))
                .contains(new Entry(chat.id(), Kind.NORMAL, 1, false, last));
        send(mentioning(draft(chat, TOM, "all"), new Mentions(true, List.of())));
        assertThat(cursors().unread(key(MARY), chat.id(), 10).orElseThrow().mentioned())
                .isTrue();
        assertThat(cursors().unread(key(TOM), chat.id(), 10).orElseThrow().mentioned())
                .as("an own message mentions nobody else")
                .isFalse();
    }

    @Test
    void since_a_time_only_what_changed_is_told() {
        ConversationKey quiet = chat(TOM, JERRY);
        ConversationKey busy = chat(TOM, JERRY);
        ConversationKey read = chat(TOM, JERRY);
        send(quiet, TOM, "old");
        send(busy, TOM, "old");
        StoredMessage seen = send(read, TOM, "old");
        clock.advance(Duration.ofMinutes(1));
        long since = clock.millis();
        clock.advance(Duration.ofMinutes(1));
        StoredMessage news = send(busy, TOM, "new");
        cursors().read(read, JERRY, seen.timestamp(), clock.millis());
        assertThat(cursors().unread(key(JERRY), since, 10, 10))
                .containsExactly(
                        new Entry(busy.id(), Kind.NORMAL, 2, false, news),
                        new Entry(
                                read.id(),
                                Kind.NORMAL,
                                0,
                                false,
                                storage.messages().find(read, seen.id(), 0).orElseThrow()));
        assertThat(cursors().unread(key(JERRY), clock.millis(), 10, 10)).isEmpty();
    }

    @Test
    void an_own_message_alone_is_no_news() {
        ConversationKey chat = chat(TOM, JERRY);
        send(chat, JERRY, "mine");
        assertThat(cursors().unread(key(JERRY), 0, 10, 10)).isEmpty();
        assertThat(cursors().unread(key(JERRY), 1, 10, 10)).isEmpty();
    }

    @Test
    void a_temporary_conversation_counts_until_its_end() {
        NewConversation made = conversation(APP, Kind.TEMPORARY, TOM, JERRY);
        ConversationKey chat = create(new NewConversation(
                        made.key(),
                        made.kind(),
                        made.creator(),
                        made.attributes(),
                        made.members(),
                        Optional.empty(),
                        made.createdAt(),
                        Optional.of(clock.instant().plusSeconds(60))))
                .key();
        StoredMessage last = send(chat, TOM, "hello");
        assertThat(cursors().unread(key(JERRY), 0, 10, 10))
                .containsExactly(new Entry(chat.id(), Kind.TEMPORARY, 1, false, last));
        clock.advance(Duration.ofSeconds(61));
        assertThat(cursors().unread(key(JERRY), 0, 10, 10)).isEmpty();
    }

    @Test
    void the_same_client_of_another_app_has_nothing_unread() {
        ConversationKey chat = chat(TOM, JERRY);
        send(chat, TOM, "hello");
        assertThat(cursors().unread(in(OTHER_APP, JERRY), 0, 10, 10)).isEmpty();
        assertThat(cursors().unread(in(OTHER_APP, JERRY), chat.id(), 10)).isEmpty();
    }

    @Test
    void many_acknowledge_and_read_at_once() {
        ClientId[] members = new ClientId[50];
        for (int i = 0; i < members.length; i++) members[i] = new ClientId("c" + i);
        ConversationKey chat = chat(members);
        long newest = 0;
        for (int i = 0; i < 20; i++)
            newest = send(chat, members[0], "message " + i).timestamp();
        long last = newest;
        together(1000, i -> {
            long upTo = last - i / members.length;
            return i % 3 == 0
                    ? cursors().read(chat, members[i % members.length], upTo, i)
                    : cursors().acknowledge(chat, members[i % members.length], upTo, i);
        });
        for (ClientId member : members) cursors().read(chat, member, last, 5);
        assertThat(cursors().marks(chat))
                .hasSize(50)
                .allSatisfy((client, marks) -> assertThat(marks).isEqualTo(new Marks(last, last)));
        reopen();
        assertThat(cursors().marks(chat))
                .hasSize(50)
                .allSatisfy((client, marks) -> assertThat(marks).isEqualTo(new Marks(last, last)));
        assertThat(storage.messages().after(chat, 0, 100))
                .allSatisfy(message -> assertThat(message.deliveredAt()).isPositive());
    }

    @Test
    void when_a_member_read_is_remembered() {
        ConversationKey chat = chat(TOM, JERRY);
        long first = send(chat, TOM, "1").timestamp();
        long second = send(chat, TOM, "2").timestamp();
        assertThat(cursors().lastRead(chat, JERRY)).isEmpty();

        cursors().read(chat, JERRY, first, first + 50);
        assertThat(cursors().lastRead(chat, JERRY)).contains(new Reply.ReadMark(first, first + 50));
        cursors().read(chat, JERRY, second, second + 70);
        reopen();

        assertThat(cursors().lastRead(chat, JERRY)).contains(new Reply.ReadMark(second, second + 70));
        assertThat(cursors().lastRead(chat, MARY)).isEmpty();
    }
}
