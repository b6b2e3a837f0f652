package io.parley.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.parley.core.Dispatcher;
import io.parley.core.app.App;
import io.parley.core.command.ClientId;
import io.parley.core.command.ClientKey;
import io.parley.core.command.Event;
import io.parley.core.notice.Notices;
import java.util.List;

/// What a client missed while it was away, as JS and Swift fetch it after each reconnect. Source: protocol 8.5.
final class NoticeRoutes {
    private final Dispatcher dispatcher;

    public NoticeRoutes(Dispatcher dispatcher) {
        this.dispatcher = dispatcher;
    }

    public void mount(RestServer server) {
        server.get("/1.1/rtm/notifications", this::missed);
    }

    private Answer missed(Call call) {
        App app = call.caller().app();
        ClientId client = SessionTokenHolder.of(call, dispatcher);
        long after = call.parameter("start_ts").map(NoticeRoutes::timestamp).orElse(0L);
        return call.parameter("notification_type").isPresent()
                ? paged(new ClientKey(app.id(), client), after)
                : whole(new ClientKey(app.id(), client), after);
    }

    /// JS asks again with the time of the last item while there is more.
    private Answer paged(ClientKey client, long after) {
        List<Event.Timed> found = dispatcher.notices(client, after);
        ArrayNode items = Json.array();
        for (Event.Timed notice : found) items.add(NoticeJson.forJavaScript(notice));
        return Answer.ok(
                Json.object().put("hasMore", found.size() == Notices.PAGE).set("notifications", items));
    }

    /// Swift never asks for a second page.
    private Answer whole(ClientKey client, long after) {
        ArrayNode items = Json.array();
        for (Event.Timed notice : dispatcher.notices(client, after)) items.add(NoticeJson.forSwift(notice));
        var body = Json.object();
        body.putObject("permanent").set("notifications", items);
        // Nothing here is droppable, so nothing was dropped. Source: semantics 14.
        body.putObject("droppable").put("invalidLocalConvCache", false).putArray("notifications");
        return Answer.ok(body);
    }

    private static long timestamp(String text) {
        try {
            return Long.parseLong(text.strip());
        } catch (NumberFormatException e) {
            throw HttpRefusal.badRequest("start_ts is a number of milliseconds; got \"" + text + "\"");
        }
    }
}
