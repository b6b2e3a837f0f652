package io.parley.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.conformance.report.Behaviour;
import io.parley.conformance.report.Proves;
import io.parley.conformance.sdk.Message;
import io.parley.conformance.sdk.Scene;
import io.parley.conformance.sdk.Sdk;
import io.parley.conformance.sdk.SdkClient;
import java.util.Map;

class DeviceTest {
    @Proves(Behaviour.DEVICES)
    void all_devices_of_a_client_hear_everything(Sdk sdk, Scene scene) {
        SdkClient jerry = scene.client(sdk, "jerry");
        SdkClient phone = scene.client(sdk, "tom");
        SdkClient laptop = scene.otherDevice(phone, Map.of());
        String chat = phone.startsConversationWith(jerry);

        jerry.sends(chat, "to both");
        assertThat(phone.hears(chat).text()).isEqualTo("to both");
        assertThat(laptop.hears(chat).text()).isEqualTo("to both");

        phone.sends(chat, "from the phone");
        Message own = laptop.hears(chat);
        assertThat(own.text()).isEqualTo("from the phone");
        assertThat(own.from()).isEqualTo(phone.id());
        assertThat(jerry.hears(chat).text()).isEqualTo("from the phone");
        assertThat(phone.wasTold("message"))
                .as("its own message comes back to no device that sent it")
                .hasSize(1);
    }

    @Proves(Behaviour.UNREAD_CLEARED)
    void reading_on_one_device_clears_the_count_on_the_other(Sdk sdk, Scene scene) {
        SdkClient jerry = scene.client(sdk, "jerry");
        SdkClient phone = scene.client(sdk, "tom");
        String chat = jerry.startsConversationWith(phone);
        phone.expects("invited", chat);
        phone.closes();
        jerry.sends(chat, "1");
        jerry.sends(chat, "2");
        phone = scene.again(phone);
        SdkClient laptop = scene.otherDevice(phone, Map.of());
        phone.expectsUnread(chat, 2);
        laptop.expectsUnread(chat, 2);

        phone.reads(chat);

        laptop.expectsUnread(chat, 0);
    }

    @Proves(Behaviour.CONFLICT)
    void the_newer_device_with_the_same_tag_ends_the_older_one(Sdk sdk, Scene scene) {
        SdkClient jerry = scene.client(sdk, "jerry");
        SdkClient phone = scene.client(sdk, "tom", Map.of("tag", "mobile"));
        SdkClient desktop = scene.otherDevice(phone, Map.of("tag", "desktop"));

        SdkClient newPhone = scene.otherDevice(phone, Map.of("tag", "mobile"));

        phone.expects("conflict");
        String chat = newPhone.startsConversationWith(jerry);
        jerry.sends(chat, "which of you?");
        assertThat(newPhone.hears(chat).text()).isEqualTo("which of you?");
        assertThat(desktop.hears(chat).text()).isEqualTo("which of you?");
        assertThat(phone.wasTold("message")).isEmpty();
        assertThat(desktop.wasTold("conflict")).isEmpty();
    }

    @Proves(Behaviour.AUTOMATIC_LOGIN)
    void an_automatic_login_is_refused_when_a_newer_device_has_the_tag(Sdk sdk, Scene scene) {
        SdkClient jerry = scene.client(sdk, "jerry");
        SdkClient old = scene.client(sdk, "tom", Map.of("tag", "mobile"));
        SdkClient current = scene.otherDevice(old, Map.of("tag", "mobile"));
        old.expects("conflict");

        Refusals.assertRefused(4111, () -> scene.otherDevice(old, Map.of("tag", "mobile", "isReconnect", true)));

        String chat = jerry.startsConversationWith(current);
        jerry.sends(chat, "still you");
        assertThat(current.hears(chat).text()).isEqualTo("still you");
        assertThat(current.wasTold("conflict")).isEmpty();
    }

    @Proves(Behaviour.SHARED_CONNECTION)
    void clients_on_one_socket_talk_and_part(Sdk sdk, Scene scene) {
        Map<String, String> shared = Map.of("connection", "shared-" + System.identityHashCode(scene));
        SdkClient tom = scene.client(sdk, "tom", shared);
        SdkClient jerry = scene.client(sdk, "jerry", shared);
        SdkClient harry = scene.client(sdk, "harry", shared);
        String chat = tom.startsConversationWith(jerry, harry);

        tom.sends(chat, "hello neighbours");
        assertThat(jerry.hears(chat).text()).isEqualTo("hello neighbours");
        assertThat(harry.hears(chat).text()).isEqualTo("hello neighbours");
        assertThat(tom.wasTold("message")).isEmpty();

        tom.closes();
        jerry.sends(chat, "without Tom");
        assertThat(harry.hears(chat).text()).isEqualTo("without Tom");
        assertThat(jerry.asksWhoIsOnline(tom.id(), harry.id())).containsExactly(harry.id());
    }

    @Proves(Behaviour.TEXT_FRAMES)
    void a_client_on_text_frames_talks_with_one_on_binary_frames(Sdk sdk, Scene scene) {
        SdkClient tom = scene.client(sdk, "tom", Map.of("noBinary", true));
        SdkClient jerry = scene.client(sdk, "jerry");
        String chat = tom.startsConversationWith(jerry);

        tom.sends(chat, "in base64 中文");
        assertThat(jerry.hears(chat).text()).isEqualTo("in base64 中文");
        jerry.sends(chat, "in binary 😀");
        assertThat(tom.hears(chat).text()).isEqualTo("in binary 😀");
        assertThat(tom.history(chat)).hasSize(2);
    }

    @Proves(Behaviour.DISCOVERY)
    void a_client_that_is_told_nothing_finds_the_server_by_name(Sdk sdk, Scene scene) {
        SdkClient tom = scene.client(sdk, "tom", Map.of("byName", true));
        SdkClient jerry = scene.client(sdk, "jerry", Map.of("byName", true));
        String chat = tom.startsConversationWith(jerry);
        tom.sends(chat, "found you");
        assertThat(jerry.hears(chat).text()).isEqualTo("found you");
    }
}
