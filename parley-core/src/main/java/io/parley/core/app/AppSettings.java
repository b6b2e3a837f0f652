package io.parley.core.app;

import java.time.Duration;
import java.util.List;

/// What an operator may change per app. Defaults are those LeanCloud documents, except that client rates are
/// unlimited.
/// Source: semantics 15, 16.
///
/// @param realtime clients may log in; without it they are sent away
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
/// @param conversationSignature creating, inviting, joining and kicking need a signature
/// @param blacklistSignature blocking and unblocking need a signature
/// @param roles owner, manager and member differ in what they may do; silencing is possible
/// @param blacklist conversations may block clients
/// @param membersMayAdd plain members may add others even when roles are on
/// @param maxSilenced per conversation; twenty times as many in a chat room
/// @param maxBlocked per conversation; twenty times as many in a chat room
/// @param roomInvites who may add others to a chat room
/// @param roomRejoin within this time after a dropped connection a client is put back into its chat room
/// @param maxTemporaryMembers of a temporary conversation
/// @param temporaryTtl life time of a temporary conversation that names none
/// @param maxTemporaryTtl longer ones are cut to this
/// @param webOrigins origins that browsers may connect from; empty means any
/// @param hooks the application's own code
/// @param filter words that are not wanted
/// @param push notifications of devices whose client is offline
/// @param rest what the REST API does for this app
/// @param storage of records, users and files
/// @param signatures what is asked of signatures beyond being right
/// @param retention how long things are kept
public record AppSettings(
        boolean realtime,
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
        boolean loginSignature,
        boolean conversationSignature,
        boolean blacklistSignature,
        boolean roles,
        boolean blacklist,
        boolean membersMayAdd,
        int maxSilenced,
        int maxBlocked,
        RoomInvites roomInvites,
        Duration roomRejoin,
        int maxTemporaryMembers,
        Duration temporaryTtl,
        Duration maxTemporaryTtl,
        List<String> webOrigins,
        HookSettings hooks,
        FilterSettings filter,
        PushSettings push,
        RestSettings rest,
        StorageSettings storage,
        SignatureSettings signatures,
        RetentionSettings retention) {
    public static final AppSettings DEFAULT = new AppSettings(
            true,
            5120,
            500,
            true,
            true,
            50,
            100,
            20,
            0,
            0,
            0,
            Duration.ofDays(2),
            false,
            false,
            false,
            false,
            false,
            true,
            500,
            500,
            RoomInvites.LEGACY_ONLY,
            Duration.ofMinutes(30),
            10,
            Duration.ofDays(1),
            Duration.ofDays(30),
            List.of(),
            HookSettings.DEFAULT,
            FilterSettings.DEFAULT,
            PushSettings.DEFAULT,
            RestSettings.DEFAULT,
            StorageSettings.DEFAULT,
            SignatureSettings.DEFAULT,
            RetentionSettings.DEFAULT);

    /// Who may add others to, and remove others from, a chat room.
    public enum RoomInvites {
        EVERYBODY,
        /// Sessions of the JSON text protocol, whose documents of the time allowed it.
        LEGACY_ONLY,
        NOBODY;

        /// @param legacyJson whether the session that asks speaks the JSON text protocol
        public boolean allow(boolean legacyJson) {
            return this == EVERYBODY || this == LEGACY_ONLY && legacyJson;
        }
    }

    public AppSettings {
        webOrigins = List.copyOf(webOrigins);
    }
}
