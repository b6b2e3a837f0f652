package io.parley.core.outbox;

import java.time.Instant;

/// A job that was given up, kept for a while so that somebody can look at it and have it done again.
///
/// @param reason of the last failure
public record DeadLetter(
        long id,
        Purpose purpose,
        String lane,
        String payload,
        Instant addedAt,
        Instant diedAt,
        int attempts,
        String reason) {}
