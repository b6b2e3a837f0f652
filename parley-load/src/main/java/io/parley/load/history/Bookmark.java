package io.parley.load.history;

import io.parley.load.client.Commands.Place;
import java.util.Optional;

/// Up to where one device knows one conversation without gaps. While the device catches up, pushes do not move
/// the mark: what lies between it and them is still missing. Thread-safe.
final class Bookmark {
    private Place known = new Place("", 0);
    private Place pushed = new Place("", 0);
    private boolean caughtUp;
    private int gaps;

    synchronized void pushed(Place place) {
        pushed = later(pushed, place);
        if (caughtUp) {
            known = later(known, place);
        }
    }

    /// There may be a gap after what is known.
    synchronized void gap() {
        gaps++;
        caughtUp = false;
        pushed = new Place("", 0);
    }

    synchronized boolean isCaughtUp() {
        return caughtUp;
    }

    /// Everything up to here is known now.
    synchronized void fetched(Place upTo) {
        known = later(known, upTo);
    }

    /// How many gaps there were so far.
    synchronized int gaps() {
        return gaps;
    }

    /// Everything up to the newest push is known now, unless there was another gap meanwhile.
    ///
    /// @param gaps how many there had been when the device began to catch up
    synchronized void caughtUp(int gaps) {
        if (gaps == this.gaps) {
            known = later(known, pushed);
            caughtUp = true;
        }
    }

    /// Empty: from the beginning.
    synchronized Optional<Place> known() {
        return known.timestamp() == 0 ? Optional.empty() : Optional.of(known);
    }

    private static Place later(Place one, Place other) {
        return other.timestamp() > one.timestamp() ? other : one;
    }
}
