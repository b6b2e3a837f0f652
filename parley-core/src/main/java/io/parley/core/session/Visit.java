package io.parley.core.session;

import io.parley.core.command.ClientId;
import io.parley.core.command.Device;
import java.util.Optional;

/// Who was logged in with what: what may be remembered of a session when it is over, since it holds no connection.
/// Two visits are never equal, whatever they tell. Immutable.
public final class Visit {
    private final ClientId client;
    private final Device device;
    private final Optional<String> tag;
    private final String userAgent;

    Visit(ClientId client, Device device, Optional<String> tag, String userAgent) {
        this.client = client;
        this.device = device;
        this.tag = tag;
        this.userAgent = userAgent;
    }

    public ClientId client() {
        return client;
    }

    public Device device() {
        return device;
    }

    public Optional<String> tag() {
        return tag;
    }

    /// What the SDK calls itself.
    public String userAgent() {
        return userAgent;
    }

    @Override
    public String toString() {
        return "visit of " + client;
    }
}
