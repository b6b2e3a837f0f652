package io.parley.gateway;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings mail from any thread to one event loop, in the order of posting. The loop is woken once for whatever has
/// piled up since it last looked, so that a message to hundreds of connections costs hundreds of small objects and
/// one wake-up.
///
/// Posting never blocks and never fails. What bounds the pile are the lanes, which produce nearly all of it: each
/// waits in [#awaitRoom] before its next command while the pile is too high.
final class Mailbox {
    private static final Logger log = LoggerFactory.getLogger(Mailbox.class);

    /// Some 2 MB of mail, or a few tenths of a second of an event loop's work.
    static final int CROWDED = 1 << 16;

    private final Executor loop;
    private final Consumer<Mail> handler;
    private final Runnable turnEnds;
    private final AtomicReference<@Nullable Mail> top = new AtomicReference<>();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition room = lock.newCondition();
    private volatile boolean awaited;

    /// @param handler runs on the loop for each mail
    /// @param turnEnds runs on the loop after some mails, and after the last for now
    Mailbox(Executor loop, Consumer<Mail> handler, Runnable turnEnds) {
        this.loop = loop;
        this.handler = handler;
        this.turnEnds = turnEnds;
    }

    /// Thread-safe.
    void post(Mail mail) {
        Mail below;
        do {
            below = top.get();
            mail.below = below;
            mail.height = below == null ? 1 : below.height + 1;
        } while (!top.compareAndSet(below, mail));
        if (below == null) wake();
    }

    private void wake() {
        try {
            loop.execute(this::empty);
        } catch (RejectedExecutionException e) {
            log.debug("mail dropped because its event loop has stopped", e);
        }
    }

    /// Waits while the event loop is far behind. For lanes only, never for an event loop.
    void awaitRoom() {
        if (!crowded()) return;
        lock.lock();
        try {
            while (true) {
                awaited = true; // before each look, or the loop may empty the pile between the look and the wait
                if (!crowded()) return;
                room.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean crowded() {
        Mail highest = top.get();
        return highest != null && highest.height >= CROWDED;
    }

    private void empty() {
        Mail mail = inOrderOfPosting(top.getAndSet(null));
        int handled = 0;
        while (mail != null) {
            Mail next = mail.below;
            mail.below = null; // the garbage of a long chain is collected piece by piece
            handler.accept(mail);
            if ((++handled & 1023) == 0) turnEnds.run();
            mail = next;
        }
        turnEnds.run();
        if (awaited) makeRoom();
    }

    private static @Nullable Mail inOrderOfPosting(@Nullable Mail latest) {
        Mail first = null;
        while (latest != null) {
            Mail earlier = latest.below;
            latest.below = first;
            first = latest;
            latest = earlier;
        }
        return first;
    }

    private void makeRoom() {
        lock.lock();
        try {
            awaited = false;
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
