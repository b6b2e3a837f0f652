package io.parley.rest;

import java.time.Clock;

/// Small calls every SDK may make to see that the server is there and what time it is. Source: rest 4.
public final class UtilityRoutes {
    private final Clock clock;

    public UtilityRoutes(Clock clock) {
        this.clock = clock;
    }

    public void mount(RestServer server) {
        server.get("/1.1/ping", call -> Answer.ok(Json.object().put("result", "pong")));
        server.get("/1.1/date", call -> {
            call.caller();
            return Answer.ok(Json.object().put("__type", "Date").put("iso", Json.iso(clock.instant())));
        });
    }
}
