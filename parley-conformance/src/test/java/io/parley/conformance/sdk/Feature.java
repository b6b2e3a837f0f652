package io.parley.conformance.sdk;

/// What an SDK generation has, or has not. Source: protocol 10.3, legacy-json, and the SDKs' own sources.
public enum Feature {
    /// An application can mark a conversation as read, and senders are told.
    READING,
    /// After a time offline the SDK is told how many messages wait, not which.
    UNREAD_COUNTS,
    /// After a time offline the SDK can be sent the messages themselves.
    PUSHED_MESSAGES,
    EDITING,
    RECALLING,
    BINARY_MESSAGES,
    MENTIONS,
    MUTING,
    /// Name and attributes of a conversation can be changed.
    ATTRIBUTES,
    COUNTING,
    /// A login may carry a tag, of which one device at a time may hold it.
    TAGS,
    /// History can be read from old to new.
    FORWARD_HISTORY,
    /// A login can say that the application, not its user, asked for it; then a newer device is not pushed out.
    AUTOMATIC_LOGIN,
    /// Two clients of one program on one socket.
    SHARED_CONNECTION,
    /// A dropped socket is noticed and opened again without the application's help.
    SELF_HEALING,
    /// Who is invited is told of the invitation, and of itself among those who joined.
    OWN_JOINING,
    /// After a lost socket the application is told the messages that were sent meanwhile, in order.
    CATCHING_UP,
    /// Finds its server by host names that are compiled in, if these lead there.
    COMPILED_IN_NAMES,
    /// Frames can be base64 text instead of binary.
    TEXT_FRAMES,
    /// The application is told when another client changes name or attributes of a conversation.
    CHANGE_NOTICES,
    /// Membership notices missed while away are fetched on return.
    REPLAYED_NOTICES,
    TEMPORARY_CONVERSATIONS,
    /// Roles, silence and blacklists.
    MODERATION,
    /// A message can be left for the case that the connection drops.
    WILLS
}
