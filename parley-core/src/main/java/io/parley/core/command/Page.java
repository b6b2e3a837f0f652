package io.parley.core.command;

import java.util.Optional;

/// A piece of a list of clients. `next` is a decimal offset, since Java parses it as a number. Source: protocol
/// 4.3.10.
public record Page(int limit, int offset) {
    public static final int DEFAULT_LIMIT = 10;
    public static final int MAX_LIMIT = 100;

    public Page {
        limit = Math.clamp(limit, 1, MAX_LIMIT);
        offset = Math.max(0, offset);
    }

    /// @param limit absent means [#DEFAULT_LIMIT]
    /// @param next as an earlier answer gave it
    public static Page of(Optional<Integer> limit, Optional<String> next) {
        int offset = 0;
        try {
            offset = next.filter(text -> !text.isEmpty()).map(Integer::parseInt).orElse(0);
        } catch (NumberFormatException e) {
            throw Refusal.of(
                    ErrorCode.CONVERSATION_QUERY_FAILED,
                    "next is what an earlier answer gave; got \"%s\"",
                    next.orElse(""));
        }
        return new Page(limit.orElse(DEFAULT_LIMIT), offset);
    }
}
