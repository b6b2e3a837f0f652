package io.parley.conformance.sdk;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/// A conversation as an SDK shows it to its application.
///
/// @param topic a custom attribute the tests use; empty if none
/// @param members empty if the SDK was not told
/// @param unread 0 if the SDK does not count
public record Conversation(
        String id,
        String name,
        String topic,
        List<String> members,
        String creator,
        List<String> mutedMembers,
        int unread,
        boolean mentioned,
        Optional<Message> lastMessage) {

    static Conversation of(JsonNode json) {
        JsonNode last = json.path("lastMessage");
        return new Conversation(
                json.path("cid").asText(""),
                json.path("name").asText(""),
                json.path("topic").asText(""),
                strings(json.path("members")),
                json.path("creator").asText(""),
                strings(json.path("mutedMembers")),
                json.path("unread").asInt(),
                json.path("mentioned").asBoolean(),
                last.isObject() ? Optional.of(Message.of(last)) : Optional.empty());
    }

    private static List<String> strings(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }
}
