package io.parley.outbound.push;

import io.parley.core.push.Target;
import java.nio.file.Path;

/// An entry of the settings: where the credentials of a profile are.
record Account(String profile, Path file) {
    static Account of(String entry) {
        int equals = entry.indexOf('=');
        return equals < 0
                ? new Account(Target.DEFAULT_PROFILE, Path.of(entry))
                : new Account(entry.substring(0, equals), Path.of(entry.substring(equals + 1)));
    }
}
