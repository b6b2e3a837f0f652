package io.parley.store.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.core.command.AppId;
import io.parley.core.command.ClientId;
import io.parley.core.command.ClientKey;
import io.parley.core.command.ConversationId;
import io.parley.core.command.ConversationKey;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Who listens in which chat room.
public abstract class RoomStoreContract extends StorageContract {
    private static ClientKey client(AppId app, String name) {
        return new ClientKey(app, new ClientId(name));
    }

    private static ConversationKey room(AppId app, String id) {
        return new ConversationKey(app, new ConversationId(id));
    }

    @Test
    void a_client_listens_in_the_last_room_it_entered_also_after_a_restart() {
        storage.rooms().put(client(APP, "Tom"), room(APP, "lobby"));
        storage.rooms().put(client(APP, "Tom"), room(APP, "bar"));
        storage.rooms().put(client(OTHER_APP, "Tom"), room(OTHER_APP, "lobby"));
        reopen();
        assertThat(storage.rooms().all())
                .isEqualTo(Map.of(
                        client(APP, "Tom"), room(APP, "bar"),
                        client(OTHER_APP, "Tom"), room(OTHER_APP, "lobby")));
    }

    @Test
    void who_left_listens_nowhere() {
        storage.rooms().put(client(APP, "Tom"), room(APP, "lobby"));
        storage.rooms().put(client(APP, "Jerry"), room(APP, "lobby"));
        storage.rooms().remove(client(APP, "Tom"));
        storage.rooms().remove(client(APP, "Nobody"));
        assertThat(storage.rooms().all()).isEqualTo(Map.of(client(APP, "Jerry"), room(APP, "lobby")));
    }
}
