package io.parley.store.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.core.command.Content;
import io.parley.core.command.ConversationKey;
import io.parley.core.command.ErrorCode;
import io.parley.core.command.Mentions;
import io.parley.core.command.MessageCommand.History.Bound;
import io.parley.core.command.MessageCommand.History.Direction;
import io.parley.core.command.MessageId;
import io.parley.core.command.Refusal;
import io.parley.core.command.StoredMessage;
import io.parley.core.message.Draft;
import io.parley.core.message.HistoryRange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Pages of history.
public abstract class HistoryContract extends StorageContract {
    private static HistoryRange range(Optional<Bound> lower, Optional<Bound> upper, Direction direction, int limit) {
        return new HistoryRange(lower, upper, direction, limit, OptionalInt.empty());
    }

    private List<StoredMessage> history(ConversationKey chat, HistoryRange range) {
        return storage.messages().history(chat, range);
    }

    @Test
    void a_page_is_ascending_in_both_directions_and_cut_at_the_far_end() {
        ConversationKey chat = chat(TOM, JERRY);
        List<StoredMessage> all = new ArrayList<>();
        for (int i = 0; i < 10; i++) all.add(send(chat, TOM, "message " + i));
        assertThat(history(chat, range(Optional.empty(), Optional.empty(), Direction.OLD, 3)))
                .isEqualTo(all.subList(7, 10));
        assertThat(history(chat, range(Optional.empty(), Optional.empty(), Direction.NEW, 3)))
                .isEqualTo(all.subList(0, 3));
        assertThat(history(chat, range(Optional.empty(), Optional.empty(), Direction.OLD, 0)))
                .isEmpty();
        assertThat(history(chat(TOM, MARY), range(Optional.empty(), Optional.empty(), Direction.OLD, 3)))
                .isEmpty();
    }

    @Test
    void any_range_holds_what_a_plain_search_finds() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        ConversationKey chat = chat(TOM, JERRY);
        List<StoredMessage> all = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            clock.advance(Duration.ofMillis(random.nextInt(4)));
            all.add(send(chat, TOM, "message " + i));
            send(chat(TOM, MARY), TOM, "elsewhere");
        }
        for (int round = 0; round < 300; round++) {
            Optional<Bound> lower = bound(random, all);
            Optional<Bound> upper = bound(random, all);
            Direction direction = random.nextBoolean() ? Direction.OLD : Direction.NEW;
            int limit = random.nextInt(1, 50);
            HistoryRange range = range(lower, upper, direction, limit);
            assertThat(history(chat, range)).as("seed %d, %s", seed, range).isEqualTo(search(all, range));
        }
    }

    private static Optional<Bound> bound(Random random, List<StoredMessage> all) {
        StoredMessage at = all.get(random.nextInt(all.size()));
        boolean included = random.nextBoolean();
        return switch (random.nextInt(5)) {
            case 0 -> Optional.empty();
            case 1 -> Optional.of(new Bound(at.timestamp(), Optional.empty(), included));
            case 2 -> Optional.of(new Bound(at.timestamp() + random.nextInt(-3, 4), Optional.empty(), included));
            case 3 -> Optional.of(new Bound(at.timestamp(), Optional.of(at.id()), included));
            default -> Optional.of(new Bound(0, Optional.of(at.id()), included));
        };
    }

    private static List<StoredMessage> search(List<StoredMessage> all, HistoryRange range) {
        List<StoredMessage> found = all.stream()
                .filter(m -> range.lower().isEmpty() || inside(m, range.lower().get(), 1, all))
                .filter(m -> range.upper().isEmpty() || inside(m, range.upper().get(), -1, all))
                .toList();
        int size = found.size();
        int limit = Math.min(range.limit(), size);
        return range.direction() == Direction.OLD ? found.subList(size - limit, size) : found.subList(0, limit);
    }

    /// @param side 1 when what is later is inside, -1 when what is earlier is
    private static boolean inside(StoredMessage message, Bound bound, int side, List<StoredMessage> all) {
        long timestamp = bound.timestamp();
        if (timestamp == 0)
            timestamp = all.stream()
                    .filter(m -> m.id().equals(bound.id().orElseThrow()))
                    .findFirst()
                    .orElseThrow()
                    .timestamp();
        int order = Long.signum(message.timestamp() - timestamp) * side;
        return order > 0 || (order == 0 && bound.included());
    }

    @Test
    void a_bound_whose_id_is_unknown_is_refused_by_name() {
        ConversationKey chat = chat(TOM, JERRY);
        send(chat, TOM, "hello");
        MessageId unknown = new MessageId("qNkRkFWOeSqP65S9fDyHJw");
        Bound bound = new Bound(0, Optional.of(unknown), false);
        assertThatThrownBy(() -> history(chat, range(Optional.empty(), Optional.of(bound), Direction.OLD, 10)))
                .isInstanceOfSatisfying(Refusal.class, refusal -> {
                    assertThat(refusal.code()).isEqualTo(ErrorCode.CONVERSATION_LOG_FAILED);
                    assertThat(refusal.detail()).contains(unknown.value());
                });
    }

    @Test
    void only_messages_of_a_type() {
        ConversationKey chat = chat(TOM, JERRY);
        StoredMessage first = send(chat, TOM, "{\"_lctype\":-1,\"_lctext\":\"a\"}");
        send(chat, TOM, "{\"_lctype\":-2}");
        send(chat, TOM, "plain text");
        send(chat, TOM, "{broken");
        send(chat, TOM, "[{\"_lctype\":-1}]");
        send(chat, TOM, "{\"_lctype\":\"-1\"}");
        send(chat, TOM, "{\"nested\":{\"_lctype\":-1}}");
        send(chat, TOM, "-1");
        send(new Draft(
                chat,
                TOM,
                new Content.Binary("{\"_lctype\":-1}".getBytes(java.nio.charset.StandardCharsets.UTF_8)),
                Mentions.NONE,
                false,
                Optional.empty(),
                Optional.empty()));
        StoredMessage last = send(chat, TOM, " {\"_lctext\":\"b\", \"_lctype\": -1}");
        HistoryRange all = new HistoryRange(Optional.empty(), Optional.empty(), Direction.OLD, 100, OptionalInt.of(-1));
        assertThat(history(chat, all)).containsExactly(first, last);
        HistoryRange newest =
                new HistoryRange(Optional.empty(), Optional.empty(), Direction.OLD, 1, OptionalInt.of(-1));
        assertThat(history(chat, newest)).containsExactly(last);
    }
}
