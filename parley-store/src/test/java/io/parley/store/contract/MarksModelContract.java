package io.parley.store.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.core.command.ClientId;
import io.parley.core.command.ConversationKey;
import io.parley.core.command.Event.Unread.Entry;
import io.parley.core.command.Kind;
import io.parley.core.command.Mentions;
import io.parley.core.command.MessageId;
import io.parley.core.command.StoredMessage;
import io.parley.core.receipt.CursorStore.Marks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Random sequences of sends, acknowledgements, reads, joins and leaves, compared with a model that is too simple to be
/// wrong.
public abstract class MarksModelContract extends StorageContract {
    private static final int STEPS = 600;
    private static final List<ClientId> CLIENTS =
            List.of(TOM, JERRY, MARY, new ClientId("Spike"), new ClientId("Tyke"));

    private static final class Member {
        private long delivered;
        private long read;
        private long readAt;

        private Member(long start) {
            delivered = start;
            read = start;
        }
    }

    private static final class Chat {
        private final ConversationKey key;
        private final List<StoredMessage> messages = new ArrayList<>();
        private final Map<MessageId, Long> deliveredAt = new HashMap<>();
        private final Map<ClientId, Member> members = new HashMap<>();

        private Chat(ConversationKey key) {
            this.key = key;
        }

        private Member member(ClientId client) {
            return Objects.requireNonNull(members.get(client), "no member");
        }

        private long head() {
            return messages.isEmpty() ? 0 : messages.getLast().timestamp();
        }

        private void delivered(ClientId client, long upTo, long now) {
            Member member = member(client);
            for (StoredMessage message : messages)
                if (message.timestamp() > member.delivered
                        && message.timestamp() <= upTo
                        && !message.from().equals(client)) deliveredAt.putIfAbsent(message.id(), now);
            member.delivered = Math.max(member.delivered, upTo);
        }

        private StoredMessage now(StoredMessage m) {
            return new StoredMessage(
                    m.id(),
                    m.position(),
                    m.timestamp(),
                    m.from(),
                    m.content(),
                    m.mentions(),
                    m.receipt(),
                    0,
                    false,
                    deliveredAt.getOrDefault(m.id(), 0L));
        }

        private Entry unread(ClientId client, int maxCount) {
            List<StoredMessage> unread = new ArrayList<>();
            for (StoredMessage message : messages.reversed())
                if (message.timestamp() > member(client).read
                        && !message.from().equals(client)
                        && unread.size() < maxCount) unread.add(message);
            boolean mentioned = unread.stream().anyMatch(m -> m.mentions().mention(client));
            return new Entry(key.id(), Kind.NORMAL, unread.size(), mentioned, now(messages.getLast()));
        }
    }

    @Test
    void marks_and_counts_are_those_of_a_plain_model() {
        long seed = System.nanoTime();
        System.out.println(getClass().getSimpleName() + " seed " + seed);
        Random random = new Random(seed);
        List<Chat> chats = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Chat chat = new Chat(chat(CLIENTS.subList(0, 2 + i % 3).toArray(ClientId[]::new)));
            for (ClientId client : CLIENTS.subList(0, 2 + i % 3)) chat.members.put(client, new Member(0));
            chats.add(chat);
        }
        for (int step = 0; step < STEPS; step++) {
            clock.advance(Duration.ofMillis(random.nextInt(3)));
            change(random, chats.get(random.nextInt(chats.size())));
            if (step % 100 == 99 && random.nextBoolean()) reopen();
            if (step % 10 == 0) compare(seed, step, random, chats);
        }
        reopen();
        compare(seed, STEPS, random, chats);
    }

    private void change(Random random, Chat chat) {
        ClientId client = CLIENTS.get(random.nextInt(CLIENTS.size()));
        boolean member = chat.members.containsKey(client);
        long now = clock.millis();
        switch (random.nextInt(10)) {
            case 0, 1, 2, 3 -> send(random, chat, client);
            case 4, 5, 6 -> {
                if (!member || chat.messages.isEmpty()) return;
                long upTo = any(random, chat).timestamp();
                assertThat(storage.cursors().acknowledge(chat.key, client, upTo, now))
                        .isEqualTo(chat.member(client).delivered);
                chat.delivered(client, upTo, now);
            }
            case 7, 8 -> {
                if (!member || chat.messages.isEmpty()) return;
                long upTo = any(random, chat).timestamp();
                Member reader = chat.member(client);
                assertThat(storage.cursors().read(chat.key, client, upTo, now)).isEqualTo(reader.read);
                chat.delivered(client, upTo, now);
                if (upTo > reader.read) {
                    reader.read = upTo;
                    reader.readAt = now;
                }
            }
            default -> {
                if (member) {
                    storage.conversations().removeMembers(chat.key, List.of(client));
                    chat.members.remove(client);
                } else {
                    storage.conversations().addMembers(chat.key, List.of(client), 500);
                    chat.members.put(client, new Member(chat.head()));
                }
            }
        }
    }

    private void send(Random random, Chat chat, ClientId client) {
        Mentions mentions = Mentions.of(random.nextInt(20) == 0, random.nextInt(5) == 0 ? List.of(JERRY) : List.of());
        chat.messages.add(send(mentioning(draft(chat.key, client, "message"), mentions)));
    }

    private static StoredMessage any(Random random, Chat chat) {
        int newest = chat.messages.size();
        return chat.messages.get(random.nextInt(Math.max(0, newest - 8), newest));
    }

    private void compare(long seed, int step, Random random, List<Chat> chats) {
        String where = "seed " + seed + ", step " + step;
        for (Chat chat : chats) {
            Map<ClientId, Marks> marks = new HashMap<>();
            chat.members.forEach((client, member) -> marks.put(client, new Marks(member.delivered, member.read)));
            assertThat(storage.cursors().marks(chat.key)).as(where).isEqualTo(marks);
            assertThat(storage.messages().after(chat.key, 0, 1000))
                    .as(where)
                    .isEqualTo(chat.messages.stream().map(chat::now).toList());
        }
        for (ClientId client : CLIENTS) {
            int maxCount = random.nextInt(1, 12);
            long since = random.nextBoolean() ? 0 : clock.millis() - random.nextInt(60);
            List<Entry> expected = chats.stream()
                    .filter(chat -> chat.members.containsKey(client) && !chat.messages.isEmpty())
                    .filter(chat -> isNews(chat, client, since))
                    .map(chat -> chat.unread(client, maxCount))
                    .sorted(Comparator.comparingLong((Entry e) -> e.last().timestamp())
                            .reversed())
                    .toList();
            assertThat(storage.cursors().unread(key(client), since, 100, maxCount))
                    .as("%s, unread of %s since %d", where, client, since)
                    .containsExactlyInAnyOrderElementsOf(expected)
                    .isSortedAccordingTo(
                            Comparator.comparingLong((Entry e) -> e.last().timestamp())
                                    .reversed());
        }
    }

    private static boolean isNews(Chat chat, ClientId client, long since) {
        Member member = chat.member(client);
        boolean unread = chat.unread(client, 1).count() > 0;
        return (unread && chat.head() > since) || (since > 0 && member.readAt > since);
    }
}
