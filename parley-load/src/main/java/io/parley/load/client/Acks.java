package io.parley.load.client;

/// How a client confirms what was delivered to it. Source: protocol 4.6.
public enum Acks {
    /// Once per second at most, as a range of times per conversation: the way of the JavaScript SDK.
    THROTTLED,
    /// One per message, at once: the way of the Java, Swift and C# SDKs.
    EACH,
    NONE
}
