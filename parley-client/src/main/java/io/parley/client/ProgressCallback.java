package io.parley.client;

/** Is told how far an upload is, on the callback executor. */
@FunctionalInterface
public interface ProgressCallback {
    /**
     * More was sent.
     *
     * @param percentDone 0 to 100, never less than before
     */
    void done(Integer percentDone);
}
