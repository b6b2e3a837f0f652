package io.parley.conformance.own;

import io.parley.client.AVIMClient;
import io.parley.client.AVIMClientEventHandler;
import io.parley.client.AVIMConversation;
import io.parley.client.AVIMConversation.MemberRole;
import io.parley.client.AVIMConversationEventHandler;
import io.parley.client.AVIMException;
import io.parley.client.AVIMMessage;
import io.parley.client.AVIMMessageHandler;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Tells what the SDK tells its application.
final class Events {
    /// Where it is told.
    interface Wire {
        void tell(String client, String event, Map<String, Object> data);
    }

    private final Device device;
    private final Wire wire;
    private final BiConsumer<String, AVIMMessage> heard;

    /// @param heard is given each message before it is told, with the login that got it
    Events(Device device, Wire wire, BiConsumer<String, AVIMMessage> heard) {
        this.device = device;
        this.wire = wire;
        this.heard = heard;
    }

    void listen() {
        device.realtime.setDefaultMessageHandler(new Messages());
        device.realtime.setConversationEventHandler(new Conversations());
        device.realtime.setClientEventHandler(new Connection());
    }

    private void emit(AVIMClient client, String event, Map<String, Object> data) {
        wire.tell(device.handle(client.getClientId()), event, data);
    }

    private static Map<String, Object> in(AVIMConversation conversation, Object... pairs) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("cid", conversation.getConversationId());
        for (int i = 0; i < pairs.length; i += 2) data.put((String) pairs[i], pairs[i + 1]);
        return data;
    }

    private void tell(AVIMClient client, String event, AVIMMessage message) {
        heard.accept(device.handle(client.getClientId()), message);
        emit(client, event, Describe.message(message, client.getClientId()));
    }

    private final class Messages extends AVIMMessageHandler {
        @Override
        public void onMessage(AVIMMessage message, AVIMConversation conversation, AVIMClient client) {
            tell(client, "message", message);
        }

        @Override
        public void onMessageReceipt(AVIMMessage message, AVIMConversation conversation, AVIMClient client) {
            emit(client, "receipt", Describe.message(message, client.getClientId()));
        }
    }

    private final class Conversations extends AVIMConversationEventHandler {
        private void told(AVIMClient client, String event, AVIMConversation conversation, String by) {
            emit(client, event, in(conversation, "by", by));
        }

        private void told(
                AVIMClient client, String event, AVIMConversation conversation, List<String> members, String by) {
            emit(client, event, in(conversation, "members", members, "by", by));
        }

        @SuppressWarnings("JavaUtilDate") // as the SDK has it
        private void until(AVIMClient client, String event, AVIMConversation conversation, @Nullable Date time) {
            emit(client, event, in(conversation, "at", time == null ? 0 : time.getTime()));
        }

        @Override
        public void onMemberLeft(AVIMClient client, AVIMConversation in, List<String> members, String by) {
            told(client, "membersLeft", in, members, by);
        }

        @Override
        public void onMemberJoined(AVIMClient client, AVIMConversation in, List<String> members, String by) {
            told(client, "membersJoined", in, members, by);
        }

        @Override
        public void onKicked(AVIMClient client, AVIMConversation in, String by) {
            told(client, "kicked", in, by);
        }

        @Override
        public void onInvited(AVIMClient client, AVIMConversation in, String by) {
            told(client, "invited", in, by);
        }

        @Override
        public void onUnreadMessagesCountUpdated(AVIMClient client, AVIMConversation in) {
            emit(client, "unread", Describe.conversation(in, client.getClientId()));
        }

        @Override
        public void onLastDeliveredAtUpdated(AVIMClient client, AVIMConversation in) {
            until(client, "delivered", in, in.getLastDeliveredAt());
        }

        @Override
        public void onLastReadAtUpdated(AVIMClient client, AVIMConversation in) {
            until(client, "read", in, in.getLastReadAt());
        }

        @Override
        public void onMessageUpdated(AVIMClient client, AVIMConversation in, AVIMMessage message) {
            tell(client, "edited", message);
        }

        @Override
        public void onMessageRecalled(AVIMClient client, AVIMConversation in, AVIMMessage message) {
            tell(client, "recalled", message);
        }

        @Override
        public void onInfoChanged(AVIMClient client, AVIMConversation in, Map<String, Object> changed, String by) {
            emit(client, "updated", in(in, "attributes", changed, "by", by));
        }

        @Override
        public void onMemberInfoUpdated(
                AVIMClient client, AVIMConversation in, String memberId, MemberRole role, @Nullable String by) {
            emit(client, "roleChanged", in(in, "member", memberId, "role", role.name(), "by", String.valueOf(by)));
        }

        @Override
        public void onMuted(AVIMClient client, AVIMConversation in, String by) {
            told(client, "silenced", in, by);
        }

        @Override
        public void onUnmuted(AVIMClient client, AVIMConversation in, String by) {
            told(client, "unsilenced", in, by);
        }

        @Override
        public void onMemberMuted(AVIMClient client, AVIMConversation in, List<String> members, String by) {
            told(client, "membersSilenced", in, members, by);
        }

        @Override
        public void onMemberUnmuted(AVIMClient client, AVIMConversation in, List<String> members, String by) {
            told(client, "membersUnsilenced", in, members, by);
        }

        @Override
        public void onBlocked(AVIMClient client, AVIMConversation in, String by) {
            told(client, "blocked", in, by);
        }

        @Override
        public void onUnblocked(AVIMClient client, AVIMConversation in, String by) {
            told(client, "unblocked", in, by);
        }

        @Override
        public void onMemberBlocked(AVIMClient client, AVIMConversation in, List<String> members, String by) {
            told(client, "membersBlocked", in, members, by);
        }

        @Override
        public void onMemberUnblocked(AVIMClient client, AVIMConversation in, List<String> members, String by) {
            told(client, "membersUnblocked", in, members, by);
        }
    }

    private final class Connection extends AVIMClientEventHandler {
        @Override
        public void onConnectionPaused(AVIMClient client) {
            emit(client, "disconnected", Map.of());
        }

        @Override
        public void onConnectionResume(AVIMClient client) {
            emit(client, "reconnected", Map.of());
            device.resumed(client.getClientId());
        }

        @Override
        public void onClientOffline(AVIMClient client, int code) {
            String event = code == AVIMException.SESSION_CONFLICT ? "conflict" : "closed";
            emit(client, event, Map.of("code", code));
        }
    }
}
