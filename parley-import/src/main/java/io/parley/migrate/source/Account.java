package io.parley.migrate.source;

import java.net.URI;

/// An app on a server, and the right to read all it has.
///
/// @param server scheme, host and port; no path
public record Account(URI server, String app, MasterKey masterKey) {
    public Account {
        boolean local = "127.0.0.1".equals(server.getHost()) || "localhost".equals(server.getHost());
        if (server.getHost() == null || !("https".equals(server.getScheme()) || "http".equals(server.getScheme())))
            throw new IllegalArgumentException("a server is given like https://api.example.com; got " + server);
        if ("http".equals(server.getScheme()) && !local)
            throw new IllegalArgumentException("a master key travels by https only, except on this machine: " + server);
        if (server.getUserInfo() != null || server.getQuery() != null)
            throw new IllegalArgumentException("the address of a server has no user and no query: " + server);
        server = URI.create(server.getScheme() + "://" + server.getRawAuthority());
    }
}
