package io.parley.load.workload;

/// Messages that flow until they are told to stop. Thread-safe.
interface Traffic {
    void start();

    /// No new messages from now on. Those under way still arrive.
    void stop();

    /// Whether every message that was sent has come to its end. Asked after [#stop].
    boolean isSettled();
}
