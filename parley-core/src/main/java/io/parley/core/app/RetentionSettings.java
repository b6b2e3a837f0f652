package io.parley.core.app;

import java.time.Duration;

/// How long things are kept. Source: semantics 4.2, 18.
///
/// @param idleConversations conversations without a new message and without any change for so long are deleted with
///     their messages; zero means never
/// @param senderAddresses the internet address of the device that sent a message is kept with it, for the application
public record RetentionSettings(Duration idleConversations, boolean senderAddresses) {
    public static final RetentionSettings DEFAULT = new RetentionSettings(Duration.ZERO, true);
}
