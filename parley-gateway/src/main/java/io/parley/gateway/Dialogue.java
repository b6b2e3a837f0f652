package io.parley.gateway;

import io.parley.core.Dispatcher.Opening;
import io.parley.core.app.App;
import io.parley.core.command.AppId;
import io.parley.core.command.ClientId;
import io.parley.core.command.CloseReason;
import io.parley.core.command.ErrorCode;
import io.parley.core.command.Event;
import io.parley.core.command.Refusal;
import io.parley.core.command.Reply;
import io.parley.core.command.SessionCommand.Close;
import io.parley.core.command.SessionCommand.Open;
import io.parley.core.session.Outgoing;
import io.parley.core.session.Session;
import io.parley.protocol.Inbound;
import io.parley.protocol.Inbound.Origin;
import io.parley.protocol.Wire;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the clients of one connection ask, and what they are answered. Owns the connection's sessions.
/// For the connection's lane only.
final class Dialogue {
    private static final Logger log = LoggerFactory.getLogger(Dialogue.class);

    private final Connection connection;
    private final Chat chat;
    private final Wire wire;
    private final GatewayMeters meters;

    /// In the order of opening, so that the first is the default client. Source: protocol 4.1.2.
    private final Map<ClientId, Session> sessions = new LinkedHashMap<>(2);

    /// Of the first session; all others of the connection belong to the same app.
    private @Nullable AppId app;

    /// Named by a device login: Java SDKs leave it out of the opens that follow.
    private @Nullable AppId introduced;

    Dialogue(Connection connection, Chat chat, Wire wire, GatewayMeters meters) {
        this.connection = connection;
        this.chat = chat;
        this.wire = wire;
        this.meters = meters;
    }

    void handle(Inbound.Request request) {
        long start = System.nanoTime();
        try {
            if (request.command() instanceof Open open) open(request, open);
            else command(request);
        } catch (Refusal refusal) {
            refuse(request, refusal);
        } catch (RuntimeException | Error failure) {
            log.error(
                    "command failed command={}",
                    GatewayMeters.nameOf(request.command().getClass()),
                    failure);
            refuse(request, Refusal.of(ErrorCode.INTERNAL_ERROR));
        }
        meters.ran(request.command(), System.nanoTime() - start);
    }

    private void open(Inbound.Request request, Open open) {
        // A session that nobody listens to might still force another device off.
        if (connection.isOver()) return;
        App wanted = chat.app(appOf(request));
        Optional<Session> current = open.client().flatMap(this::find);
        Opening opening = chat.open(wanted, connection, wire.offlineMode(), open, current);
        Session session = opening.session();
        sessions.put(session.client(), session);
        app = wanted.id();
        connection.loggedIn();
        wire.reply(request, wanted.id(), session.client(), opening.reply()).ifPresent(connection::answer);
        catchUp(opening);
    }

    /// A device of this app has logged in.
    void introduce(AppId device) {
        introduced = device;
    }

    private AppId appOf(Inbound.Request request) {
        AppId own = app;
        AppId named = request.app().orElse(own == null ? introduced : own);
        if (named == null) throw Refusal.of(ErrorCode.APP_NOT_AVAILABLE, "the first open of a connection names an app");
        if (own != null && !own.equals(named))
            throw Refusal.of(ErrorCode.APP_NOT_AVAILABLE, "this connection belongs to the app \"%s\"", own);
        return named;
    }

    private void catchUp(Opening opening) {
        try {
            chat.catchUp(opening);
        } catch (RuntimeException | Error failure) {
            // `opened` is out already. A new connection gets another chance of telling the client what it missed.
            log.error("a client could not be told what it missed session={}", opening.session(), failure);
            connection.close(CloseReason.INTERNAL_ERROR);
        }
    }

