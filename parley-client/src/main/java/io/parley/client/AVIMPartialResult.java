package io.parley.client;

import java.util.List;
import java.util.Map;

/** What became of an operation on several members, some of whom may have been refused. Immutable. */
public final class AVIMPartialResult {
    private final List<String> succeeded;
    private final Map<String, AVIMException> failed;

    AVIMPartialResult(List<String> succeeded, Map<String, AVIMException> failed) {
        this.succeeded = List.copyOf(succeeded);
        this.failed = Map.copyOf(failed);
    }

    /**
     * Those for whom it was done.
     *
     * @return client ids
     */
    public List<String> getSucceeded() {
        return succeeded;
    }

    /**
     * Why it was not done for the others.
     *
     * @return by client id; empty when it was done for all
     */
    public Map<String, AVIMException> getFailures() {
        return failed;
    }

    /**
     * Whether it was done for all.
     *
     * @return false when somebody was refused
     */
    public boolean isComplete() {
        return failed.isEmpty();
    }
}
