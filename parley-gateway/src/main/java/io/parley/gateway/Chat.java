package io.parley.gateway;

import io.parley.core.Dispatcher;
import io.parley.core.app.App;
import io.parley.core.command.AppId;
import io.parley.core.command.Command;
import io.parley.core.command.ErrorCode;
import io.parley.core.command.Reply;
import io.parley.core.command.SessionCommand.Open;
import io.parley.core.session.OfflineMode;
import io.parley.core.session.Outlet;
import io.parley.core.session.Session;
import java.util.Optional;

/// What a connection needs of core: the calls of [Dispatcher], with its contracts.
interface Chat {
    App app(AppId id);

    boolean knows(AppId app);

    Dispatcher.Opening open(App app, Outlet outlet, OfflineMode mode, Open command, Optional<Session> current);

    void catchUp(Dispatcher.Opening opening);

    Reply handle(Session caller, Command command);

    void disconnected(Session session, Optional<ErrorCode> error);

    static Chat of(Dispatcher dispatcher) {
        return new Chat() {
            @Override
            public App app(AppId id) {
                return dispatcher.app(id);
            }

            @Override
            public boolean knows(AppId app) {
                return dispatcher.knows(app);
            }

            @Override
            public Dispatcher.Opening open(
                    App app, Outlet outlet, OfflineMode mode, Open command, Optional<Session> current) {
                return dispatcher.open(app, outlet, mode, command, current);
            }

            @Override
            public void catchUp(Dispatcher.Opening opening) {
                dispatcher.catchUp(opening);
            }

            @Override
            public Reply handle(Session caller, Command command) {
                return dispatcher.handle(caller, command);
            }

            @Override
            public void disconnected(Session session, Optional<ErrorCode> error) {
                dispatcher.disconnected(session, error);
            }
        };
    }
}
