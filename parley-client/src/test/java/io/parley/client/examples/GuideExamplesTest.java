package io.parley.client.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.client.AVFile;
import io.parley.client.AVGeoPoint;
import io.parley.client.AVIMAudioMessage;
import io.parley.client.AVIMClient;
import io.parley.client.AVIMClientCallback;
import io.parley.client.AVIMClientEventHandler;
import io.parley.client.AVIMConversation;
import io.parley.client.AVIMConversationCallback;
import io.parley.client.AVIMConversationCreatedCallback;
import io.parley.client.AVIMConversationEventHandler;
import io.parley.client.AVIMConversationMemberCountCallback;
import io.parley.client.AVIMConversationQuery;
import io.parley.client.AVIMConversationQueryCallback;
import io.parley.client.AVIMException;
import io.parley.client.AVIMFileMessage;
import io.parley.client.AVIMImageMessage;
import io.parley.client.AVIMLocationMessage;
import io.parley.client.AVIMMessage;
import io.parley.client.AVIMMessageField;
import io.parley.client.AVIMMessageManager;
import io.parley.client.AVIMMessageType;
import io.parley.client.AVIMMessagesQueryCallback;
import io.parley.client.AVIMReservedMessageType;
import io.parley.client.AVIMTextMessage;
import io.parley.client.AVIMTypedMessage;
import io.parley.client.AVIMTypedMessageHandler;
import io.parley.client.AVIMVideoMessage;
import io.parley.client.AVQuery;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@SuppressWarnings("StatementSwitchToExpressionSwitch") // as Java was written then
class GuideExamplesTest extends Guide {
    // ---- single chat

    public void sendMessageToJerryFromTom() {
        AVIMClient tom = AVIMClient.getInstance("Tom");
        tom.open(new AVIMClientCallback() {
            @Override
            public void done(AVIMClient client, @Nullable AVIMException e) {
                if (e == null) {
                    client.createConversation(
                            Arrays.asList("Jerry"), "Tom & Jerry", null, new AVIMConversationCreatedCallback() {
                                @Override
                                public void done(@Nullable AVIMConversation conversation, @Nullable AVIMException e) {
                                    if (conversation != null) {
                                        AVIMTextMessage msg = new AVIMTextMessage();
                                        msg.setText("Jerry, get up!");
                                        conversation.sendMessage(msg, new AVIMConversationCallback() {
                                            @Override
                                            public void done(@Nullable AVIMException e) {
                                                if (e == null) show("sent");
                                            }
                                        });
                                    }
                                }
                            });
                }
            }
        });
    }

    public void jerryReceiveMsgFromTom() {
        AVIMClient jerry = AVIMClient.getInstance("Jerry");
        jerry.open(new AVIMClientCallback() {
            @Override
            public void done(AVIMClient client, @Nullable AVIMException e) {
                if (e == null) show("Jerry is here");
            }
        });
    }

    @Test
    void tom_wakes_jerry() throws Exception {
        jerryReceiveMsgFromTom();
        expect("Jerry is here");
        sendMessageToJerryFromTom();
        expect("sent");
        expect("Jerry hears: Jerry, get up!");
    }

    // ---- group chat, and who comes later

    @Test
    void william_hears_later_what_was_said_to_the_group() throws Exception {
        AVIMClient tom = AVIMClient.getInstance("Tom").open().get();
        AVIMConversation group = tom.createConversation(
                        List.of("Jerry", "Bob", "Harry", "William"), "Tom and friends", null)
                .get();
        group.sendMessage(new AVIMTextMessage("You are my friends!")).get();

        AVIMClient.getInstance("William").open().get();

        expect("William hears: You are my friends!");
    }

    // ---- kinds of messages

    /// What the guide's handler does with each kind.
    public static class AllKinds extends AVIMTypedMessageHandler<AVIMTypedMessage> {
        @Override
        public void onMessage(AVIMTypedMessage message, AVIMConversation conversation, AVIMClient client) {
            switch (AVIMReservedMessageType.getAVIMReservedMessageType(message.getMessageType())) {
                case TextMessageType:
                    AVIMTextMessage text = (AVIMTextMessage) message;
                    show("text " + text.getText() + " with " + text.getAttrs());
                    break;
                case FileMessageType:
                    AVIMFileMessage file = (AVIMFileMessage) message;
                    show("file " + file.getFileUrl() + " of " + file.getSize());
                    break;
                case ImageMessageType:
                    AVIMImageMessage image = (AVIMImageMessage) message;
                    show("image " + image.getFileUrl() + " " + image.getWidth() + "x" + image.getHeight());
                    break;
                case AudioMessageType:
                    show("audio of " + ((AVIMAudioMessage) message).getDuration());
                    break;
                case VideoMessageType:
                    show("video of " + ((AVIMVideoMessage) message).getDuration());
                    break;
                case LocationMessageType:
                    AVGeoPoint place = Objects.requireNonNull(((AVIMLocationMessage) message).getLocation());
                    show("place " + place.getLatitude() + " " + place.getLongitude());
                    break;
                default:
                    show("something else");
                    break;
            }
        }
    }

