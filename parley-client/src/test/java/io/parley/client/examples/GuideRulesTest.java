package io.parley.client.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.client.AVIMClient;
import io.parley.client.AVIMClientEventHandler;
import io.parley.client.AVIMClientOpenOption;
import io.parley.client.AVIMConversation;
import io.parley.client.AVIMConversationEventHandler;
import io.parley.client.AVIMMessage;
import io.parley.client.AVIMMessageField;
import io.parley.client.AVIMMessageManager;
import io.parley.client.AVIMMessageType;
import io.parley.client.AVIMOptions;
import io.parley.client.AVIMRealtime;
import io.parley.client.AVIMTextMessage;
import io.parley.client.AVIMTypedMessage;
import io.parley.client.AVIMTypedMessageHandler;
import io.parley.client.AVOSCloud;
import io.parley.client.Signature;
import io.parley.client.SignatureFactory;
import io.parley.testing.ParleyServer;
import io.parley.testing.TestApp;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SignatureException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Own kinds of messages, membership, searches, unread counts, signatures, one device of a kind.
class GuideRulesTest extends Guide {
    // ---- a kind of the application's own

    @AVIMMessageType(type = 123)
    public static class NewsMessage extends AVIMTypedMessage {
        @AVIMMessageField(name = "title")
        private String title = "";

        @AVIMMessageField
        private String summary = "";

        @AVIMMessageField
        private String picture = "";

        public NewsMessage() {}

        public NewsMessage(String title, String summary, String picture) {
            this.title = title;
            this.summary = summary;
            this.picture = picture;
        }

        @Override
        public String toString() {
            return title + ": " + summary + " " + picture;
        }
    }

    @Test
    void jerry_reads_the_news() throws Exception {
        AVIMMessageManager.registerAVIMMessageType(NewsMessage.class);
        var news = new AVIMTypedMessageHandler<NewsMessage>() {
            @Override
            public void onMessage(NewsMessage message, AVIMConversation conversation, AVIMClient client) {
                show(client.getClientId() + " reads " + message);
            }
        };
        AVIMMessageManager.registerMessageHandler(NewsMessage.class, news);

        tomAndJerry().sendMessage(new NewsMessage("Cats", "They sleep.", "http://example.com/cat.jpg"), e -> {});

        expect("Jerry reads Cats: They sleep. http://example.com/cat.jpg");
        AVIMMessageManager.unregisterMessageHandler(NewsMessage.class, news);
    }

    // ---- coming and going

    @Test
    void tom_joins_is_quiet_and_leaves() throws Exception {
        AVIMConversation chat = AVIMClient.getInstance("Jerry")
                .open()
                .get()
                .createConversation(List.of("Bob"))
                .get();
        AVIMClient tom = AVIMClient.getInstance("Tom").open().get();
        AVIMConversation conversation = tom.getConversation(chat.getConversationId());

        conversation.join(e -> {
            if (e == null) show("joined");
        });
        expect("joined");
        conversation.mute(e -> {
            if (e == null) show("no notifications");
        });
        expect("no notifications");
        conversation.unmute(e -> {
            if (e == null) show("notifications");
        });
        expect("notifications");
        conversation.quit(e -> {
            if (e == null) show("left");
        });
        expect("left");
        assertThat(chat.getMemberCount().get()).isEqualTo(2);
    }

    @Test
    void a_fan_enters_a_chat_room_and_leaves_it() throws Exception {
        AVIMClient tom = AVIMClient.getInstance("Tom").open().get();
        AVIMConversation made = tom.createChatRoom("聊天室", null).get();
        AVIMClient fan = AVIMClient.getInstance("Fan").open().get();
        AVIMConversation room = fan.getConversation(made.getConversationId());

        room.join().get();
        made.sendMessage(new AVIMTextMessage("welcome"), e -> {});
        expect("Fan hears: welcome");
        room.getMemberCount((count, e) -> show("here are " + count));
        expect("here are 2");
        room.quit().get();
        assertThat(made.getMemberCount().get()).isEqualTo(1);
    }

    // ---- searches

    @Test
    void conversations_are_found_by_what_they_are() throws Exception {
        AVIMClient tom = AVIMClient.getInstance("Tom").open().get();
        AVIMConversation game = tom.createConversation(
                        List.of("Jerry"),
                        "game night",
                        Map.of("topic", "DOTA2", "level", 18, "tags", List.of("a", "b")))
                .get();
        AVIMConversation films = tom.createConversation(List.of("Bob"), "films", Map.of("level", 25))
                .get();

        assertThat(tom.getQuery()
                        .whereEqualTo("objectId", game.getConversationId())
                        .findInBackground()
                        .get())
                .containsExactly(game);
        assertThat(tom.getQuery()
                        .whereNotEqualsTo("topic", "DOTA2")
                        .findInBackground()
                        .get())
                .containsExactly(films);
        assertThat(tom.getQuery()
                        .whereGreaterThan("level", 18)
                        .findInBackground()
                        .get())
                .containsExactly(films);
        assertThat(tom.getQuery()
                        .whereLessThanOrEqualsTo("level", 18)
                        .findInBackground()
                        .get())
                .containsExactly(game);
        assertThat(tom.getQuery()
                        .whereContains("topic", "OTA")
                        .findInBackground()
                        .get())
                .containsExactly(game);
        assertThat(tom.getQuery()
                        .whereStartsWith("name", "fil")
                        .findInBackground()
                        .get())
                .containsExactly(films);
        assertThat(tom.getQuery()
                        .whereMatches("name", "^g.*t$")
                        .findInBackground()
                        .get())
                .containsExactly(game);
        assertThat(tom.getQuery()
                        .whereContainsAll("tags", List.of("a", "b"))
                        .findInBackground()
                        .get())
                .containsExactly(game);
        assertThat(tom.getQuery().whereDoesNotExist("topic").findInBackground().get())
                .containsExactly(films);
        assertThat(tom.getQuery()
                        .withMembers(Arrays.asList("Bob"), true)
                        .findInBackground()
                        .get())
                .containsExactly(films);
        assertThat(tom.getQuery()
                        .whereGreaterThan("level", 10)
                        .orderByDescending("level")
                        .skip(1)
                        .limit(1)
                        .findInBackground()
                        .get())
                .containsExactly(game);
    }

