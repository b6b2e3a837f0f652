package io.parley.core.app;

import java.time.Duration;

/// What an operator may change per app. Defaults are those LeanCloud documents, except that client rates are
/// unlimited.
/// Source: semantics 15, 16.
///
/// @param maxMessageBytes content plus push data of one message
/// @param maxMembers of a normal conversation
/// @param editAllowed clients may edit their messages
/// @param recallAllowed clients may recall their messages
/// @param maxUnreadConversations told after a login
/// @param maxUnreadCount exact up to this, then capped
/// @param maxOfflineMessages pushed per conversation at login to sessions that get offline messages pushed
/// @param sendsPerMinute per client; 0 means unlimited
/// @param historyQueriesPerMinute per client; 0 means unlimited
/// @param otherCommandsPerMinute per client and kind; 0 means unlimited
/// @param sessionTokenTtl life time of a session token
/// @param loginSignature logins need a signature (semantics 11)
public record AppSettings(
        int maxMessageBytes,
        int maxMembers,
        boolean editAllowed,
        boolean recallAllowed,
        int maxUnreadConversations,
        int maxUnreadCount,
        int maxOfflineMessages,
        int sendsPerMinute,
        int historyQueriesPerMinute,
        int otherCommandsPerMinute,
        Duration sessionTokenTtl,
        boolean loginSignature) {
    public static final AppSettings DEFAULT =
            new AppSettings(5120, 500, true, true, 50, 100, 20, 0, 0, 0, Duration.ofDays(2), false);
}
