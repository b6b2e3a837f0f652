package io.parley.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.core.app.Apps;
import io.parley.core.command.AppId;
import io.parley.core.command.Refusal;

/// How SDKs find their way: from an app id to host names, and from an app id to WebSocket URLs.
/// Source: protocol 1.2 to 1.4, legacy-json 2.
public final class DiscoveryRoutes {
    private static final int TTL_SECONDS = 3600;

    private final Apps apps;
    private final PublicAddress address;

    public DiscoveryRoutes(Apps apps, PublicAddress address) {
        this.apps = apps;
        this.address = address;
    }

    public void mount(RestServer server) {
        server.get("/v1/route", this::sockets);
        server.get("/1/route", this::hosts);
        server.get("/2/route", this::hosts);
    }

    private Answer sockets(Call call) {
        String id = call.required("appId");
        try {
            apps.get(new AppId(id));
        } catch (Refusal unknown) {
            return Answer.error(404, unknown); // by this status Swift knows that trying again is in vain
        }
        String url = address.webSocket(call.reached(), call.flag("secure"));
        // The same URL twice: JS and Java alternate between the two and cannot do with one. Source: protocol 1.4.
        return noStore(Json.object()
                .put("groupId", "g0")
                .put("groupUrl", url)
                .put("server", url)
                .put("secondary", url)
                .put("ttl", TTL_SECONDS));
    }

    /// The hosts are the same for every app: a wrong app id is told by the next request, with a status that SDKs
    /// heed.
    private Answer hosts(Call call) {
        call.required("appId");
        String host = address.host(call.reached());
        return noStore(Json.object()
                .put("ttl", TTL_SECONDS)
                .put("api_server", host)
                .put("rtm_router_server", host)
                .put("push_server", host)
                .put("push_router_server", host)
                .put("engine_server", host)
                .put("stats_server", host));
    }

    private static Answer noStore(ObjectNode body) {
        return Answer.ok(body).with("Cache-Control", "no-store");
    }
}
