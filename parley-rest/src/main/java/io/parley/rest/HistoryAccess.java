package io.parley.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.core.command.ClientId;
import io.parley.core.command.ErrorCode;
import io.parley.core.command.Refusal;
import io.parley.core.command.Signature;
import io.parley.core.session.Application;
import io.parley.core.signature.Signatures;
import java.util.Optional;

/// Who may read history over REST: the master key; and, where the app says so, a client whose signature the
/// application's server made. Source: semantics 11.1, rest 22.
final class HistoryAccess {
    private final Signatures signatures;

    HistoryAccess(Signatures signatures) {
        this.signatures = signatures;
    }

    /// @param clientParameter what the generation of the API calls the client
    Application check(Call call, String conversation, String clientParameter) {
        if (call.caller() instanceof Application application) return application;
        if (!call.caller().app().settings().rest().historySignature()) return call.application();
        Optional<String> given = call.text("signature").filter(text -> !text.isEmpty());
        Optional<Signature> signature = given.map(
                text -> new Signature(text, call.parameter("signature_ts").orElse(""), call.required("nonce")));
        if (signature.isEmpty())
            throw Refusal.of(
                    ErrorCode.CONVERSATION_SIGNATURE_FAILED,
                    "the parameter signature is required without the master key");
        ClientId client = new ClientId(call.required(clientParameter));
        signatures.checkHistory(call.caller().app(), client, conversation, signature);
        return new Application(call.caller().app());
    }

    /// An item of history as the caller may see it: where others are is not a client's business.
    static ObjectNode shown(Call call, ObjectNode item) {
        return call.caller() instanceof Application ? item : item.putNull("from-ip");
    }
}
