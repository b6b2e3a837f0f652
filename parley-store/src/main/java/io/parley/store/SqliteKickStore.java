package io.parley.store;

import io.parley.core.command.AppId;
import io.parley.core.command.ClientId;
import io.parley.core.command.ClientKey;
import io.parley.core.session.KickStore;
import java.util.HashMap;
import java.util.Map;

/// When clients were forced off, on SQLite. Thread-safe.
final class SqliteKickStore implements KickStore {
    private final Writer writer;
    private final Readers readers;

    SqliteKickStore(Writer writer, Readers readers) {
        this.writer = writer;
        this.readers = readers;
    }

    @Override
    public void put(ClientKey client, long at) {
        writer.run(Step.of(
                "noting that " + client + " was forced off",
                db -> db.update(
                        "INSERT INTO kick (app, client, at) VALUES (?, ?, ?)"
                                + " ON CONFLICT (app, client) DO UPDATE SET at = max(at, excluded.at)",
                        client.app().value(),
                        client.client().value(),
                        at)));
    }

    @Override
    public Map<ClientKey, Long> all() {
        return readers.read("reading who was forced off", db -> {
            Map<ClientKey, Long> all = new HashMap<>();
            db.each("SELECT app, client, at FROM kick", row -> {
                all.put(new ClientKey(new AppId(row.getString(1)), new ClientId(row.getString(2))), row.getLong(3));
                return true;
            });
            return all;
        });
    }
}