    @Test
    void each_kind_of_message_is_sent_and_shown() throws Exception {
        AVIMTypedMessageHandler<AVIMTypedMessage> handler = new AllKinds();
        AVIMMessageManager.registerMessageHandler(AVIMTypedMessage.class, handler);
        AVIMClient.getInstance("Jerry").open().get();
        AVIMConversation chat = AVIMClient.getInstance("Tom")
                .open()
                .get()
                .createConversation(List.of("Jerry"))
                .get();
        String site = "http://pic.example.com/";
        Map<String, Object> attributes = new HashMap<>();
        attributes.put("location", "拉萨布达拉宫");
        AVIMTextMessage text = new AVIMTextMessage("look");
        text.setAttrs(attributes);

        for (AVIMMessage message : List.of(
                text,
                new AVIMImageMessage(new AVFile("a", site + "a.jpg", Map.of("width", 3, "height", 4))),
                new AVIMAudioMessage(new AVFile("a", site + "a.mp3", Map.of("duration", 5))),
                new AVIMVideoMessage(new AVFile("a", site + "a.mp4", Map.of("duration", 6.5))),
                new AVIMLocationMessage(new AVGeoPoint(31.38, 121.05)),
                new AVIMFileMessage(new AVFile("a", site + "a.zip"))))
            chat.sendMessage(message).get();

        expect("text look with {location=拉萨布达拉宫}");
        expect("image http://pic.example.com/a.jpg 3x4");
        expect("audio of 5.0");
        expect("video of 6.5");
        expect("place 31.38 121.05");
        expect("file http://pic.example.com/a.zip of 0");
        AVIMMessageManager.unregisterMessageHandler(AVIMTypedMessage.class, handler);
    }

    // ---- a transient message of the application's own kind

    @AVIMMessageType(type = 1)
    public static class AVIMOperationMessage extends AVIMTypedMessage {
        @AVIMMessageField(name = "op")
        private String op = "";

        public String getOp() {
            return op;
        }

        public void setOp(String op) {
            this.op = op;
        }
    }

    @Test
    void jerry_sees_that_tom_is_typing() throws Exception {
        AVIMMessageManager.registerAVIMMessageType(AVIMOperationMessage.class);
        var typing = new AVIMTypedMessageHandler<AVIMOperationMessage>() {
            @Override
            public void onMessage(AVIMOperationMessage message, AVIMConversation conversation, AVIMClient client) {
                show(message.getFrom() + " is " + message.getOp());
            }
        };
        AVIMMessageManager.registerMessageHandler(AVIMOperationMessage.class, typing);
        AVIMClient.getInstance("Jerry").open().get();
        AVIMConversation chat = AVIMClient.getInstance("Tom")
                .open()
                .get()
                .createConversation(List.of("Jerry"))
                .get();
        AVIMOperationMessage message = new AVIMOperationMessage();
        message.setOp("keyboard inputing");

        chat.sendMessage(message, AVIMConversation.TRANSIENT_MESSAGE_FLAG, e -> {
            if (e == null) show("told");
        });

        expect("Tom is keyboard inputing");
        AVIMMessageManager.unregisterMessageHandler(AVIMOperationMessage.class, typing);
    }

    // ---- receipts

    @Test
    void tom_knows_that_jerry_has_the_message() throws Exception {
        AVIMClient.getInstance("Jerry").open().get();
        AVIMConversation chat = AVIMClient.getInstance("Tom")
                .open()
                .get()
                .createConversation(List.of("Jerry"))
                .get();

        chat.sendMessage(new AVIMTextMessage("important"), AVIMConversation.RECEIPT_MESSAGE_FLAG, e -> {});

        expect("Tom knows that it has arrived");
    }

    // ---- members

    public static class MemberEvents extends AVIMConversationEventHandler {
        @Override
        public void onMemberLeft(AVIMClient client, AVIMConversation c, List<String> members, String kickedBy) {
            show(client.getClientId() + " sees " + members + " go");
        }

        @Override
        public void onMemberJoined(AVIMClient client, AVIMConversation c, List<String> members, String invitedBy) {
            show(client.getClientId() + " sees " + members + " come");
        }

        @Override
        public void onKicked(AVIMClient client, AVIMConversation conversation, String kickedBy) {
            show(client.getClientId() + " was removed by " + kickedBy);
        }

        @Override
        public void onInvited(AVIMClient client, AVIMConversation conversation, String operator) {
            show(client.getClientId() + " was invited by " + operator);
        }
    }

