package io.parley.conformance.java6;

import cn.leancloud.im.v2.AVIMClient;
import cn.leancloud.im.v2.AVIMClientEventHandler;
import cn.leancloud.im.v2.AVIMConversation;
import cn.leancloud.im.v2.AVIMConversationEventHandler;
import cn.leancloud.im.v2.AVIMMessage;
import cn.leancloud.im.v2.AVIMMessageHandler;
import cn.leancloud.im.v2.AVIMMessageManager;
import cn.leancloud.im.v2.conversation.AVIMConversationMemberInfo;
import com.alibaba.fastjson.JSONObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes what the SDK tells its application as event lines. */
final class Events {
    private final Wire wire;

    Events(Wire wire) {
        this.wire = wire;
    }

    void listen() {
        AVIMMessageManager.registerDefaultMessageHandler(new Messages());
        AVIMMessageManager.setConversationEventHandler(new Conversations());
        AVIMClient.setClientEventHandler(new Connection());
    }

    private void emit(AVIMClient client, String event, Map<String, Object> data) {
        wire.emit(client.getClientId(), event, data);
    }

    private static Map<String, Object> data(Object... pairs) {
        var data = new LinkedHashMap<String, Object>();
        for (int i = 0; i < pairs.length; i += 2) {
            data.put((String) pairs[i], pairs[i + 1]);
        }
        return data;
    }

    private final class Messages extends AVIMMessageHandler {
        @Override
        public void onMessage(AVIMMessage message, AVIMConversation conversation, AVIMClient client) {
            emit(client, "message", Describe.message(message));
        }

        @Override
        public void onMessageReceipt(AVIMMessage message, AVIMConversation conversation, AVIMClient client) {
            emit(client, "receipt", Describe.message(message));
        }
    }

    private final class Conversations extends AVIMConversationEventHandler {
        @Override
        public void onMemberLeft(AVIMClient client, AVIMConversation conversation, List<String> members, String by) {
            emit(client, "membersLeft", data("cid", conversation.getConversationId(), "members", members, "by", by));
        }

        @Override
        public void onMemberJoined(AVIMClient client, AVIMConversation conversation, List<String> members, String by) {
            emit(client, "membersJoined", data("cid", conversation.getConversationId(), "members", members, "by", by));
        }

        @Override
        public void onKicked(AVIMClient client, AVIMConversation conversation, String by) {
            emit(client, "kicked", data("cid", conversation.getConversationId(), "by", by));
        }

        @Override
        public void onInvited(AVIMClient client, AVIMConversation conversation, String by) {
            emit(client, "invited", data("cid", conversation.getConversationId(), "by", by));
        }

        @Override
        public void onUnreadMessagesCountUpdated(AVIMClient client, AVIMConversation conversation) {
            emit(client, "unread", Describe.conversation(conversation));
        }

        @Override
        public void onLastDeliveredAtUpdated(AVIMClient client, AVIMConversation conversation) {
            emit(
                    client,
                    "delivered",
                    data("cid", conversation.getConversationId(), "at", conversation.getLastDeliveredAt()));
        }

        @Override
        public void onLastReadAtUpdated(AVIMClient client, AVIMConversation conversation) {
            emit(client, "read", data("cid", conversation.getConversationId(), "at", conversation.getLastReadAt()));
        }

        @Override
        public void onMessageUpdated(AVIMClient client, AVIMConversation conversation, AVIMMessage message) {
            emit(client, "edited", Describe.message(message));
        }

        @Override
        public void onMessageRecalled(AVIMClient client, AVIMConversation conversation, AVIMMessage message) {
            emit(client, "recalled", Describe.message(message));
        }

        @Override
        public void onMemberInfoUpdated(
                AVIMClient client,
                AVIMConversation conversation,
                AVIMConversationMemberInfo info,
                List<String> changed,
                String by) {
            var role = info.getRole() == null ? null : info.getRole().getName();
            emit(
                    client,
                    "roleChanged",
                    data(
                            "cid",
                            conversation.getConversationId(),
                            "member",
                            info.getMemberId(),
                            "role",
                            role,
                            "by",
                            by));
        }

        @Override
        public void onMuted(AVIMClient client, AVIMConversation conversation, String by) {
            told(client, "silenced", conversation, by);
        }

        @Override
        public void onUnmuted(AVIMClient client, AVIMConversation conversation, String by) {
            told(client, "unsilenced", conversation, by);
        }

        @Override
        public void onBlocked(AVIMClient client, AVIMConversation conversation, String by) {
            told(client, "blocked", conversation, by);
        }

        @Override
        public void onUnblocked(AVIMClient client, AVIMConversation conversation, String by) {
            told(client, "unblocked", conversation, by);
        }

        @Override
        public void onMemberMuted(AVIMClient client, AVIMConversation conversation, List<String> members, String by) {
            told(client, "membersSilenced", conversation, members, by);
        }

        @Override
        public void onMemberUnmuted(AVIMClient client, AVIMConversation conversation, List<String> members, String by) {
            told(client, "membersUnsilenced", conversation, members, by);
        }

        @Override
        public void onMemberBlocked(AVIMClient client, AVIMConversation conversation, List<String> members, String by) {
            told(client, "membersBlocked", conversation, members, by);
        }

        @Override
        public void onMemberUnblocked(
                AVIMClient client, AVIMConversation conversation, List<String> members, String by) {
            told(client, "membersUnblocked", conversation, members, by);
        }

        private void told(AVIMClient client, String event, AVIMConversation conversation, String by) {
            emit(client, event, data("cid", conversation.getConversationId(), "by", by));
        }

        private void told(
                AVIMClient client, String event, AVIMConversation conversation, List<String> members, String by) {
            emit(client, event, data("cid", conversation.getConversationId(), "members", members, "by", by));
        }

        @Override
        public void onInfoChanged(AVIMClient client, AVIMConversation conversation, JSONObject attributes, String by) {
            emit(client, "updated", data("cid", conversation.getConversationId(), "attributes", attributes, "by", by));
        }
    }

    /** The SDK drops an event that equals the one before, whichever client it concerns: so each event gets a new handler. */
    private final class Connection extends AVIMClientEventHandler {
        @Override
        public void onConnectionPaused(AVIMClient client) {
            AVIMClient.setClientEventHandler(new Connection());
            emit(client, "disconnected", data());
        }

        @Override
        public void onConnectionResume(AVIMClient client) {
            AVIMClient.setClientEventHandler(new Connection());
            emit(client, "reconnected", data());
        }

        @Override
        public void onClientOffline(AVIMClient client, int code) {
            AVIMClient.setClientEventHandler(new Connection());
            emit(client, code == 4111 ? "conflict" : "closed", data("code", code));
        }
    }
}
