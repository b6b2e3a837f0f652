package io.parley.core.signature;

import io.parley.core.command.AppId;
import java.time.Instant;

/// Signatures that were used, for apps that take each only once. Kept on disk, so that a restart opens no door.
/// Thread-safe; may block.
public interface UsedSignatures {
    /// Notes that a signature is used. Durable on return. Some time after `until` it is forgotten.
    ///
    /// @param signature lower-case hexadecimal digits
    /// @return false when it was noted before
    boolean use(AppId app, String signature, Instant until);
}
