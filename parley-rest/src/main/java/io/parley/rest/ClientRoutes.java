package io.parley.rest;

import io.parley.core.Dispatcher;
import io.parley.core.app.App;
import io.parley.core.command.ClientId;
import io.parley.core.command.ClientKey;
import io.parley.core.command.ConversationCommand.Count;
import io.parley.core.command.ConversationId;
import io.parley.core.command.MemberCommand.ListOnline;
import io.parley.core.command.Reply;
import io.parley.core.command.SessionCommand.Kick;
import io.parley.core.command.SessionCommand.Online;
import io.parley.core.session.Caller;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// Who is here, and who has to go. Source: rest 7, 9, 10, 12.
final class ClientRoutes {
    private final Dispatcher dispatcher;

    public ClientRoutes(Dispatcher dispatcher) {
        this.dispatcher = dispatcher;
    }

    public void mount(RestServer server) {
        server.post("/1.2/rtm/clients/check-online", call -> online(call, "client_ids"));
        server.get("/1.2/rtm/clients/:client/unread-count", this::unread);
        server.post("/1.2/rtm/clients/:client/kick", call -> kick(call, call.pathValue("client")));
        server.get("/1.2/rtm/stats", this::statistics);
        server.get("/1.2/rtm/chatrooms/:id/members", call -> listeners(call.application(), call, call.pathValue("id")));
        server.get(
                "/1.2/rtm/chatrooms/:id/members/online-count",
                call -> listenerCount(call.application(), call, call.pathValue("id")));
        server.post("/1.1/rtm/online", call -> online(call, "peers"));
        server.get("/1.1/rtm/messages/unread/:client", this::unread);
        server.get("/1.1/rtm/messages/unread/:client/:id", this::unreadIn);
        server.get("/1.1/rtm/transient_group/members", call -> listeners(call.caller(), call, call.required("gid")));
        server.get(
                "/1.1/rtm/transient_group/onlines", call -> listenerCount(call.caller(), call, call.required("gid")));
        server.post("/1.1/rtm/client/kick", call -> {
            call.master();
            return kick(call, call.required("client_id"));
        });
    }

    private Answer online(Call call, String parameter) {
        call.master();
        List<ClientId> asked = ClientIds.required(call, parameter, Online.MAX_CLIENTS);
        var online = (Reply.Online) dispatcher.handle(call.application(), new Online(asked));
        return names("results", online.clients());
    }

    private Answer unread(Call call) {
        return unread(call, call.text("conv_id").filter(id -> !id.isEmpty()).map(ConversationId::new));
    }

    private Answer unreadIn(Call call) {
        return unread(call, Optional.of(ConversationAccess.id(call)));
    }

    private Answer unread(Call call, Optional<ConversationId> conversation) {
        App app = call.caller().app();
        ClientKey client = new ClientKey(app.id(), new ClientId(call.pathValue("client")));
        return Answer.ok(Json.object().put("count", dispatcher.unread(client, conversation)));
    }

    private Answer kick(Call call, String client) {
        dispatcher.handle(
                call.application(),
                new Kick(new ClientId(client), call.text("reason").orElse("")));
        return Answer.ok(Json.object());
    }

    private Answer statistics(Call call) {
        Dispatcher.Statistics statistics = dispatcher.statistics(call.master().id());
        var body = Json.object();
        body.putObject("result")
                .put("online_user_count", statistics.online())
                .put("user_count_today", statistics.today());
        return Answer.ok(body);
    }

    private Answer listeners(Caller caller, Call call, String room) {
        ConversationId id = new ConversationId(room);
        ConversationAccess.room(dispatcher.conversations(), call, id);
        var online = (Reply.OnlineMembers) dispatcher.handle(caller, new ListOnline(id, ListOnline.MAX_ONLINE));
        return names("result", online.clients());
    }

    private Answer listenerCount(Caller caller, Call call, String room) {
        ConversationId id = new ConversationId(room);
        ConversationAccess.room(dispatcher.conversations(), call, id);
        var counted = (Reply.Counted) dispatcher.handle(caller, new Count(id));
        return Answer.ok(Json.object().put("result", counted.count()));
    }

    private static Answer names(String key, Collection<ClientId> clients) {
        var body = Json.object();
        var array = body.putArray(key);
        for (ClientId client : clients) array.add(client.value());
        return Answer.ok(body);
    }
}
