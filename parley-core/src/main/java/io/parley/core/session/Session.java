package io.parley.core.session;

import io.parley.core.app.App;
import io.parley.core.command.Capabilities;
import io.parley.core.command.ClientId;
import io.parley.core.command.ConversationId;
import io.parley.core.command.Device;
import io.parley.core.command.Event.MessageArrived;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// One logged-in client on one connection. Thread-safe.
///
/// Until the client has been told what it missed ([#live]), events wait here: `opened` must be the first frame of a
/// session,
/// and a message must not be both counted as unread and pushed. Source: protocol 8.3, 8.6.
public final class Session implements Caller {
    private volatile App app;
    private final ClientId client;
    private final Optional<String> tag;
    private final Capabilities capabilities;
    private final OfflineMode offlineMode;
    private final Outlet outlet;
    private final String userAgent;
    private volatile Visit visit;
    private volatile boolean live;
    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicReference<@Nullable Runnable> will = new AtomicReference<>();
    private final List<Outgoing> waiting = new ArrayList<>(0); // guarded by this

    public Session(
            App app,
            ClientId client,
            Optional<String> tag,
            Device device,
            Capabilities capabilities,
            OfflineMode offlineMode,
            String userAgent,
            Outlet outlet) {
        this.app = app;
        this.client = client;
        this.tag = tag;
        this.visit = new Visit(client, device, tag, userAgent);
        this.capabilities = capabilities;
        this.offlineMode = offlineMode;
        this.userAgent = userAgent;
        this.outlet = outlet;
    }

    @Override
    public App app() {
        return app;
    }

    /// The same app with other settings.
    void app(App app) {
        this.app = app;
    }

    @Override
    public ClientId client() {
        return client;
    }

    @Override
    public Optional<ClientId> actor() {
        return Optional.of(client);
    }

    @Override
    public Optional<Session> session() {
        return Optional.of(this);
    }

    public Optional<String> tag() {
        return tag;
    }

    public Device device() {
        return visit.device();
    }

    public void device(Device device) {
        this.visit = new Visit(client, device, tag, userAgent);
    }

    public Visit visit() {
        return visit;
    }

    public Capabilities capabilities() {
        return capabilities;
    }

    public OfflineMode offlineMode() {
        return offlineMode;
    }

    public String userAgent() {
        return userAgent;
    }

    @Override
    public Optional<String> address() {
        return outlet.address();
    }

    public Outlet outlet() {
        return outlet;
    }

    /// What happens when this session drops without a logout; replaces what was set before.
    public void will(Runnable will) {
        this.will.set(will);
    }

    /// Takes the will away, for carrying it out or for forgetting it.
    public Optional<Runnable> takeWill() {
        return Optional.ofNullable(will.getAndSet(null));
    }

    /// The session was closed, or forced off: it may send nothing more.
    public boolean over() {
        return over.get();
    }

    /// Returns false when it was over already.
    boolean end() {
        return over.compareAndSet(false, true);
    }

    /// Sends an event, or keeps it until the session is live.
    public void deliver(Outgoing event) {
        if (!live && keep(event)) return;
        outlet.send(client, event);
    }

    /// Sends an event past those that wait: what the client missed.
    public void catchUp(Outgoing event) {
        outlet.send(client, event);
    }

    private synchronized boolean keep(Outgoing event) {
        if (live) return false;
        waiting.add(event);
        return true;
    }

    /// Sends what waited, and from now on everything at once.
    ///
    /// @param told per conversation the timestamp up to which the client already knows of messages
    public synchronized void live(Map<ConversationId, Long> told) {
        for (Outgoing event : waiting) {
            if (event.event() instanceof MessageArrived message
                    && !message.transientMessage()
                    && message.timestamp() <= told.getOrDefault(message.conversation(), 0L)) continue;
            outlet.send(client, event);
        }
        waiting.clear();
        live = true;
    }

    /// Events wait again, until the next [#live].
    synchronized void pause() {
        live = false;
    }

    @Override
    public String toString() {
        return app.id() + "/" + client;
    }
}
