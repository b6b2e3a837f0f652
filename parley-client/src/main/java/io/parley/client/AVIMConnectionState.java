package io.parley.client;

/** What the connection to the server is doing. All clients of an app share one connection. */
public enum AVIMConnectionState {
    /** There is none, and none is wanted: no client is open. */
    CLOSED,
    /** It is being made. */
    CONNECTING,
    /** It is there, and clients are logging in. */
    OPENING,
    /** All clients that want to be open are open. */
    OPEN,
    /** It was lost, and the SDK waits a moment before it tries again. */
    WAITING
}
