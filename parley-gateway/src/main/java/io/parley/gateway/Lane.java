package io.parley.gateway;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The inbox of one connection and the virtual thread that empties it, one piece of work after the other. The
/// thread lives while there is work: a silent connection costs none.
///
/// The inbox is bounded by its only producer, the connection's event loop: [#add] tells it when to stop reading the
/// socket. What was read already still comes in, so that the bound may be passed by the frames of one read.
final class Lane implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(Lane.class);
    private static final ThreadFactory THREADS =
            Thread.ofVirtual().name("parley-lane").factory();

    private final Host host;
    private final Queue<Runnable> inbox = new ConcurrentLinkedQueue<>();
    private final AtomicInteger unfinished = new AtomicInteger();
    private volatile @Nullable Thread runner;
    private volatile boolean paused;

    /// The connection, as its lane sees it. Called on the lane's thread.
    interface Host {
        /// Waits until the effects of one more command can be borne.
        void awaitRoom();

        /// A piece of work is done.
        void workDone();

        /// Half of the inbox is free again after it was full.
        void inboxHasRoom();

        int maxInbox();
    }

    Lane(Host host) {
        this.host = host;
    }

    /// Called on the event loop only. Returns false when the inbox is full.
    boolean add(Runnable work) {
        inbox.add(work);
        int waiting = unfinished.incrementAndGet();
        if (waiting == 1) THREADS.newThread(this).start();
        if (waiting < host.maxInbox()) return true;
        paused = true;
        // The lane may have emptied the inbox before it could see that it is waited for.
        if (unfinished.get() > host.maxInbox() / 2) return false;
        paused = false;
        return true;
    }

    @Override
    public void run() {
        int left;
        do {
            runner = Thread.currentThread();
            host.awaitRoom();
            work(inbox.remove());
            host.workDone();
            runner = null; // before the count says that another thread may start
            left = unfinished.decrementAndGet();
            if (paused && left <= host.maxInbox() / 2) {
                paused = false;
                host.inboxHasRoom();
            }
        } while (left > 0);
    }

    private static void work(Runnable work) {
        try {
            work.run();
        } catch (Throwable e) {
            // Commands answer their own failures. A lane that died would leave its connection mute.
            log.error("work of a connection failed", e);
        }
    }

    /// The calling thread is this lane's.
    boolean isCurrentThread() {
        return runner == Thread.currentThread();
    }

    /// Lets the lane look again at what it waits for.
    void wake() {
        LockSupport.unpark(runner);
    }
}
