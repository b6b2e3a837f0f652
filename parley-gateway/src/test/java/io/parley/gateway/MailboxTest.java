package io.parley.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class MailboxTest {
    private final BlockingQueue<Runnable> loop = new LinkedBlockingQueue<>();
    private final List<Mail> handled = new ArrayList<>();
    private int turns;
    private final Mailbox mailbox = new Mailbox(loop::add, handled::add, () -> turns++);

    @SuppressWarnings("NullAway") // no connection is needed to tell mails apart
    private static Mail mail() {
        return new Mail.Done(null);
    }

    @Test
    void one_wake_up_brings_all_that_has_piled_up_in_order() {
        List<Mail> posted = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            Mail mail = mail();
            posted.add(mail);
            mailbox.post(mail);
        }
        assertThat(loop).hasSize(1);
        loop.remove().run();
        assertThat(handled).isEqualTo(posted);
        assertThat(turns).isEqualTo(1);
    }

    @Test
    void a_long_pile_is_flushed_in_between() {
        for (int i = 0; i < 5000; i++) mailbox.post(mail());
        loop.remove().run();
        assertThat(handled).hasSize(5000);
        assertThat(turns).isEqualTo(5);
    }

    @Test
    void the_mail_of_each_poster_keeps_its_order() throws Exception {
        List<List<Mail>> posted = new ArrayList<>();
        List<Thread> posters = new ArrayList<>();
        for (int poster = 0; poster < 4; poster++) {
            List<Mail> mine = new ArrayList<>();
            for (int i = 0; i < 20_000; i++) mine.add(mail());
            posted.add(mine);
            posters.add(Thread.ofPlatform().start(() -> mine.forEach(mailbox::post)));
        }
        while (handled.size() < 80_000) {
            Runnable task = loop.poll(20, TimeUnit.SECONDS);
            assertThat(task).as("after " + handled.size()).isNotNull();
            task.run();
        }
        for (Thread poster : posters) poster.join();
        for (List<Mail> mine : posted) {
            var mineOnly = new HashSet<>(mine);
            assertThat(handled.stream().filter(mineOnly::contains).toList()).isEqualTo(mine);
        }
    }

    @Test
    void a_lane_waits_while_the_pile_is_too_high() throws Exception {
        for (int i = 0; i < Mailbox.CROWDED; i++) mailbox.post(mail());
        CountDownLatch through = new CountDownLatch(1);
        Thread lane = Thread.ofVirtual().start(() -> {
            mailbox.awaitRoom();
            through.countDown();
        });
        while (lane.getState() != Thread.State.WAITING) Thread.onSpinWait();
        assertThat(through.getCount()).isEqualTo(1);
        loop.remove().run();
        assertThat(through.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void a_lane_that_wakes_to_another_high_pile_waits_for_that_one_too() throws Exception {
        List<Mailbox> itself = new ArrayList<>();
        AtomicInteger refills = new AtomicInteger(1);
        Mailbox busy = new Mailbox(
                loop::add,
                mail -> {
                    if (refills.getAndDecrement() > 0) fill(itself.getFirst()); // piles up while the loop is at work
                },
                () -> {});
        itself.add(busy);
        fill(busy);
        CountDownLatch through = new CountDownLatch(1);
        Thread lane = Thread.ofPlatform().start(() -> {
            busy.awaitRoom();
            through.countDown();
        });
        while (lane.getState() != Thread.State.WAITING) Thread.onSpinWait();
        loop.remove().run();
        // Woken, it finds the second pile and must come to rest again.
        await().until(() -> lane.getState() == Thread.State.WAITING);
        loop.remove().run();
        assertThat(through.await(20, TimeUnit.SECONDS)).isTrue();
    }

    private static void fill(Mailbox mailbox) {
        for (int i = 0; i < Mailbox.CROWDED; i++) mailbox.post(mail());
    }

    @Test
    void a_lane_does_not_wait_for_a_low_pile() {
        for (int i = 1; i < Mailbox.CROWDED; i++) mailbox.post(mail());
        mailbox.awaitRoom();
        assertThat(handled).isEmpty();
    }
}
