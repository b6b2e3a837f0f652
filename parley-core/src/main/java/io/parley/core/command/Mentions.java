package io.parley.core.command;

import java.util.List;

/// Who is mentioned in a message: everybody, or the listed clients. Not checked against the members. Source:
/// semantics
/// 6.7.
public record Mentions(boolean all, List<ClientId> clients) {
    public static final Mentions NONE = new Mentions(false, List.of());

    public Mentions {
        clients = List.copyOf(clients);
    }

    public static Mentions of(boolean all, List<ClientId> clients) {
        return !all && clients.isEmpty() ? NONE : new Mentions(all, clients);
    }

    public boolean mention(ClientId client) {
        return all || clients.contains(client);
    }

    public boolean isEmpty() {
        return !all && clients.isEmpty();
    }
}