    private void command(Inbound.Request request) {
        Session session = request.peer()
                .map(this::find)
                .orElseGet(this::first)
                .orElseThrow(() -> request.peer().isPresent()
                        ? Refusal.of(
                                ErrorCode.SESSION_REQUIRED,
                                "\"%s\" has no session on this connection",
                                request.peer().get())
                        : Refusal.of(ErrorCode.SESSION_REQUIRED));
        Reply reply = chat.handle(session, request.command());
        if (request.command() instanceof Close) sessions.remove(session.client());
        wire.reply(request, session.app().id(), session.client(), reply).ifPresent(connection::answer);
        reply.then()
                .ifPresent(event -> connection.send(
                        session.client(), new Outgoing(session.app().id(), event)));
    }

    /// Refuses a frame that could be read, but whose command makes no sense.
    void refuse(Inbound.Refused refused) {
        boolean login = refused.origin() == Origin.SESSION_OPEN;
        Optional<ClientId> peer = login ? refused.peer() : refused.peer().or(this::defaultPeer);
        refuse(login, false, refused.refusal(), () -> wire.refusal(refused, Optional.ofNullable(app), peer));
    }

    private void refuse(Inbound.Request request, Refusal refusal) {
        Optional<AppId> known = Optional.ofNullable(app);
        if (request.command() instanceof Open open) {
            Optional<AppId> named = request.app().or(() -> known).or(() -> Optional.ofNullable(introduced));
            boolean exists = named.filter(chat::knows).isPresent();
            refuse(true, exists, refusal, () -> wire.refusal(request, named, open.client(), refusal));
        } else {
            Optional<ClientId> peer = request.peer().or(this::defaultPeer);
            refuse(false, true, refusal, () -> wire.refusal(request, known, peer, refusal));
        }
    }

    /// @param known whether the app that the client named exists
    private void refuse(boolean login, boolean known, Refusal refusal, Supplier<Optional<byte[]>> frame) {
        meters.refused(refusal.code());
        log.debug("refused code={} detail={}", refusal.code(), refusal.detail());
        // An unknown app is unknown on every attempt: the SDKs stop at this close code. Source: protocol 4.2.2.
        // One that is switched off may come back, and the JS SDKs make a time-out of a bare close.
        boolean wrongApp = login && !known && app == null && refusal.code() == ErrorCode.APP_NOT_AVAILABLE;
        // JSON clients expect the frame and then the close. Source: legacy-json 9.
        boolean wrongPage = login && refusal.code() == ErrorCode.INVALID_ORIGIN;
        if (!(wrongApp || wrongPage) || wire.json()) frame.get().ifPresent(connection::answer);
        if (wrongApp || wrongPage || (login && wire.json())) connection.close(Ending.of(refusal.code()));
    }

    private Optional<Session> find(ClientId client) {
        Session session = sessions.get(client);
        if (session == null) return Optional.empty();
        if (!session.over()) return Optional.of(session);
        sessions.remove(client);
        return Optional.empty();
    }

    private Optional<Session> first() {
        while (!sessions.isEmpty()) {
            Session first = sessions.values().iterator().next();
            if (!first.over()) return Optional.of(first);
            sessions.remove(first.client()); // forced off by another device
        }
        return Optional.empty();
    }

    private Optional<ClientId> defaultPeer() {
        return first().map(Session::client);
    }

    /// Asks the clients to connect elsewhere. Source: protocol 2.5.
    void goAway() {
        Optional<Session> first = first();
        if (first.isEmpty()) {
            connection.close(CloseReason.GOING_AWAY); // nothing is lost
        } else if (understandsGoAway(first.get())) {
            Session session = first.get();
            connection.send(session.client(), new Outgoing(session.app().id(), new Event.GoAway()));
        }
    }

    private boolean understandsGoAway(Session session) {
        return !wire.json() && !session.userAgent().startsWith("js/3."); // protocol 10.1, trap 37
    }

    /// The socket is gone. All sessions end, in the order of opening.
    ///
    /// @param error of the connection, if it ended by one
    void end(Optional<ErrorCode> error) {
        for (Session session : sessions.values()) {
            try {
                chat.disconnected(session, error);
            } catch (RuntimeException | Error failure) {
                log.error("a disconnect could not be handled session={}", session, failure);
            }
        }
        sessions.clear();
    }
}
