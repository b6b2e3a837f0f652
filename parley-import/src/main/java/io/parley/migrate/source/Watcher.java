package io.parley.migrate.source;

import io.parley.migrate.archive.SetName;

/// Sees how a crawl goes on, and may ask it to stop.
public interface Watcher {
    Watcher NONE = new Watcher() {
        @Override
        public void added(SetName set, long lines, String where) {}

        @Override
        public void skipped(SetName set, String reason) {}

        @Override
        public boolean stopWanted() {
            return false;
        }
    };

    /// @param lines of the set by now
    /// @param where in its source the set has come, for humans; may be empty
    void added(SetName set, long lines, String where);

    /// The source does not have this, or does not give it.
    void skipped(SetName set, String reason);

    /// Asked after every call. What was fetched is kept.
    boolean stopWanted();

    /// How many lines a set will have, as far as the source tells.
    default void expected(SetName set, long lines) {}
}
