package io.parley.store;

import io.parley.core.command.AppId;
import io.parley.core.command.ClientId;
import io.parley.core.command.ClientKey;
import io.parley.core.command.ConversationId;
import io.parley.core.command.ConversationKey;
import io.parley.core.room.RoomStore;
import java.util.HashMap;
import java.util.Map;

/// Listeners of chat rooms on SQLite. Thread-safe.
final class SqliteRoomStore implements RoomStore {
    private final Writer writer;
    private final Readers readers;

    SqliteRoomStore(Writer writer, Readers readers) {
        this.writer = writer;
        this.readers = readers;
    }

    @Override
    public void put(ClientKey client, ConversationKey room) {
        writer.run(Step.of(
                "noting that " + client + " listens in " + room,
                db -> db.update(
                        "INSERT OR REPLACE INTO room_listener (app, client, room) VALUES (?, ?, ?)",
                        client.app().value(),
                        client.client().value(),
                        room.id().value())));
    }

    @Override
    public void remove(ClientKey client) {
        writer.run(Step.of(
                "noting that " + client + " listens nowhere",
                db -> db.update(
                        "DELETE FROM room_listener WHERE app = ? AND client = ?",
                        client.app().value(),
                        client.client().value())));
    }

    @Override
    public Map<ClientKey, ConversationKey> all() {
        return readers.read("reading the listeners of chat rooms", db -> {
            Map<ClientKey, ConversationKey> all = new HashMap<>();
            db.each("SELECT app, client, room FROM room_listener", row -> {
                AppId app = new AppId(row.getString(1));
                all.put(
                        new ClientKey(app, new ClientId(row.getString(2))),
                        new ConversationKey(app, new ConversationId(row.getString(3))));
                return true;
            });
            return all;
        });
    }
}
