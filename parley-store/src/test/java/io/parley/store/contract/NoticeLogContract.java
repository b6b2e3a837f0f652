package io.parley.store.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.core.command.ConversationId;
import io.parley.core.command.Event;
import io.parley.core.command.Event.Blocked;
import io.parley.core.command.Event.ConversationUpdated;
import io.parley.core.command.Event.Joined;
import io.parley.core.command.Event.Left;
import io.parley.core.command.Event.MembersBlocked;
import io.parley.core.command.Event.MembersJoined;
import io.parley.core.command.Event.MembersLeft;
import io.parley.core.command.Event.MembersSilenced;
import io.parley.core.command.Event.Notice;
import io.parley.core.command.Event.Receipt;
import io.parley.core.command.Event.RoleChanged;
import io.parley.core.command.Event.Silenced;
import io.parley.core.command.Event.Timed;
import io.parley.core.command.Kind;
import io.parley.core.command.MessageId;
import io.parley.core.command.Role;
import io.parley.core.notice.NoticeLog;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Notices kept for those who are away.
public abstract class NoticeLogContract extends StorageContract {
    private static final ConversationId CHAT = new ConversationId("chat");
    private static final Instant AT = Instant.parse("2026-01-02T03:04:05.678Z");

    private Notice left(int n) {
        return new Left(CHAT, Optional.of(TOM), AT.plusMillis(n));
    }

    @Test
    void a_notice_of_every_kind_comes_back_as_it_was() {
        List<Notice> notices = List.of(
                new Joined(CHAT, Kind.NORMAL, Optional.of(TOM), AT, Duration.ZERO),
                new Joined(new ConversationId("_tmp:1"), Kind.TEMPORARY, Optional.of(TOM), AT, Duration.ofSeconds(90)),
                new Left(CHAT, Optional.of(TOM), AT),
                new Left(CHAT, Optional.empty(), AT),
                new MembersJoined(CHAT, Kind.NORMAL, List.of(TOM, MARY), Optional.of(TOM), AT),
                new MembersLeft(CHAT, List.of(MARY), Optional.of(TOM), AT),
                new ConversationUpdated(
                        CHAT,
                        attributes().put("attr.color", "red").putNull("attr.gone"),
                        attributes()
                                .set("attr", attributes().put("color", "red").put("n", 1.5)),
                        Optional.of(TOM),
                        AT),
                new RoleChanged(CHAT, JERRY, Role.MANAGER, Optional.of(TOM), AT),
                new Silenced(CHAT, true, Optional.of(TOM), AT),
                new MembersSilenced(CHAT, List.of(JERRY), false, Optional.of(TOM), AT),
                new Blocked(CHAT, false, Optional.of(TOM), AT),
                new MembersBlocked(CHAT, List.of(JERRY, MARY), true, Optional.of(TOM), AT),
                new Receipt(CHAT, new MessageId("m1"), JERRY, AT.toEpochMilli(), false),
                new Receipt(CHAT, new MessageId("m1"), JERRY, AT.toEpochMilli(), true));
        for (Notice notice : notices) storage.notices().append(APP, List.of(JERRY), notice);
        reopen();
        assertThat(storage.notices().since(key(JERRY), 0, 100))
                .extracting(Timed::notice)
                .isEqualTo(notices);
    }

    @Test
    void each_recipient_finds_it_under_the_same_time_and_nobody_else() {
        NoticeLog log = storage.notices();
        long time = log.append(APP, List.of(JERRY, MARY, JERRY), left(1));
        assertThat(log.since(key(JERRY), 0, 10)).containsExactly(new Timed(left(1), time));
        assertThat(log.since(key(MARY), 0, 10)).containsExactly(new Timed(left(1), time));
        assertThat(log.since(key(TOM), 0, 10)).isEmpty();
        assertThat(log.since(in(OTHER_APP, JERRY), 0, 10)).isEmpty();
    }

    @Test
    void notices_since_a_time_come_in_order_from_the_oldest_on() {
        NoticeLog log = storage.notices();
        List<Timed> all = IntStream.range(0, 5)
                .mapToObj(i -> new Timed(left(i), log.append(APP, List.of(JERRY), left(i))))
                .toList();
        assertThat(log.since(key(JERRY), 0, 3)).isEqualTo(all.subList(0, 3));
        assertThat(log.since(key(JERRY), all.get(2).serverTime(), 10)).isEqualTo(all.subList(3, 5));
        assertThat(log.since(key(JERRY), all.getLast().serverTime(), 10)).isEmpty();
    }

    @Test
    void no_two_notices_have_the_same_time() {
        List<Long> times = together(100, i -> storage.notices().append(APP, List.of(JERRY), left(i)));
        assertThat(new HashSet<>(times)).hasSize(100);
        long newest = times.stream().mapToLong(Long::longValue).max().orElseThrow();
        assertThat(newest).isGreaterThanOrEqualTo(clock.millis());
        reopen();
        assertThat(storage.notices().append(APP, List.of(MARY), left(0))).isGreaterThan(newest);
    }

    @Test
    void what_is_older_than_told_is_forgotten() {
        NoticeLog log = storage.notices();
        together(2500, i -> log.append(APP, List.of(JERRY, MARY), left(i)));
        clock.advance(Duration.ofHours(1));
        long kept = log.append(APP, List.of(JERRY), left(1));
        log.trim(Instant.ofEpochMilli(kept));
        assertThat(log.since(key(JERRY), 0, 10))
                .extracting(Event.Timed::serverTime)
                .containsExactly(kept);
        assertThat(log.since(key(MARY), 0, 10)).isEmpty();
    }
}
