package io.parley.conformance.java6;

import cn.leancloud.im.v2.AVIMBinaryMessage;
import cn.leancloud.im.v2.AVIMConversation;
import cn.leancloud.im.v2.AVIMMessage;
import cn.leancloud.im.v2.messages.AVIMRecalledMessage;
import cn.leancloud.im.v2.messages.AVIMTextMessage;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What the test sees of the SDK's objects; the same keys as the programs on the JavaScript SDKs use. */
final class Describe {
    private Describe() {}

    static Map<String, Object> message(AVIMMessage message) {
        var described = new LinkedHashMap<String, Object>();
        described.put("id", message.getMessageId());
        described.put("cid", message.getConversationId());
        described.put("from", message.getFrom());
        described.put("timestamp", message.getTimestamp());
        if (message.getMentionList() != null && !message.getMentionList().isEmpty()) {
            described.put("mentions", message.getMentionList());
        }
        if (message.isMentionAll()) {
            described.put("mentionedAll", true);
        }
        if (message.mentioned()) {
            described.put("mentioned", true);
        }
        if (message instanceof AVIMRecalledMessage) {
            described.put("recalled", true);
        } else if (message instanceof AVIMTextMessage) {
            described.put("type", -1);
            described.put("text", ((AVIMTextMessage) message).getText());
            described.put("attributes", ((AVIMTextMessage) message).getAttrs());
        } else if (message instanceof AVIMBinaryMessage) {
            described.put("binary", Base64.getEncoder().encodeToString(((AVIMBinaryMessage) message).getBytes()));
        } else {
            described.put("content", message.getContent());
        }
        return described;
    }

    static List<Map<String, Object>> messages(List<AVIMMessage> messages) {
        return messages.stream().map(Describe::message).collect(Collectors.toList());
    }

    static Map<String, Object> conversation(AVIMConversation conversation) {
        var described = new LinkedHashMap<String, Object>();
        described.put("cid", conversation.getConversationId());
        described.put("name", conversation.getName());
        described.put("topic", conversation.getAttribute("topic"));
        described.put("members", conversation.getMembers());
        described.put("creator", conversation.getCreator());
        described.put("unread", conversation.getUnreadMessagesCount());
        if (conversation.unreadMessagesMentioned()) {
            described.put("mentioned", true);
        }
        var last = conversation.getLastMessage();
        if (last != null) {
            described.put("lastMessage", message(last));
        }
        return described;
    }
}
