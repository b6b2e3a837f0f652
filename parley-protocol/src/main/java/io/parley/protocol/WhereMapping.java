package io.parley.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.core.command.ErrorCode;
import io.parley.core.command.Refusal;
import java.util.Optional;

/// The condition of a conversation query. Source: protocol 5.2.
final class WhereMapping {
    private static final String ALL = "$all";

    private WhereMapping() {}

    /// Absent and empty mean the same: the asker's own conversations.
    static Optional<ObjectNode> where(String text) {
        if (text.isEmpty()) return Optional.empty();
        ObjectNode where = JsonText.object(text)
                .orElseThrow(() -> Refusal.of(ErrorCode.CONVERSATION_QUERY_FAILED, "where is not a JSON object"));
        unwrap(where);
        return where.isEmpty() ? Optional.empty() : Optional.of(where);
    }

    /// The 2016 SDK wraps the member list of a condition again each time the application uses its options again:
    /// `$all` with an object as operand means that object. Source: legacy-json 14, Q8.
    private static void unwrap(JsonNode node) {
        if (node instanceof ObjectNode condition) {
            while (condition.get(ALL) instanceof ObjectNode operand) {
                condition.remove(ALL);
                condition.setAll(operand);
            }
        }
        for (JsonNode child : node) unwrap(child);
    }
}
