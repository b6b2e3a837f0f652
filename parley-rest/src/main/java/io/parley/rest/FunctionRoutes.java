package io.parley.rest;

import io.parley.core.app.App;
import io.parley.core.hook.CloudFunctions;
import io.parley.core.hook.CloudFunctions.Style;
import io.parley.core.hook.HookFailure;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Cloud functions: the engine of the application answers, and is told who calls. Source: rest 4.
public final class FunctionRoutes {
    /// What an engine knows its caller by; a hook's key is not among it.
    private static final List<String> PASSED_ON = List.of(
            "X-LC-Id", "X-LC-Key", "X-LC-Sign", "X-LC-Session", "X-LC-Prod", "X-LC-UA", "X-LC-IM-Session-Token");

    private final CloudFunctions functions;

    public FunctionRoutes(CloudFunctions functions) {
        this.functions = functions;
    }

    public void mount(RestServer server) {
        server.post("/1.1/functions/:name", call -> answer(call, Style.PLAIN));
        server.post("/1.1/call/:name", call -> answer(call, Style.RPC));
    }

    private Answer answer(Call call, Style style) {
        App app = call.caller().app();
        String name = call.pathValue("name");
        // Hooks answer the server alone.
        if (name.startsWith("_")) throw HttpRefusal.forbidden("Hooks cannot be called: " + name);
        if (app.settings().hooks().engineUrl().isEmpty())
            throw new HttpRefusal(404, 1, "This app has no cloud functions (hooks.engineUrl is not set).");
        Map<String, String> headers = new LinkedHashMap<>();
        for (String header : PASSED_ON) call.header(header).ifPresent(value -> headers.put(header, value));
        headers.put("Content-Type", "application/json");
        headers.putIfAbsent("X-LC-Id", app.id().value());
        try {
            CloudFunctions.Answer answer = functions.call(app, style, name, headers, Json.bytes(call.body()));
            return new Answer(answer.status(), Answer.JSON, answer.body(), Map.of());
        } catch (HookFailure failure) {
            throw new HttpRefusal(502, 1, "The engine did not answer: " + failure.reason());
        }
    }
}
