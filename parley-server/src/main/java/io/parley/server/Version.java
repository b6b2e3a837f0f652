package io.parley.server;

import java.util.Optional;

/// Which Parley this is.
public final class Version {
    private Version() {}

    /// From the jar's manifest; `dev` when run from class files.
    public static String text() {
        return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
                .orElse("dev");
    }
}
