package io.parley.rest;

import io.parley.core.app.App;

/// Who makes a REST call, proven by a key or a signature. Source: rest 2.1.
public sealed interface Caller {
    App app();

    /// Knows the app key, as every client does.
    record Client(App app) implements Caller {}

    /// Knows the master key: the customer's own server or operator.
    record Master(App app) implements Caller {}
}
