package io.parley.core.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.parley.core.command.AppId;
import io.parley.core.command.ClientId;
import io.parley.core.command.Content;
import io.parley.core.command.ConversationId;
import io.parley.core.command.ConversationKey;
import io.parley.core.command.Mentions;
import io.parley.core.command.MessageId;
import io.parley.core.command.StoredMessage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FeedsTest {
    private static final ConversationKey CHAT = new ConversationKey(new AppId("app"), new ConversationId("chat"));

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final List<Long> delivered = new CopyOnWriteArrayList<>();
    private final List<StoredMessage> log = new CopyOnWriteArrayList<>();

    private final Feeds feeds = new Feeds(
            new Feeds.Source() {
                @Override
                public long head(ConversationKey conversation) {
                    return 10;
                }

                @Override
                public List<StoredMessage> after(ConversationKey conversation, long position, int limit) {
                    return log.stream()
                            .filter(message -> message.position() > position)
                            .limit(limit)
                            .toList();
                }
            },
            (conversation, message, origin) -> delivered.add(message.position()),
            timer);

    @AfterEach
    void stop() {
        timer.shutdownNow();
    }

    private static StoredMessage message(long position) {
        return new StoredMessage(
                new MessageId("m" + position),
                position,
                position,
                new ClientId("Tom"),
                new Content.Text("hi"),
                Mentions.NONE,
                false,
                0,
                false,
                0);
    }

    @Test
    void messages_offered_in_any_order_by_many_threads_go_out_in_theirs() throws Exception {
        List<Long> positions =
                new ArrayList<>(LongStream.rangeClosed(11, 2010).boxed().toList());
        for (long position : positions) log.add(message(position)); // appending comes before offering
        Collections.shuffle(positions, new Random(7));
        try (var lease = feeds.enter(CHAT);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (long position : positions) threads.submit(() -> lease.offer(message(position), Origin.UNKNOWN));
        }

        assertThat(delivered)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(11, 2010).boxed().toList());
    }

    @Test
    void a_message_that_went_out_already_is_dropped() {
        try (var lease = feeds.enter(CHAT)) {
            lease.offer(message(11), Origin.UNKNOWN);
            lease.offer(message(11), Origin.UNKNOWN);
            lease.offer(message(10), Origin.UNKNOWN);
            lease.offer(message(12), Origin.UNKNOWN);
        }

        assertThat(delivered).containsExactly(11L, 12L);
    }

    @Test
    void a_gap_that_nobody_fills_is_read_from_the_log() {
        log.add(message(11));
        log.add(message(12));
        log.add(message(13));
        try (var lease = feeds.enter(CHAT)) {
            lease.offer(message(13), Origin.UNKNOWN);
        }

        await().untilAsserted(() -> assertThat(delivered).containsExactly(11L, 12L, 13L));
    }

    @Test
    void what_the_log_does_not_have_any_more_is_skipped() {
        try (var lease = feeds.enter(CHAT)) {
            lease.offer(message(15), Origin.UNKNOWN);
            lease.offer(message(16), Origin.UNKNOWN);
        }

        await().untilAsserted(() -> assertThat(delivered).containsExactly(15L, 16L));
    }
}
