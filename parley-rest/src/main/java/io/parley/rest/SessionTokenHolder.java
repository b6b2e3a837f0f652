package io.parley.rest;

import io.parley.core.Dispatcher;
import io.parley.core.command.ClientId;
import io.parley.core.command.ErrorCode;
import io.parley.core.command.Refusal;

/// The client behind a call that an SDK makes on behalf of its session. Source: protocol 1.6.
final class SessionTokenHolder {
    private SessionTokenHolder() {}

    /// A refusal when there is no token, it is over (4112, on which SDKs renew it), or it is not `client_id`'s, be it
    /// that there is none. Source: rest 11, U2.
    static ClientId of(Call call, Dispatcher dispatcher) {
        String token = call.header("X-LC-IM-Session-Token").orElseThrow(HttpRefusal::unauthorized);
        ClientId owner = dispatcher
                .verify(call.caller().app(), token)
                .orElseThrow(() -> Refusal.of(ErrorCode.SESSION_TOKEN_EXPIRED));
        if (call.text("client_id").filter(owner.value()::equals).isEmpty()) throw HttpRefusal.unauthorized();
        return owner;
    }
}
