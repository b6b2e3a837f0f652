package io.parley.store.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.core.app.App;
import io.parley.core.app.AppSettings;
import io.parley.core.app.FilterSettings;
import io.parley.core.app.HookSettings;
import io.parley.core.app.StorageSettings;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Apps, their settings, and the store's secret.
public abstract class AppStoreContract extends StorageContract {
    /// Settings that all differ from the default, whatever settings there are.
    private static AppSettings changed() throws ReflectiveOperationException {
        return (AppSettings) changed(AppSettings.DEFAULT);
    }

    private static Record changed(Record settings) throws ReflectiveOperationException {
        RecordComponent[] components = settings.getClass().getRecordComponents();
        Object[] values = new Object[components.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = switch (components[i].getAccessor().invoke(settings)) {
                case Integer number -> number + 1;
                case Long number -> number + 1;
                case Boolean flag -> !flag;
                case Duration duration -> duration.plusMillis(1);
                case String text -> text + "!";
                case AppSettings.RoomInvites invites -> AppSettings.RoomInvites.NOBODY;
                case StorageSettings storage ->
                    new StorageSettings(
                            List.of("Note:find=nobody"),
                            List.of("weixin"),
                            storage.maxFileBytes() + 1,
                            storage.uploadTtl().plusMillis(1),
                            storage.installationTtl().plusMillis(1),
                            storage.failedLoginsPerAddress() + 1);
                case List<?> texts -> List.of("https://example.com");
                case FilterSettings filter ->
                    new FilterSettings("words.txt", !filter.oneToOne(), FilterSettings.Action.REFUSE);
                case HookSettings hooks ->
                    new HookSettings(
                            "https://engine.example.com",
                            "key",
                            List.of("_messageSent=https://example.com/sent"),
                            Duration.ofSeconds(4),
                            List.of("_messageSent=5s"),
                            List.of("all"),
                            true,
                            "https://example.com/up",
                            hooks.attempts() + 1);
                case Record group -> changed(group);
                default -> throw new AssertionError("teach this test about " + components[i]);
            };
        }
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        return settings.getClass().getDeclaredConstructor(types).newInstance(values);
    }

    @Test
    void an_app_is_kept_with_keys_and_all_settings() throws ReflectiveOperationException {
        App app = new App(APP, "key", "master", changed());
        App other = new App(OTHER_APP, "key2", "master2", AppSettings.DEFAULT);
        storage.apps().save(app);
        storage.apps().save(other);
        reopen();
        assertThat(storage.apps().all()).containsExactlyInAnyOrder(app, other);
    }

    @Test
    void saving_an_app_again_replaces_it() throws ReflectiveOperationException {
        storage.apps().save(new App(APP, "key", "master", AppSettings.DEFAULT));
        App replaced = new App(APP, "new key", "new master", changed());
        storage.apps().save(replaced);
        assertThat(storage.apps().all()).containsExactly(replaced);
    }

    @Test
    void the_secret_is_long_and_never_changes() {
        byte[] secret = storage.apps().secret();
        assertThat(secret).hasSize(32).isNotEqualTo(new byte[32]);
        storage.apps().secret()[0]++;
        assertThat(storage.apps().secret()).isEqualTo(secret);
        reopen();
        assertThat(storage.apps().secret()).isEqualTo(secret);
    }
}
