package io.parley.core.app;

/// How the REST API serves an app. Numbers of 0 mean unlimited. Source: rest 2.3, 18; semantics 15.
///
/// @param conversationsByAppKey the app key suffices for making, finding, changing and deleting conversations
/// @param historySignature clients may read a conversation's history with the app key and a signature
/// @param paddedConversationIds `conv-id` in history items ends in 8 zeros, as customers of old know it
/// @param messagesPerMinute sends, edits and recalls in all conversations together
/// @param subscriberMessagesPerMinute messages to all subscribers of a service conversation
/// @param broadcastsPerMinute messages to all clients
public record RestSettings(
        boolean conversationsByAppKey,
        boolean historySignature,
        boolean paddedConversationIds,
        int messagesPerMinute,
        int subscriberMessagesPerMinute,
        int subscriberMessagesPerDay,
        int broadcastsPerMinute,
        int broadcastsPerDay) {
    public static final RestSettings DEFAULT = new RestSettings(false, false, false, 0, 0, 0, 0, 0);
}