    // ---- counts instead of messages

    @Test
    void jerry_is_told_how_much_he_missed() throws Exception {
        AVIMMessageManager.setConversationEventHandler(new AVIMConversationEventHandler() {
            @Override
            public void onUnreadMessagesCountUpdated(AVIMClient client, AVIMConversation conversation) {
                show(client.getClientId() + " missed " + conversation.getUnreadMessagesCount());
            }
        });
        AVIMClient.setOfflineMessagePush(true);
        try {
            AVIMConversation chat = AVIMClient.getInstance("Tom")
                    .open()
                    .get()
                    .createConversation(List.of("Jerry"))
                    .get();
            chat.sendMessage(new AVIMTextMessage("one")).get();
            chat.sendMessage(new AVIMTextMessage("two")).get();

            AVIMClient jerry = AVIMClient.getInstance("Jerry").open().get();
            expect("Jerry missed 2");
            AVIMConversation same = jerry.getConversation(chat.getConversationId());
            List<AVIMMessage> missed = same.queryMessages(2).get();
            same.read();

            assertThat(missed).hasSize(2);
            // The next question to the server comes behind what was read.
            same.getMemberCount().get();
            assertThat(same.getUnreadMessagesCount()).isZero();
        } finally {
            AVIMClient.setOfflineMessagePush(false);
        }
    }

    // ---- signatures

    /// Asks the application's own server; here it is in this process. The master key never is in an app.
    public static class KeepAliveSignatureFactory implements SignatureFactory {
        @Override
        public Signature createSignature(String peerId, List<String> watchIds) throws SignatureException {
            if (peerId.equals("Stranger")) throw new SignatureException("we do not know you");
            return sign(peerId + ":", "");
        }

        @Override
        public Signature createConversationSignature(
                @Nullable String conversationId, String clientId, List<String> targetIds, String action)
                throws SignatureException {
            if (targetIds.contains("Enemy")) throw new SignatureException("not him");
            String who = String.join(":", targetIds);
            return conversationId == null
                    ? sign(clientId + ":" + who, "")
                    : sign(clientId + ":" + conversationId + ":" + who, ":" + action);
        }

        private static Signature sign(String subject, String action) {
            long timestamp = System.currentTimeMillis();
            String nonce = UUID.randomUUID().toString();
            String text = TestApp.ID + ":" + subject + ":" + timestamp + ":" + nonce + action;
            try {
                Mac mac = Mac.getInstance("HmacSHA1");
                mac.init(new SecretKeySpec(TestApp.MASTER_KEY.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
                byte[] signed = mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
                return new Signature(HexFormat.of().formatHex(signed), timestamp, nonce);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Test
    void the_applications_server_decides_who_logs_in_and_who_is_added() throws Exception {
        try (ParleyServer strict = ParleyServer.with()
                .set("appDefaults.loginSignature", "true")
                .set("appDefaults.conversationSignature", "true")
                .start()) {
            AVOSCloud.initialize(TestApp.ID, TestApp.KEY, strict.url().toString());
            AVIMClient.setSignatureFactory(new KeepAliveSignatureFactory());
            AVIMClient.getInstance("Stranger").open((client, e) -> {
                if (e != null) show("refused with " + e.getCode());
            });
            expect("refused with 4102");

            AVIMClient tom = AVIMClient.getInstance("Tom").open().get();
            AVIMConversation chat = tom.createConversation(List.of("Jerry")).get();
            chat.addMembers(List.of("Mary"), e -> show(e == null ? "Mary is added" : "no"));
            expect("Mary is added");
            chat.addMembers(List.of("Enemy"), e -> show(e == null ? "no" : "Enemy is not"));
            expect("Enemy is not");
        } finally {
            AVIMClient.setSignatureFactory(null);
            AVIMRealtime.getDefault().shutdown();
        }
    }

    // ---- one device of a kind

    @Test
    void a_new_phone_ends_the_login_of_the_old_one() throws Exception {
        AVIMClient.setClientEventHandler(new AVIMClientEventHandler() {
            @Override
            public void onConnectionPaused(AVIMClient client) {}

            @Override
            public void onConnectionResume(AVIMClient client) {}

            @Override
            public void onClientOffline(AVIMClient client, int code) {
                show(client.getClientId() + " is off, " + code);
            }
        });
        AVIMClient.getInstance("Tom", "Mobile").open().get();

        AVIMRealtime newPhone = AVIMRealtime.create(
                AVIMOptions.builder(TestApp.ID, TestApp.KEY, server.url().toString())
                        .build());
        try {
            newPhone.getClient("Tom", "Mobile").open().get();
            expect("Tom is off, 4111");

            // The old one starts again by itself, not by its user: it gives way.
            AVIMClient.getInstance("Tom", "Mobile").open(new AVIMClientOpenOption().setReconnect(true), (client, e) -> {
                if (e != null) show("the new one stays, " + e.getCode());
            });
            expect("the new one stays, 4111");
        } finally {
            newPhone.shutdown();
        }
    }
}
