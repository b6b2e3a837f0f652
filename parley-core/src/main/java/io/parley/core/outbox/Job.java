package io.parley.core.outbox;

import io.parley.core.command.AppId;
import java.time.Instant;
import java.util.Optional;

/// Something to be done once, later, whatever happens meanwhile.
///
/// @param lane jobs of one app, purpose and lane are done in the order they were added, one after the other
/// @param payload what the courier needs to know, as JSON text
/// @param notBefore heeded when nothing else of the lane waits
public record Job(AppId app, Purpose purpose, String lane, String payload, Optional<Instant> notBefore) {
    public Job(AppId app, Purpose purpose, String lane, String payload) {
        this(app, purpose, lane, payload, Optional.empty());
    }
}
