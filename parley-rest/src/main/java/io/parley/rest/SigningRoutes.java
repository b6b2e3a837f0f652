package io.parley.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.core.Dispatcher;
import io.parley.core.app.App;
import io.parley.core.command.ClientId;
import io.parley.core.command.Refusal;
import io.parley.core.command.Signature;
import io.parley.core.hook.ClientHooks;
import io.parley.core.signature.Signatures;
import java.security.SecureRandom;
import java.util.stream.Collectors;

/// Signs the login of users, for SDKs that have only a user's session token. Source: rest 9 (K6), 11 (U1).
final class SigningRoutes {
    private static final String NONCE_ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static final int NONCE_LENGTH = 10;

    /// Source: rest 3.
    private static final int NO_SUCH_USER = 211;

    private final Signatures signatures;
    private final Users users;
    private final ClientHooks hooks;
    private final SecureRandom random = new SecureRandom();

    SigningRoutes(Dispatcher dispatcher, Users users) {
        this.signatures = dispatcher.signatures();
        this.users = users;
        this.hooks = dispatcher.clientHooks();
    }

    void mount(RestServer server) {
        server.post("/1.1/rtm/sign", this::sign);
        server.get("/1.2/rtm/clients/sign", this::sign);
    }

    private Answer sign(Call call) {
        App app = call.caller().app();
        ObjectNode user = users.bySessionToken(app, call.required("session_token"))
                .orElseThrow(() -> new HttpRefusal(400, NO_SUCH_USER, "Could not find user."));
        askApplication(app, user);
        ClientId client = new ClientId(user.path("objectId").asText());
        Signature signature = signatures.forLogin(app, client, nonce());
        return Answer.ok(Json.object()
                .put("signature", signature.signature())
                .put("nonce", signature.nonce())
                .put("client_id", client.value())
                .put("timestamp", Long.parseLong(signature.timestamp())));
    }

    private void askApplication(App app, ObjectNode user) {
        try {
            hooks.sign(app, user);
        } catch (Refusal refused) {
            throw HttpRefusal.forbidden(refused.detail());
        }
    }

    private String nonce() {
        return random.ints(NONCE_LENGTH, 0, NONCE_ALPHABET.length())
                .mapToObj(i -> String.valueOf(NONCE_ALPHABET.charAt(i)))
                .collect(Collectors.joining());
    }
}
