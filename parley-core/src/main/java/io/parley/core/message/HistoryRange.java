package io.parley.core.message;

import io.parley.core.command.MessageCommand.History;
import io.parley.core.command.MessageCommand.History.Bound;
import java.util.Optional;
import java.util.OptionalInt;

/// A part of a conversation's history in the order (timestamp, id).
///
/// @param lower no message below it; absent means from the beginning
/// @param upper no message above it; absent means without end (not "now": times may run ahead of the clock)
/// @param direction which messages are kept when more than `limit` match: OLD the newest, NEW the oldest
/// @param type only messages whose content is a JSON object with this `_lctype`
public record HistoryRange(
        Optional<Bound> lower, Optional<Bound> upper, History.Direction direction, int limit, OptionalInt type) {}
