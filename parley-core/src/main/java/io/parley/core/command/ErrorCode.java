package io.parley.core.command;

/// The closed list of ways to say no: number and name as the SDKs know them, HTTP status for the REST side,
/// meaning. The name goes out as `reason`; official SDK tests compare it literally. Source: protocol 9, semantics
/// 17.
public enum ErrorCode {
    // storage of records, users and files. Source: rest 3
    BAD_REQUEST(1, 400, "a parameter is missing or wrong"),
    OBJECT_NOT_FOUND(101, 404, "there is no such object or class"),
    INVALID_QUERY(102, 400, "the query is malformed"),
    INVALID_CLASS_NAME(103, 400, "the class cannot have this name"),
    MISSING_OBJECT_ID(104, 400, "the id of an object is needed"),
    INVALID_KEY_NAME(105, 400, "the key cannot have this name"),
    MALFORMED_POINTER(106, 400, "the pointer is malformed"),
    INCORRECT_TYPE(111, 400, "the value has another type than its column"),
    INVALID_CHANNEL(112, 400, "the channel cannot have this name"),
    COLUMN_MISSING(113, 400, "a column is missing"),
    INVALID_DEVICE_TOKEN(114, 400, "the device token is malformed"),
    OBJECT_TOO_LARGE(116, 400, "the object is too large"),
    READ_ONLY_KEY(117, 400, "the key belongs to the server"),
    OPERATION_FORBIDDEN(119, 403, "clients may not do this"),
    INVALID_ACL(123, 400, "the ACL is malformed"),
    QUERY_TOO_EXPENSIVE(124, 408, "the query takes too long"),
    INVALID_EMAIL(125, 400, "this is no email address"),
    INVALID_MOBILE_PHONE(127, 400, "this is no phone number"),
    DUPLICATE_VALUE(137, 400, "another object has this value already"),
    USERNAME_MISSING(200, 400, "a username is needed"),
    PASSWORD_MISSING(201, 400, "a password is needed"),
    USERNAME_TAKEN(202, 400, "the username is taken"),
    EMAIL_TAKEN(203, 400, "the email address is taken"),
    USER_SESSION_REQUIRED(206, 403, "only the user may do this"),
    WRONG_PASSWORD(210, 400, "username and password do not match"),
    USER_NOT_FOUND(211, 400, "there is no such user"),
    MOBILE_PHONE_TAKEN(214, 400, "the phone number is taken"),
    BLANK_USERNAME(217, 400, "the username is blank"),
    BLANK_PASSWORD(218, 400, "the password is blank"),
    LOGIN_LOCKED(219, 400, "too many failed logins"),
    NO_EFFECT(305, 400, "the condition of the change did not hold"),
    FORBIDDEN(403, 403, "the caller may not do this"),
    // session
    APP_NOT_AVAILABLE(4100, 400, "the app is unknown or its messaging is switched off"),
    SIGNATURE_FAILED(4102, 401, "the login signature is missing, wrong or too old"),
    INVALID_LOGIN(4103, 400, "the client id is malformed"),
    SESSION_REQUIRED(4105, 400, "the command came before the session was opened"),
    BLACKLISTED(4106, 403, "the client is banned from the app"),
    READ_TIMEOUT(4107, 400, "nothing was heard from the client for too long"),
    LOGIN_TIMEOUT(4108, 400, "connected, but no session was opened in time"),
    FRAME_TOO_LONG(4109, 400, "the frame or message exceeds the size limit"),
    INVALID_ORIGIN(4110, 403, "the web origin is not on the app's list"),
    SESSION_CONFLICT(4111, 400, "another device took, or holds, the same client id and tag"),
    SESSION_TOKEN_EXPIRED(4112, 401, "the session token is unknown, revoked or expired"),
    APP_QUOTA_EXCEEDED(4113, 429, "the app's daily number of clients is used up"),
    UNPARSEABLE_RAW_MESSAGE(4114, 400, "the frame cannot be parsed"),
    KICKED_BY_APP(4115, 400, "the application forced the client off"),
    MESSAGE_SENT_QUOTA_EXCEEDED(4116, 429, "the client sends commands too fast"),
    UNBIND_INSTALLATION_FAILED(4117, 500, "the device could not be unbound from the client"),
    INTERNAL_ERROR(4200, 500, "the server failed"),
    // conversation
    CONVERSATION_INTERNAL_ERROR(4300, 500, "the server failed in a conversation operation"),
    CONVERSATION_API_FAILED(4301, 500, "a storage call failed"),
    CONVERSATION_SIGNATURE_FAILED(4302, 401, "the signature of a conversation operation is missing or wrong"),
    CONVERSATION_NOT_FOUND(4303, 400, "there is no such conversation"),
    CONVERSATION_FULL(4304, 400, "the conversation has no room for these members"),
    CONVERSATION_REJECTED_BY_APP(4305, 400, "the application's hook refused the operation"),
    CONVERSATION_UPDATE_FAILED(4306, 400, "the attributes cannot be changed like that"),
    CONVERSATION_READ_ONLY(4307, 400, "clients cannot change this conversation"),
    CONVERSATION_NOT_ALLOWED(4308, 400, "this client may not send here"),
    CONVERSATION_UPDATE_REJECTED(4309, 400, "only members change a conversation"),
    CONVERSATION_QUERY_FAILED(4310, 400, "the query is malformed or too expensive"),
    CONVERSATION_LOG_FAILED(4311, 400, "the history query is malformed or failed"),
    CONVERSATION_LOG_REJECTED(4312, 400, "only members read this history"),
    SYSTEM_CONVERSATION_REQUIRED(4313, 400, "only service conversations can do this"),
    NORMAL_CONVERSATION_REQUIRED(4314, 400, "only normal conversations can do this"),
    CONVERSATION_TEMPORARY_BLACKLISTED(4315, 400, "the client is silenced here for some time"),
    TRANSIENT_CONVERSATION_REQUIRED(4316, 400, "only chat rooms can do this"),
    CONVERSATION_MEMBERSHIP_REQUIRED(4317, 400, "only members can do this"),
    CONVERSATION_OPERATION_UNAUTHORIZED(4320, 403, "the client's role does not allow this"),
    UNKNOWN_CONVERSATION_ROLE(4321, 400, "there is no such role"),
    TEMPORARY_CONVERSATION_EXPIRED(4323, 400, "the temporary conversation is unknown or over"),
    CONVERSATION_NEED_OWNER(4324, 400, "a conversation keeps its owner"),
    CONVERSATION_MEMBER_INFO_FEATURE_DISABLED(4325, 400, "roles are switched off for the app"),
    // message
    INVALID_MESSAGING_TARGET(4401, 400, "there is no such conversation, or the sender is not in it"),
    MESSAGE_REJECTED_BY_APP(4402, 400, "the application's hook refused the message"),
    MESSAGE_OWNERSHIP_REQUIRED(4403, 400, "only the sender changes a message"),
    MESSAGE_NOT_FOUND(4404, 400, "there is no such message"),
    MESSAGE_UPDATE_REJECTED_BY_APP(4405, 400, "the application's hook refused the change of the message"),
    MESSAGE_EDIT_DISABLED(4406, 403, "editing is switched off for the app"),
    MESSAGE_RECALL_DISABLED(4407, 403, "recalling is switched off for the app"),
    // blacklist and silence; the spelling of the last two is the protocol's
    BLACKLIST_FULL(4543, 400, "the blacklist has no room for these clients"),
    BLACKLIST_FEATURE_DISABLED(4544, 400, "blacklists are switched off for the app"),
    BLACKLIST_SIGNATURE_FAILED(4546, 401, "the signature of a blacklist operation is missing or wrong"),
    BLOCKED_BY_CONV(4548, 400, "the client is on the conversation's blacklist"),
    SILIENCED_MEMBER_LIST_FULL(4561, 400, "the list of silenced members has no room for these clients"),
    SILIENCED(4563, 403, "the client is silenced in the conversation");

    private final int number;
    private final int httpStatus;
    private final String meaning;

    ErrorCode(int number, int httpStatus, String meaning) {
        this.number = number;
        this.httpStatus = httpStatus;
        this.meaning = meaning;
    }

    public int number() {
        return number;
    }

    public int httpStatus() {
        return httpStatus;
    }

    /// Whether the code belongs to storage, where callers read an explanation instead of a name.
    public boolean isOfStorage() {
        return number < 1000;
    }

    public String meaning() {
        return meaning;
    }
}