    @Test
    void harry_is_invited_and_removed() throws Exception {
        AVIMMessageManager.setConversationEventHandler(new MemberEvents());
        AVIMClient.getInstance("Harry").open().get();
        AVIMConversation chat = AVIMClient.getInstance("William")
                .open()
                .get()
                .createConversation(List.of("Mary"))
                .get();

        chat.addMembers(Arrays.asList("Harry"), e -> {
            if (e == null) show("added");
        });
        expect("Harry was invited by William");
        chat.getMemberCount(new AVIMConversationMemberCountCallback() {
            @Override
            public void done(@Nullable Integer memberCount, @Nullable AVIMException e) {
                if (e == null) show("members: " + memberCount);
            }
        });
        expect("members: 3");
        chat.kickMembers(Arrays.asList("Harry"), e -> {});
        expect("Harry was removed by William");
    }

    // ---- a new name

    @Test
    void black_renames_the_room() throws Exception {
        AVIMClient black = AVIMClient.getInstance("Black").open().get();
        AVIMConversation conversation =
                black.createConversation(List.of("Tom"), "old name", null).get();

        conversation.setName("Smart cats");
        conversation.updateInfoInBackground(e -> {
            if (e == null) show("renamed to " + conversation.getName());
        });

        expect("renamed to Smart cats");
    }

    // ---- queries

    @Test
    void tom_finds_conversations_by_topic_and_members() throws Exception {
        AVIMClient tom = AVIMClient.getInstance("Tom").open().get();
        Map<String, Object> attributes = new HashMap<>();
        attributes.put("topic", "DOTA2");
        tom.createConversation(List.of("Jerry", "Bob"), "game night", attributes)
                .get();

        AVIMConversationQuery query = tom.getQuery();
        query.limit(20);
        query.whereEqualTo("attr.topic", "DOTA2");
        query.containsMembers(Arrays.asList("Jerry", "Bob"));
        query.setQueryPolicy(AVQuery.CachePolicy.NETWORK_ELSE_CACHE);
        query.findInBackground(new AVIMConversationQueryCallback() {
            @Override
            public void done(@Nullable List<AVIMConversation> conversations, @Nullable AVIMException e) {
                if (conversations != null) show("found " + conversations.get(0).getName());
            }
        });

        expect("found game night");
    }

    // ---- history

    @Test
    void ten_messages_and_then_those_before_them() throws Exception {
        AVIMConversation chat = AVIMClient.getInstance("Tom")
                .open()
                .get()
                .createConversation(List.of("Jerry"))
                .get();
        for (int i = 1; i <= 15; i++)
            chat.sendMessage(new AVIMTextMessage("" + i)).get();

        chat.queryMessages(10, new AVIMMessagesQueryCallback() {
            @Override
            public void done(@Nullable List<AVIMMessage> messages, @Nullable AVIMException e) {
                if (messages != null && !messages.isEmpty()) {
                    // Oldest first: the page before ends at the first message of this one.
                    AVIMMessage oldest = messages.get(0);
                    chat.queryMessages(oldest.getMessageId(), oldest.getTimestamp(), 20, (before, failed) -> {
                        if (before != null) show(messages.size() + " and then " + before.size());
                    });
                }
            }
        });

        expect("10 and then 5");
    }

    // ---- the connection, and the end

    @Test
    void the_application_is_told_of_the_connection_and_logs_out() throws Exception {
        AVIMClient.setClientEventHandler(new AVIMClientEventHandler() {
            @Override
            public void onConnectionPaused(AVIMClient client) {
                show("paused");
            }

            @Override
            public void onConnectionResume(AVIMClient client) {
                show("back");
            }

            @Override
            public void onClientOffline(AVIMClient client, int code) {
                show("offline " + code);
            }
        });
        AVIMClient tom = AVIMClient.getInstance("Tom", "Mobile").open().get();
        server.restart();
        expect("paused");
        expect("back");

        tom.close(new AVIMClientCallback() {
            @Override
            public void done(AVIMClient client, @Nullable AVIMException e) {
                if (e == null) show("logged out");
            }
        });

        expect("logged out");
    }

    // ---- chat rooms

    @Test
    void tom_opens_a_chat_room() throws Exception {
        AVIMClient tom = AVIMClient.getInstance("Tom").open().get();
        Map<String, Object> attributes = new HashMap<>();
        attributes.put("topic", "奔跑吧，兄弟");

        tom.createConversation(List.of(), "HelloKitty PK 加菲猫", attributes, true, (room, e) -> {
            if (room != null) show("a room: " + room.isTransient());
        });

        expect("a room: true");
        List<AVIMConversation> found = tom.getQuery()
                .whereEqualTo("attr.topic", "奔跑吧，兄弟")
                .whereEqualTo("tr", true)
                .findInBackground()
                .get();
        assertThat(found).hasSize(1);
    }

    @Test
    void the_cache_of_the_history_can_be_switched_off_and_missed_messages_counted() throws Exception {
        AVIMClient.setMessageQueryCacheEnable(false);
        AVIMClient.setOfflineMessagePush(true);
        try {
            AVIMClient.getInstance("Tom").open().get();
            assertThat(AVIMClient.getInstance("Tom")).isSameAs(AVIMClient.getInstance("Tom"));
        } finally {
            AVIMClient.setMessageQueryCacheEnable(true);
            AVIMClient.setOfflineMessagePush(false);
        }
    }
}
