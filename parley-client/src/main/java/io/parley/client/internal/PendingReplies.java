package io.parley.client.internal;

import io.parley.client.AVIMException;
import io.parley.client.internal.LoopThread.Timer;
import io.parley.client.internal.proto.CommandType;
import io.parley.client.internal.proto.GenericCommand;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Requests that wait for the frame with the same number. Used on the loop's thread only, and completes futures there.
 *
 * <p>Source: protocol 4.1.1.
 */
final class PendingReplies {
    private final LoopThread loop;
    private final Map<Integer, Pending> pending = new HashMap<>();
    private int last;

    PendingReplies(LoopThread loop) {
        this.loop = loop;
    }

    private static final class Pending {
        final CompletableFuture<GenericCommand> reply = new CompletableFuture<>();
        final Timer timer;

        Pending(Timer timer) {
            this.timer = timer;
        }
    }

    /** A number for the next request, from 1 on. */
    int next() {
        last = last == Integer.MAX_VALUE ? 1 : last + 1;
        return last;
    }

    /** The reply to come, or the refusal, or a time-out. */
    CompletableFuture<GenericCommand> await(int number, long millis, String what) {
        Pending waiting = new Pending(loop.schedule(() -> fail(number, Failures.timedOut(what)), millis));
        pending.put(number, waiting);
        return waiting.reply;
    }

    /** False when nobody waits for it: it came too late, or twice. */
    boolean complete(GenericCommand frame) {
        Pending waiting = pending.remove(frame.getI());
        if (waiting == null) return false;
        waiting.timer.cancel();
        if (frame.getCmd() == CommandType.error)
            waiting.reply.completeExceptionally(Failures.of(frame.getErrorMessage()));
        else waiting.reply.complete(frame);
        return true;
    }

    private void fail(int number, AVIMException error) {
        Pending waiting = pending.remove(number);
        if (waiting == null) return;
        waiting.timer.cancel();
        waiting.reply.completeExceptionally(error);
    }

    void failAll(AVIMException error) {
        List<Integer> all = new ArrayList<>(pending.keySet());
        all.sort(null);
        all.forEach(number -> fail(number, error));
    }
}
