package io.parley.core.room;

import io.parley.core.command.ClientKey;
import io.parley.core.command.ConversationKey;
import java.util.Map;

/// Who listens in which chat room, kept so that a restart of the server is a drop like any other: whoever returns
/// soon is put back. Thread-safe; every method may block. Durable on return.
public interface RoomStore {
    /// The client listens in this room, and in no other.
    void put(ClientKey client, ConversationKey room);

    /// The client listens nowhere.
    void remove(ClientKey client);

    Map<ClientKey, ConversationKey> all();
}
