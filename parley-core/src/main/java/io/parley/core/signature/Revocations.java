package io.parley.core.signature;

import io.parley.core.command.AppId;
import io.parley.core.command.ClientId;

/// Since when signatures and tokens of a client count.
@FunctionalInterface
public interface Revocations {
    Revocations NONE = (app, client) -> 0;

    /// What was signed at this time or before is worthless; milliseconds since the epoch, 0 when nothing is.
    long upTo(AppId app, ClientId client);
}
