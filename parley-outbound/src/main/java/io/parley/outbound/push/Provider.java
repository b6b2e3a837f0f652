package io.parley.outbound.push;

import io.parley.core.push.Notification;
import io.parley.core.push.PushResult;
import io.parley.core.push.Target;
import java.util.List;

/// One account at one vendor. Thread-safe; blocks.
interface Provider extends AutoCloseable {
    /// @return one result for each target, in their order
    List<PushResult> send(Notification notification, List<Target> targets);

    @Override
    default void close() {}
}
