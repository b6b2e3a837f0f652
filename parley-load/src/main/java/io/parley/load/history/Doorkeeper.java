package io.parley.load.history;

import io.parley.load.client.Commands;
import io.parley.load.client.RefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/// Lets the guests of a founder's conversations in and out, one change at a time. A change whose answer got lost
/// is asked for again before anything else, so that it is known in the end who is in. Belongs to the founder's
/// device.
final class Doorkeeper {
    private static final int NOT_A_MEMBER = 4317;

    /// @param conversation whose founder the client is
    record Door(String conversation, List<String> guests) {}

    private record Change(String conversation, String guest, boolean in, long requestedAt) {}

    private final List<Door> doors;
    private final Recorder recorder;
    private final List<String> inside = new ArrayList<>(); // conversation and guest
    private Optional<Change> waiting = Optional.empty();

    Doorkeeper(List<Door> doors, Recorder recorder) {
        this.doors = doors;
        this.recorder = recorder;
    }

    /// Whether it is unknown if the newest change took effect.
    boolean isWaiting() {
        return waiting.isPresent();
    }

    /// Shows one guest in or out.
    void act(Line line, Random random) throws InterruptedException {
        retry(line);
        Door door = doors.get(random.nextInt(doors.size()));
        if (!door.guests().isEmpty()) {
            String guest = door.guests().get(random.nextInt(door.guests().size()));
            change(line, door.conversation(), guest, !inside.contains(key(door.conversation(), guest)));
        }
    }

    /// Has everybody in, for the end.
    void openAll(Line line) throws InterruptedException {
        retry(line);
        for (Door door : doors) {
            for (String guest : door.guests()) {
                if (!inside.contains(key(door.conversation(), guest))) {
                    change(line, door.conversation(), guest, true);
                }
            }
        }
    }

    /// Asks again for the change whose answer got lost.
    void retry(Line line) throws InterruptedException {
        if (waiting.isPresent()) {
            ask(line, waiting.get());
        }
    }

    private void change(Line line, String conversation, String guest, boolean in) throws InterruptedException {
        ask(line, new Change(conversation, guest, in, recorder.tick()));
    }

    private void ask(Line line, Change change) throws InterruptedException {
        waiting = Optional.of(change);
        List<String> guest = List.of(change.guest());
        try {
            line.ask(
                    change.in()
                            ? Commands.add(change.conversation(), guest)
                            : Commands.remove(change.conversation(), guest));
        } catch (RefusedException refusal) {
            // Asked a second time, to remove whom the first request had removed.
            if (change.in() || refusal.code() != NOT_A_MEMBER) {
                throw refusal;
            }
        }
        waiting = Optional.empty();
        recorder.memberChanged(change.conversation(), change.guest(), change.in(), change.requestedAt());
        if (change.in()) {
            inside.add(key(change.conversation(), change.guest()));
        } else {
            inside.remove(key(change.conversation(), change.guest()));
        }
    }

    private static String key(String conversation, String guest) {
        return conversation + " " + guest;
    }
}
