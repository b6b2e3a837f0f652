package io.parley.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.core.Dispatcher;
import io.parley.core.command.ClientId;
import io.parley.core.command.ConversationId;
import io.parley.core.command.ModerationCommand.Block;
import io.parley.core.command.ModerationCommand.ListBlocked;
import io.parley.core.command.ModerationCommand.ListRefused;
import io.parley.core.command.ModerationCommand.ListSilenced;
import io.parley.core.command.ModerationCommand.Refuse;
import io.parley.core.command.ModerationCommand.Silence;
import io.parley.core.command.ModerationCommand.SilenceFor;
import io.parley.core.command.Page;
import io.parley.core.command.Reply;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Who may not speak, and who is kept out. Needs the master key. Source: rest 6, 7, 8, 9.
final class ModerationRoutes {
    private final Dispatcher dispatcher;

    public ModerationRoutes(Dispatcher dispatcher) {
        this.dispatcher = dispatcher;
    }

    public void mount(RestServer server) {
        for (String base : List.of("/1.2/rtm/conversations/:id", "/1.2/rtm/chatrooms/:id")) {
            server.post(base + "/temporary-silenceds", this::silenceForSomeTime);
            server.delete(base + "/temporary-silenceds", this::endSilence);
            server.post(base + "/permanent-silenceds", call -> silence(call, true));
            server.delete(base + "/permanent-silenceds", call -> silence(call, false));
            server.get(base + "/permanent-silenceds", this::silenced);
            mountBlacklist(server, base);
        }
        mountBlacklist(server, "/1.2/rtm/service-conversations/:id");
        server.post("/1.2/rtm/clients/:client/blacklists", call -> refuse(call, true));
        server.delete("/1.2/rtm/clients/:client/blacklists", call -> refuse(call, false));
        server.get("/1.2/rtm/clients/:client/blacklists", this::refused);
    }

    private void mountBlacklist(RestServer server, String base) {
        server.post(base + "/blacklists", call -> block(call, true));
        server.delete(base + "/blacklists", call -> block(call, false));
        server.get(base + "/blacklists", this::blocked);
    }

    private Answer silenceForSomeTime(Call call) {
        call.master();
        return silence(call, ConversationAccess.id(call));
    }

    /// Also what the first generation of the API calls a blacklist.
    Answer silence(Call call, ConversationId conversation) {
        long ttl = call.number("ttl")
                .orElseThrow(() -> HttpRefusal.badRequest("the parameter ttl is required: a number of seconds"));
        if (ttl <= 0)
            throw HttpRefusal.badRequest(
                    "ttl is a number of seconds from 1 to " + SilenceFor.MAX.toSeconds() + "; got " + ttl);
        return done(
                call,
                new SilenceFor(
                        conversation,
                        new ClientId(call.required("client_id")),
                        Duration.ofSeconds(Math.min(ttl, SilenceFor.MAX.toSeconds()))));
    }

    private Answer endSilence(Call call) {
        call.master();
        return endSilence(call, ConversationAccess.id(call));
    }

    Answer endSilence(Call call, ConversationId conversation) {
        return done(call, new SilenceFor(conversation, new ClientId(call.required("client_id")), Duration.ZERO));
    }

    private Answer silence(Call call, boolean silenced) {
        return done(call, new Silence(ConversationAccess.id(call), named(call), silenced));
    }

    private Answer block(Call call, boolean blocked) {
        return done(call, new Block(ConversationAccess.id(call), named(call), blocked, Optional.empty()));
    }

    private static List<ClientId> named(Call call) {
        call.master();
        return ClientIds.required(call, "client_ids", Integer.MAX_VALUE);
    }

    private Answer refuse(Call call, boolean refused) {
        call.master();
        return done(
                call,
                new Refuse(
                        new ClientId(call.pathValue("client")), new ConversationId(call.required("conv_id")), refused));
    }

    private Answer done(Call call, io.parley.core.command.ModerationCommand command) {
        dispatcher.handle(call.application(), command);
        return Answer.ok(Json.object());
    }

    private Answer silenced(Call call) {
        var list = (Reply.SilencedList)
                dispatcher.handle(call.application(), new ListSilenced(ConversationAccess.id(call), page(call)));
        return page("client_ids", names(list.clients()), list.next());
    }

    private Answer blocked(Call call) {
        var list = (Reply.BlockedList)
                dispatcher.handle(call.application(), new ListBlocked(ConversationAccess.id(call), page(call)));
        return page("client_ids", names(list.clients()), list.next());
    }

    private Answer refused(Call call) {
        var list = (Reply.RefusedList) dispatcher.handle(
                call.application(), new ListRefused(new ClientId(call.pathValue("client")), page(call)));
        return page(
                "conv_ids",
                list.conversations().stream().map(ConversationId::value).collect(Collectors.toList()),
                list.next());
    }

    private static Page page(Call call) {
        return Page.of(call.number("limit").map(limit -> Math.clamp(limit, 1, Page.MAX_LIMIT)), call.parameter("next"));
    }

    private static List<String> names(Collection<ClientId> clients) {
        return clients.stream().map(ClientId::value).collect(Collectors.toList());
    }

    private static Answer page(String key, List<String> ids, Optional<String> next) {
        ObjectNode body = Json.object();
        var array = body.putArray(key);
        ids.forEach(array::add);
        next.ifPresent(text -> body.put("next", text));
        return Answer.ok(body);
    }
}
