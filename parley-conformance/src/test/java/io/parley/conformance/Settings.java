package io.parley.conformance;

/// Settings that tests turn on, for [io.parley.conformance.sdk.WithSettings].
final class Settings {
    static final String ROLES = "appDefaults.roles=true";
    static final String BLACKLIST = "appDefaults.blacklist=true";
    static final String LOGIN_SIGNATURE = "appDefaults.loginSignature=true";
    static final String CONVERSATION_SIGNATURE = "appDefaults.conversationSignature=true";
    static final String BLACKLIST_SIGNATURE = "appDefaults.blacklistSignature=true";

    private Settings() {}
}
