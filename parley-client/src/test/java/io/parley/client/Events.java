package io.parley.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// What handlers were told. Thread-safe.
final class Events {
    private final List<Event> waiting = new ArrayList<>();
    private final List<Event> all = new ArrayList<>();

    /// One call of a handler.
    ///
    /// @param by who did it, or a code, or a number
    record Event(
            String name,
            AVIMClient client,
            @Nullable AVIMConversation maybeConversation,
            @Nullable AVIMMessage maybeMessage,
            List<String> members,
            String by) {
        AVIMConversation conversation() {
            return Objects.requireNonNull(maybeConversation);
        }

        AVIMMessage message() {
            return Objects.requireNonNull(maybeMessage);
        }

        @Override
        public String toString() {
            return name + " to " + client.getClientId() + " " + members + " by " + by
                    + (maybeMessage == null ? "" : " " + maybeMessage.getContent());
        }
    }

    synchronized void add(Event event) {
        waiting.add(event);
        all.add(event);
        notifyAll();
    }

    /// Takes the next event of that name.
    Event next(String name) {
        return next(name, event -> true);
    }

    Event next(String name, String client) {
        return next(name, event -> event.client().getClientId().equals(client));
    }

    synchronized Event next(String name, Predicate<Event> filter) {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(Device.PATIENCE_SECONDS);
        while (true) {
            for (Event event : waiting)
                if (event.name().equals(name) && filter.test(event)) {
                    waiting.remove(event);
                    return event;
                }
            long left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
            if (left <= 0) throw new AssertionError("no " + name + " came; told were " + all);
            try {
                wait(left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
        }
    }

    /// Everything told so far, also what was taken.
    synchronized List<Event> all() {
        return List.copyOf(all);
    }

    synchronized List<Event> all(String name) {
        return all.stream().filter(event -> event.name().equals(name)).toList();
    }
}
