package io.parley.core.aftermath;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.core.command.AppId;
import io.parley.core.command.ClientId;
import io.parley.core.command.ConversationId;
import io.parley.core.command.ConversationKey;
import io.parley.core.command.MessageId;
import io.parley.core.outbox.Job;
import io.parley.core.outbox.Purpose;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// A job about a stored message, as it lies in the outbox. What the message says is not in it: it is read when the job
/// is done, so that nobody is told of what was recalled meanwhile.
///
/// @param address of the sender's device
/// @param only present when only these were to get the message
/// @param pushData of the sender
record MessageJob(
        ConversationId conversation,
        MessageId message,
        long timestamp,
        Optional<String> address,
        Optional<Set<ClientId>> only,
        Optional<String> pushData) {
    private static final ObjectMapper JSON = new ObjectMapper();

    ConversationKey key(AppId app) {
        return new ConversationKey(app, conversation);
    }

    Job job(AppId app, Purpose purpose) {
        ObjectNode payload = JSON.createObjectNode()
                .put("conversation", conversation.value())
                .put("message", message.value())
                .put("timestamp", timestamp);
        address.ifPresent(value -> payload.put("address", value));
        only.ifPresent(clients -> {
            ArrayNode names = payload.putArray("only");
            for (ClientId client : clients) names.add(client.value());
        });
        pushData.ifPresent(data -> payload.put("push", data));
        return new Job(app, purpose, conversation.value(), payload.toString());
    }

    static MessageJob of(String payload) {
        JsonNode json;
        try {
            json = JSON.readTree(payload);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the outbox holds a job that is no JSON", e);
        }
        return new MessageJob(
                new ConversationId(json.path("conversation").asText()),
                new MessageId(json.path("message").asText()),
                json.path("timestamp").asLong(),
                Optional.ofNullable(json.get("address")).map(JsonNode::asText),
                Optional.ofNullable(json.get("only")).map(MessageJob::clients),
                Optional.ofNullable(json.get("push")).map(JsonNode::asText));
    }

    private static Set<ClientId> clients(JsonNode names) {
        Set<ClientId> clients = new HashSet<>();
        for (JsonNode name : names) clients.add(new ClientId(name.asText()));
        return clients;
    }
}
