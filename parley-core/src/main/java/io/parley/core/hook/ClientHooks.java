package io.parley.core.hook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.core.app.App;
import io.parley.core.app.Hook;
import io.parley.core.command.ClientId;
import io.parley.core.command.ErrorCode;
import io.parley.core.command.Refusal;
import java.util.Optional;

/// The application is told who comes and goes, and asked who may. Thread-safe. Source: semantics 10.5.
public final class ClientHooks {
    /// The number that hooks know for an end without a logout.
    private static final int LOST = 2;

    private final Hooks hooks;

    public ClientHooks(Hooks hooks) {
        this.hooks = hooks;
    }

    /// How a session ended whose connection lives, by the numbers that hooks know.
    public enum Ending {
        LOGOUT(1, "logout"),
        TAG_CONFLICT(3, "another device took the tag"),
        KICKED(4, "kicked by the application");

        private final int code;
        private final String message;

        Ending(int code, String message) {
            this.code = code;
            this.message = message;
        }
    }

    public void online(App app, ClientId client, Optional<String> tag, boolean reconnect, Optional<String> address) {
        if (!hooks.has(app, Hook.CLIENT_ONLINE)) return;
        ObjectNode parameters = parameters(client, tag);
        parameters.put("reconnect", reconnect ? 1 : 0);
        address.ifPresent(ip -> parameters.put("sourceIP", ip));
        hooks.tell(app, Hook.CLIENT_ONLINE, lane(client), parameters);
    }

    public void offline(App app, ClientId client, Optional<String> tag, Ending ending, Optional<String> address) {
        if (!hooks.has(app, Hook.CLIENT_OFFLINE)) return;
        ObjectNode parameters = parameters(client, tag);
        parameters.put("closeCode", ending.code).put("closeMsg", ending.message);
        address.ifPresent(ip -> parameters.put("sourceIP", ip));
        hooks.tell(app, Hook.CLIENT_OFFLINE, lane(client), parameters);
    }

    /// The session ended with its connection.
    ///
    /// @param error that the server ended the connection for, if it did
    public void lost(App app, ClientId client, Optional<String> tag, Optional<ErrorCode> error) {
        if (!hooks.has(app, Hook.CLIENT_OFFLINE)) return;
        ObjectNode parameters = parameters(client, tag);
        parameters.put("closeCode", LOST).put("closeMsg", "connection lost");
        error.ifPresent(code -> parameters.put("errorCode", code.number()).put("errorMsg", code.name()));
        hooks.tell(app, Hook.CLIENT_OFFLINE, lane(client), parameters);
    }

    private static ObjectNode parameters(ClientId client, Optional<String> tag) {
        ObjectNode parameters = JsonNodeFactory.instance.objectNode().put("peerId", client.value());
        tag.ifPresent(name -> parameters.put("tag", name));
        return parameters;
    }

    private static String lane(ClientId client) {
        return "client " + client;
    }

    /// Before a login signature is made for a user whose session token was verified. A refusal when the hook says no.
    ///
    /// @param user as the hook sees it
    public void sign(App app, ObjectNode user) {
        JsonNode answer = hooks.ask(app, Hook.CLIENT_SIGN, user, ErrorCode.SIGNATURE_FAILED);
        // Functions wrap what they return, so that the verdict may be the result or lie within it.
        JsonNode verdict = answer.isObject() ? answer.path("result") : answer;
        if (verdict.isMissingNode() || verdict.isNull() || Hooks.truthy(verdict)) return;
        throw Refusal.of(
                ErrorCode.SIGNATURE_FAILED,
                "%s",
                answer.path("error").asText("the application's hook refused the signature"));
    }
}
