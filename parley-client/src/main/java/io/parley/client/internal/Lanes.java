package io.parley.client.internal;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;

/**
 * Keeps what happens in a conversation in order while something about it is being asked: held tasks wait for the answer,
 * other conversations go on. On the loop's thread only.
 */
public final class Lanes {
    private final Map<String, Lane> held = new HashMap<>();

    private static final class Lane {
        final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
        int holds;
    }

    /** Runs the task now, or after what the conversation waits for. */
    public void run(String conversation, Runnable task) {
        Lane lane = held.get(conversation);
        if (lane == null) task.run();
        else lane.waiting.add(task);
    }

    /** From now on, tasks of this conversation wait. */
    public void hold(String conversation) {
        held.computeIfAbsent(conversation, id -> new Lane()).holds++;
    }

    /** Ends one hold; after the last one, what has waited runs. */
    public void release(String conversation) {
        Lane lane = held.get(conversation);
        if (lane == null || --lane.holds > 0) return;
        while (lane.holds == 0 && !lane.waiting.isEmpty()) lane.waiting.remove().run();
        if (lane.holds == 0) held.remove(conversation);
    }
}
