package io.parley.core.push;

import io.parley.core.app.App;
import java.util.List;

/// Reaches the vendors. Thread-safe.
public interface PushProviders {
    /// Whether devices of this platform can be reached, as far as the settings tell. Does not block.
    boolean reaches(App app, Platform platform);

    /// Notifies devices of one platform, and waits for the vendor's answers; well below
    /// [io.parley.core.outbox.Couriers#LEASE].
    ///
    /// @return one result for each target, in their order
    List<PushResult> send(App app, Platform platform, Notification notification, List<Target> targets);

    /// Of a server that notifies nobody.
    PushProviders NONE = new PushProviders() {
        @Override
        public boolean reaches(App app, Platform platform) {
            return false;
        }

        @Override
        public List<PushResult> send(App app, Platform platform, Notification notification, List<Target> targets) {
            return targets.stream()
                    .<PushResult>map(target -> new PushResult.Rejected("no provider"))
                    .toList();
        }
    };
}
