package io.parley.core.conversation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.core.command.Kind;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// A page of conversations as rows of the class `_Conversation`. Source: rest 5.3, 13.
///
/// @param count of all that match, when it was asked for
public record FoundRows(List<ObjectNode> page, OptionalLong count) {
    /// @param order comma list of keys, `-` for descending; empty means by id
    /// @param count all that match are counted, which takes longer
    /// @param after ascending by id, only ids after this one
    public record Query(
            Set<Kind> kinds,
            ObjectNode where,
            String order,
            int skip,
            int limit,
            boolean count,
            Optional<String> after) {
        public static final int DEFAULT_LIMIT = 100;
        public static final int MAX_LIMIT = 1000;

        public Query {
            kinds = Set.copyOf(kinds);
        }
    }
}
