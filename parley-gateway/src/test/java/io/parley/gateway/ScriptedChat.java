package io.parley.gateway;

import io.parley.core.Dispatcher.Opening;
import io.parley.core.app.App;
import io.parley.core.app.AppSettings;
import io.parley.core.command.AppId;
import io.parley.core.command.Capabilities;
import io.parley.core.command.ClientId;
import io.parley.core.command.Command;
import io.parley.core.command.ErrorCode;
import io.parley.core.command.Event;
import io.parley.core.command.Refusal;
import io.parley.core.command.Reply;
import io.parley.core.command.SessionCommand;
import io.parley.core.command.SessionCommand.Open;
import io.parley.core.session.OfflineMode;
import io.parley.core.session.Outgoing;
import io.parley.core.session.Outlet;
import io.parley.core.session.Session;
import io.parley.core.sync.Sync;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/// A chat without conversations that does what a test wants it to do. Thread-safe.
final class ScriptedChat implements Chat {
    static final AppId APP = new AppId("app");

    final List<Session> opened = new CopyOnWriteArrayList<>();
    final List<Optional<Session>> reopened = new CopyOnWriteArrayList<>();
    final List<String> disconnected = new CopyOnWriteArrayList<>();

    private final Map<Class<?>, BiFunction<Session, Command, Reply>> script = new ConcurrentHashMap<>();
    volatile Consumer<Open> beforeOpening = open -> {};
    volatile Consumer<Session> whenCatchingUp = session -> {};

    ScriptedChat() {
        on(SessionCommand.Online.class, (session, online) -> new Reply.Online(List.of()));
        on(SessionCommand.Close.class, (session, close) -> new Reply.Closed());
    }

    <C extends Command> void on(Class<C> kind, BiFunction<Session, C, Reply> answer) {
        script.put(kind, (session, command) -> answer.apply(session, kind.cast(command)));
    }

    Session session(String client) {
        return opened.stream()
                .filter(session -> session.client().value().equals(client))
                .findFirst()
                .orElseThrow(() -> new AssertionError(client + " has no session"));
    }

    static Outgoing event(String reason) {
        return event(reason, false);
    }

    static Outgoing event(String reason, boolean droppable) {
        return new Outgoing(APP, new Event.SessionClosed(ErrorCode.KICKED_BY_APP, reason), droppable);
    }

    @Override
    public App app(AppId id) {
        if (!knows(id)) throw Refusal.of(ErrorCode.APP_NOT_AVAILABLE, "unknown app");
        return new App(id, "key", "master", AppSettings.DEFAULT);
    }

    @Override
    public boolean knows(AppId id) {
        return id.equals(APP) || id.value().equals("other");
    }

    @Override
    public Opening open(App app, Outlet outlet, OfflineMode mode, Open command, Optional<Session> current) {
        beforeOpening.accept(command);
        reopened.add(current);
        Session session = current.orElseGet(() -> new Session(
                app,
                command.client().orElse(new ClientId("made-up")),
                command.tag(),
                command.device(),
                command.capabilities().orElse(Capabilities.NONE),
                mode,
                command.userAgent(),
                outlet));
        if (current.isEmpty()) opened.add(session);
        return new Opening(
                session,
                new Reply.Opened(session.client(), "token", Duration.ofDays(2), 1_700_000_000_000L),
                Sync.Missed.NOTHING);
    }

    @Override
    public void catchUp(Opening opening) {
        whenCatchingUp.accept(opening.session());
        opening.session().live(Map.of());
    }

    @Override
    public Reply handle(Session caller, Command command) {
        BiFunction<Session, Command, Reply> answer = script.get(command.getClass());
        if (answer == null) throw new AssertionError("not in the script: " + command);
        return answer.apply(caller, command);
    }

    @Override
    public void disconnected(Session session, Optional<ErrorCode> error) {
        disconnected.add(session.client().value());
    }
}
