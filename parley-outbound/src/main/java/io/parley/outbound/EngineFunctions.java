package io.parley.outbound;

import io.parley.core.app.App;
import io.parley.core.hook.CloudFunctions;
import io.parley.core.hook.HookFailure;
import io.parley.outbound.HttpCaller.Call;
import io.parley.outbound.HttpCaller.Response;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/// Cloud functions that clients call, passed on to the engine. Thread-safe; blocks. Source: semantics 10.2 for the
/// time.
final class EngineFunctions implements CloudFunctions {
    private static final Duration TIMEOUT = Duration.ofSeconds(15);

    private final HttpCaller http;

    EngineFunctions(HttpCaller http) {
        this.http = http;
    }

    @Override
    public Answer call(App app, Style style, String function, Map<String, String> headers, byte[] body) {
        String path = (style == Style.RPC ? "/1.1/call/" : "/1.1/functions/")
                + URLEncoder.encode(function, StandardCharsets.UTF_8).replace("+", "%20");
        try {
            Response response =
                    http.call(Call.post(URI.create(app.settings().hooks().engineUrl() + path), headers, body, TIMEOUT));
            return new Answer(response.status(), response.contentType(), response.body());
        } catch (CallFailedException e) {
            throw new HookFailure(e.reason());
        }
    }
}
