package io.parley.conformance.own;

import io.parley.client.AVIMBinaryMessage;
import io.parley.client.AVIMConversation;
import io.parley.client.AVIMMessage;
import io.parley.client.AVIMPartialResult;
import io.parley.client.AVIMRecalledMessage;
import io.parley.client.AVIMTextMessage;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a test sees of the SDK's objects; the same keys as the programs on the official SDKs use.
final class Describe {
    private Describe() {}

    static Map<String, Object> message(AVIMMessage message, String clientId) {
        Map<String, Object> described = new LinkedHashMap<>();
        described.put("id", message.getMessageId());
        described.put("cid", message.getConversationId());
        described.put("from", message.getFrom());
        described.put("timestamp", message.getTimestamp());
        if (!message.getMentionList().isEmpty()) described.put("mentions", message.getMentionList());
        if (message.isMentionAll()) described.put("mentionedAll", true);
        if (message.isMentioned(clientId)) described.put("mentioned", true);
        switch (message) {
            case AVIMRecalledMessage recalled -> described.put("recalled", true);
            case AVIMTextMessage text -> {
                described.put("text", text.getText());
                described.put("attributes", text.getAttrs());
            }
            case AVIMBinaryMessage binary ->
                described.put("binary", Base64.getEncoder().encodeToString(binary.getBytes()));
            default -> described.put("content", message.getContent());
        }
        return described;
    }

    static List<Map<String, Object>> messages(List<AVIMMessage> messages, String clientId) {
        return messages.stream().map(message -> message(message, clientId)).toList();
    }

    static Map<String, Object> conversation(AVIMConversation conversation, String clientId) {
        Map<String, Object> described = new LinkedHashMap<>();
        described.put("cid", conversation.getConversationId());
        described.put("name", conversation.getName());
        described.put("topic", conversation.getAttribute("topic"));
        described.put("members", conversation.getMembers());
        described.put("creator", conversation.getCreator());
        described.put("unread", conversation.getUnreadMessagesCount());
        if (conversation.unreadMessagesMentioned()) described.put("mentioned", true);
        AVIMMessage last = conversation.getLastMessage();
        if (last != null) described.put("lastMessage", message(last, clientId));
        return described;
    }

    /// For whom it was done, and why not for the others.
    static Map<String, Object> outcome(AVIMPartialResult result) {
        List<Map<String, Object>> failures = new ArrayList<>();
        result.getFailures()
                .forEach((client, error) -> failures.add(Map.of("code", error.getCode(), "clients", List.of(client))));
        return Map.of("done", result.getSucceeded(), "failures", failures);
    }
}
