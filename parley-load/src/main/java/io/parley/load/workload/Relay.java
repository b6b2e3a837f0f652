package io.parley.load.workload;

import io.parley.load.client.LightClient;
import io.parley.load.client.Listener;
import io.parley.load.client.RefusedException;
import io.parley.load.measure.Verdict;
import io.parley.load.wire.AckView;
import io.parley.load.wire.DirectView;

/// What a client tells, passed on to whoever plays with it: the client must exist before the one who listens.
/// Connections that end before [#over] are held against the server.
final class Relay implements Listener {
    private static final Listener NOBODY = new Listener() {};

    private final Verdict verdict;
    private volatile Listener to = NOBODY;
    private volatile boolean over;

    Relay(Verdict verdict) {
        this.verdict = verdict;
    }

    void to(Listener listener) {
        to = listener;
    }

    /// From now on the connection may end.
    void over() {
        over = true;
    }

    @Override
    public void delivered(LightClient client, DirectView message) {
        to.delivered(client, message);
    }

    @Override
    public void acked(LightClient client, int sequence, AckView ack) {
        to.acked(client, sequence, ack);
    }

    @Override
    public void refused(LightClient client, int sequence, RefusedException refusal) {
        to.refused(client, sequence, refusal);
    }

    @Override
    public void closed(LightClient client, String cause) {
        if (!over) {
            verdict.dropped(cause);
        }
    }
}
