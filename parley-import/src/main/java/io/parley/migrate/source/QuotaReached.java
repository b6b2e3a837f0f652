package io.parley.migrate.source;

import java.io.IOException;

/// The app's calls for today, or those we allow ourselves, are used up. What was fetched is safe; go on tomorrow.
public final class QuotaReached extends IOException {
    private static final long serialVersionUID = 1;

    QuotaReached(String reason) {
        super(reason);
    }
}
