package io.parley.core.app;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/// Where the application's own code may have a say (before), or is told (after). Source: semantics 10.
public enum Hook {
    MESSAGE_RECEIVED("_messageReceived", true),
    MESSAGE_UPDATE("_messageUpdate", true),
    RECEIVERS_OFFLINE("_receiversOffline", true),
    MESSAGE_SENT("_messageSent", false),
    CONVERSATION_START("_conversationStart", true),
    CONVERSATION_STARTED("_conversationStarted", false),
    CONVERSATION_ADD("_conversationAdd", true),
    CONVERSATION_ADDED("_conversationAdded", false),
    CONVERSATION_REMOVE("_conversationRemove", true),
    CONVERSATION_REMOVED("_conversationRemoved", false),
    CONVERSATION_UPDATE("_conversationUpdate", true),
    CLIENT_ONLINE("_clientOnline", false),
    CLIENT_OFFLINE("_clientOffline", false),
    CLIENT_SIGN("_rtmClientSign", true);

    private final String function;
    private final boolean before;

    Hook(String function, boolean before) {
        this.function = function;
        this.before = before;
    }

    /// The cloud function's name.
    public String function() {
        return function;
    }

    /// Whether something waits for its answer.
    public boolean isBefore() {
        return before;
    }

    public static Optional<Hook> of(String function) {
        return Stream.of(values())
                .filter(hook -> hook.function.equals(function))
                .findFirst();
    }

    static String names() {
        return String.join(", ", Arrays.stream(values()).map(Hook::function).toList());
    }
}
