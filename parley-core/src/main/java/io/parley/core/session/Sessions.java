package io.parley.core.session;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.parley.core.app.App;
import io.parley.core.command.AppId;
import io.parley.core.command.Capabilities;
import io.parley.core.command.ClientId;
import io.parley.core.command.ClientKey;
import io.parley.core.command.Device;
import io.parley.core.command.ErrorCode;
import io.parley.core.command.Event;
import io.parley.core.command.ObjectIds;
import io.parley.core.command.Refusal;
import io.parley.core.command.SessionCommand.Open;
import io.parley.core.command.Signature;
import io.parley.core.session.SessionTokens.Grant;
import io.parley.core.signature.Signatures;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Who is logged in. Thread-safe; only [#open] and [#refresh] may block.
public final class Sessions {
    private static final Logger log = LoggerFactory.getLogger(Sessions.class);

    /// A tag that means no tag. Source: semantics 2.4.
    private static final String NO_TAG = "default";

    private static final Session[] NOBODY = {};

    private final Signatures signatures;
    private final SessionTokens tokens;
    private final Admission admission;
    private final Map<AppId, Map<ClientId, Session[]>> byApp = new ConcurrentHashMap<>();
    private final ClientsOfToday today;
    private final AtomicInteger open = new AtomicInteger();
    private volatile Consumer<Session> oustedListener = session -> {};
    private final Counter opened;

    /// The last word before a session opens, when it is known that the client is who it says.
    @FunctionalInterface
    public interface Admission {
        /// Returns, or refuses.
        void admit(App app, ClientId client, Open command);
    }

    public Sessions(
            Signatures signatures, SessionTokens tokens, Admission admission, Clock clock, MeterRegistry meters) {
        this.admission = admission;
        this.today = new ClientsOfToday(clock);
        this.signatures = signatures;
        this.tokens = tokens;
        this.opened = Counter.builder("parley.sessions.opened")
                .description("sessions opened since the start")
                .register(meters);
        Gauge.builder("parley.sessions.open", open, AtomicInteger::get)
                .description("sessions open now")
                .register(meters);
    }

    /// Who wants to know of sessions that had to go for another device. Set once, before anybody logs in. Must not
    /// block for long.
    public void onOusted(Consumer<Session> listener) {
        oustedListener = listener;
    }

    /// Opens a session; it stays silent until [Session#live].
    ///
    /// @param current the client's session on the same connection, if it opens again: it is kept. Source: protocol
    /// 4.2.2
    public Session open(App app, Outlet outlet, OfflineMode mode, Open command, Optional<Session> current) {
        checkOrigin(app, outlet);
        Optional<Grant> grant = command.token()
                .map(token -> tokens.verify(app, token)
                        .filter(known ->
                                command.client().map(known.client()::equals).orElse(true))
                        .orElseThrow(() -> Refusal.of(
                                ErrorCode.SESSION_TOKEN_EXPIRED,
                                "the session token is unknown or expired; log in without it")));
        ClientId client =
                command.client().or(() -> grant.map(Grant::client)).orElseGet(() -> new ClientId(ObjectIds.next()));
        if (grant.isEmpty() && app.settings().loginSignature()) signatures.checkLogin(app, client, command.signature());
        admission.admit(app, client, command);
        if (current.isPresent() && !current.get().over()) {
            current.get().pause();
            return current.get();
        }
        Session session = new Session(
                app,
                client,
                command.tag().or(() -> grant.flatMap(Grant::tag)).filter(tag -> !tag.isEmpty() && !tag.equals(NO_TAG)),
                command.device().identity().isPresent()
                        ? command.device()
                        : grant.map(Grant::device).orElse(Device.UNKNOWN),
                command.capabilities()
                        .or(() -> grant.map(Grant::capabilities))
                        .or(() -> ofSameDevice(app.id(), client, command.device()))
                        .orElse(Capabilities.NONE),
                mode,
                command.userAgent(),
                outlet);
        register(session, command.reconnect());
        today.seen(app.id(), client);
        open.incrementAndGet();
        opened.increment();
        log.debug("session opened app={} client={} ua={}", app.id(), client, command.userAgent());
        return session;
    }

    /// Browsers may connect from the app's own pages only, once it lists them. Source: semantics 2.2.
    private static void checkOrigin(App app, Outlet outlet) {
        List<String> allowed = app.settings().webOrigins();
        if (!allowed.isEmpty()
                && outlet.origin().filter(origin -> !allowed.contains(origin)).isPresent())
            throw Refusal.of(
                    ErrorCode.INVALID_ORIGIN,
                    "pages of \"%s\" may not connect to this app",
                    outlet.origin().orElse(""));
    }

    /// C# does not repeat its capabilities when it reconnects. Source: protocol 4.2.1.
    private Optional<Capabilities> ofSameDevice(AppId app, ClientId client, Device device) {
        for (Session other : of(app, client))
            if (other.device().sameAs(device)) return Optional.of(other.capabilities());
        return Optional.empty();
    }

    private void register(Session session, boolean reconnect) {
        List<Session> ousted = new ArrayList<>(0);
        sessionsOf(session.app().id()).compute(session.client(), (client, present) -> {
            List<Session> stay = new ArrayList<>();
            for (Session other : present == null ? NOBODY : present) {
                if (session.tag().isEmpty() || !session.tag().equals(other.tag())) {
                    stay.add(other);
                } else if (other.device().sameAs(session.device()) || other.outlet() == session.outlet()) {
                    end(other); // the same device comes back before its old socket is known to be dead
                } else if (reconnect) {
                    throw Refusal.of(
                            ErrorCode.SESSION_CONFLICT,
                            "another device holds the tag \"%s\" of this client",
                            session.tag().orElse(""));
                } else {
                    ousted.add(other);
                }
            }
            stay.add(session);
            return stay.toArray(NOBODY);
        });
        for (Session other : ousted) {
            if (!end(other)) continue;
            other.catchUp(new Outgoing(
                    other.app().id(),
                    new Event.SessionClosed(ErrorCode.SESSION_CONFLICT, ErrorCode.SESSION_CONFLICT.name())));
            oustedListener.accept(other);
        }
    }

    /// Ends a session. Returns false when it was over already.
    public boolean close(Session session) {
        if (!end(session)) return false;
        sessionsOf(session.app().id()).computeIfPresent(session.client(), (client, present) -> {
            List<Session> stay = new ArrayList<>(present.length);
            for (Session other : present) if (other != session) stay.add(other);
            return stay.isEmpty() ? null : stay.toArray(NOBODY);
        });
        return true;
    }

    /// Forces a client off on all devices. Source: semantics 2.5.
    ///
    /// @return the sessions that were ended by it
    public List<Session> sendAway(ClientKey client, ErrorCode why, String reason) {
        List<Session> ended = new ArrayList<>();
        for (Session session : of(client.app(), client.client())) {
            if (!close(session)) continue;
            session.catchUp(new Outgoing(client.app(), new Event.SessionClosed(why, reason)));
            ended.add(session);
        }
        return ended;
    }

    private boolean end(Session session) {
        if (!session.end()) return false;
        open.decrementAndGet();
        return true;
    }

    /// A fresh token for a session.
    public String token(Session session) {
        return tokens.issue(
                session.app(), new Grant(session.client(), session.tag(), session.device(), session.capabilities()));
    }

    /// Renews a session's token. The old one may be expired, but when given it must not be somebody else's.
    public String refresh(Session session, Optional<String> token, Optional<Signature> signature) {
        if (session.app().settings().loginSignature()
                && token.flatMap(old -> tokens.verify(session.app(), old))
                        .filter(grant -> grant.client().equals(session.client()))
                        .isEmpty()) signatures.checkLogin(session.app(), session.client(), signature);
        return token(session);
    }

    /// The client a valid token belongs to.
    public Optional<ClientId> verify(App app, String token) {
        return tokens.verify(app, token).map(Grant::client);
    }

    /// The open sessions of a client. Do not change the array.
    public Session[] of(AppId app, ClientId client) {
        Map<ClientId, Session[]> sessions = byApp.get(app);
        if (sessions == null) return NOBODY;
        return sessions.getOrDefault(client, NOBODY);
    }

    /// How many clients of an app are online now.
    public int count(AppId app) {
        Map<ClientId, Session[]> sessions = byApp.get(app);
        return sessions == null ? 0 : sessions.size();
    }

    /// How many clients of an app have logged in today, by UTC, as far as this server remembers: it forgets them when
    /// it
    /// stops.
    public int countOfToday(AppId app) {
        return today.count(app);
    }

    /// The clients of an app that are online now, each once.
    public List<ClientId> clients(AppId app) {
        Map<ClientId, Session[]> sessions = byApp.get(app);
        return sessions == null ? List.of() : List.copyOf(sessions.keySet());
    }

    /// Sessions that are open see the app as it is now.
    public void changed(App app) {
        Map<ClientId, Session[]> sessions = byApp.get(app.id());
        if (sessions == null) return;
        for (Session[] each : sessions.values()) for (Session session : each) session.app(app);
    }

    public boolean online(AppId app, ClientId client) {
        return of(app, client).length > 0;
    }

    public List<ClientId> online(AppId app, List<ClientId> clients) {
        return clients.stream().filter(client -> online(app, client)).toList();
    }

    private Map<ClientId, Session[]> sessionsOf(AppId app) {
        return byApp.computeIfAbsent(app, id -> new ConcurrentHashMap<>());
    }
}
