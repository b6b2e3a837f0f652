package io.parley.core.app;

import java.time.Duration;

/// How long things are kept. Source: semantics 4.2, 18.
///
/// @param idleConversations conversations without a new message and without any change for so long are deleted with
///     their messages; zero means never
public record RetentionSettings(Duration idleConversations) {
    public static final RetentionSettings DEFAULT = new RetentionSettings(Duration.ZERO);
}
