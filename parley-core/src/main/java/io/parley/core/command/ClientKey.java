package io.parley.core.command;

/// A client, named across apps: no lookup can forget the tenant.
public record ClientKey(AppId app, ClientId client) {
    @Override
    public String toString() {
        return app + "/" + client;
    }
}
