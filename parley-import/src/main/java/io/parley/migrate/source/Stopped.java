package io.parley.migrate.source;

import java.io.IOException;

/// The crawl was asked to stop. What was fetched is safe.
public final class Stopped extends IOException {
    private static final long serialVersionUID = 1;

    Stopped() {
        super("stopped");
    }
}
