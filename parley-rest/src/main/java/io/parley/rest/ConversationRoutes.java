package io.parley.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.core.Dispatcher;
import io.parley.core.command.ClientId;
import io.parley.core.command.ConversationCommand.Start;
import io.parley.core.command.ConversationCommand.Update;
import io.parley.core.command.ConversationId;
import io.parley.core.command.ErrorCode;
import io.parley.core.command.Kind;
import io.parley.core.command.MemberCommand.Add;
import io.parley.core.command.MemberCommand.MuteMembers;
import io.parley.core.command.MemberCommand.Remove;
import io.parley.core.command.Refusal;
import io.parley.core.command.Reply;
import io.parley.core.conversation.Conversation;
import io.parley.core.conversation.ConversationDocuments;
import io.parley.core.session.Application;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// Conversations of all kinds, and who is in them. Source: rest 6, 7, 8, 10.
final class ConversationRoutes {
    private static final String NORMAL = "/1.2/rtm/conversations";
    private static final String ROOMS = "/1.2/rtm/chatrooms";
    private static final String SERVICES = "/1.2/rtm/service-conversations";

    private final Dispatcher dispatcher;

    public ConversationRoutes(Dispatcher dispatcher) {
        this.dispatcher = dispatcher;
    }

    public void mount(RestServer server) {
        mount(server, NORMAL, Kind.NORMAL);
        mount(server, ROOMS, Kind.CHAT_ROOM);
        mount(server, SERVICES, Kind.SERVICE);
        server.get("/1.2/rtm/all-conversations", call -> find(call, EnumSet.complementOf(EnumSet.of(Kind.TEMPORARY))));
        server.post(NORMAL + "/:id/members", this::add);
        server.delete(NORMAL + "/:id/members", this::remove);
        server.get(NORMAL + "/:id/members", call -> names(withMembers(call).members()));
        server.post(NORMAL + "/:id/mutes", call -> mute(call, true));
        server.delete(NORMAL + "/:id/mutes", call -> mute(call, false));
        server.get(NORMAL + "/:id/mutes", call -> names(withMembers(call).muted()));
    }

    private void mount(RestServer server, String base, Kind kind) {
        server.post(base, call -> create(call, kind));
        server.get(base, call -> find(call, Set.of(kind)));
        server.put(base + "/:id", call -> update(call, kind));
        server.delete(base + "/:id", call -> delete(call, kind));
    }

    /// SDKs show a name and read attributes: what is neither, nor an operation, is refused.
    private static void checkTypes(Call call) {
        if (!call.inBody("name").isObject()) call.text("name");
        call.json("attr");
    }

    private Answer create(Call call, Kind kind) {
        Application caller = ConversationAccess.ofClass(call);
        ObjectNode columns = call.body();
        checkTypes(call);
        Optional<ClientId> creator = call.text("c").filter(id -> !id.isEmpty()).map(ClientId::new);
        List<ClientId> members = kind == Kind.NORMAL ? ClientIds.upTo(call, "m", Integer.MAX_VALUE) : List.of();
        Start start = new Start(members, columns, kind, call.flag("unique", false), Duration.ZERO, Optional.empty());
        Reply.Started made =
                (Reply.Started) dispatcher.handle(creator.map(caller::as).orElse(caller), start);
        if (kind != Kind.NORMAL)
            return Answer.ok(Json.object()
                    .put("objectId", made.conversation().value())
                    .put("createdAt", Json.iso(made.createdAt())));
        return Answer.ok(document(dispatcher.conversations().get(caller.app(), made.conversation())));
    }

    /// What was made, without what every row of this kind has.
    private static ObjectNode document(Conversation conversation) {
        ObjectNode row = ConversationDocuments.row(conversation, OptionalLong.empty());
        row.remove(List.of("tr", "sys", "mu"));
        return row;
    }

    private Answer find(Call call, Set<Kind> kinds) {
        Application caller = ConversationAccess.ofClass(call);
        return Answer.ok(
                RowQuery.json(call, dispatcher.conversationClass().find(caller.app(), RowQuery.of(call, kinds))));
    }

    private Answer update(Call call, Kind kind) {
        Application caller = ConversationAccess.ofClass(call);
        ConversationId id = ofKind(call, kind).id();
        checkTypes(call);
        Reply.Updated after = (Reply.Updated) dispatcher.handle(caller, new Update(id, call.body()));
        return changed(id, after.updatedAt());
    }

    private Answer delete(Call call, Kind kind) {
        ConversationAccess.ofClass(call);
        dispatcher.conversations().delete(ofKind(call, kind));
        return Answer.ok(Json.object());
    }

    private Conversation ofKind(Call call, Kind kind) {
        Conversation conversation = dispatcher.conversations().get(call.caller().app(), ConversationAccess.id(call));
        if (conversation.kind() == kind) return conversation;
        throw Refusal.of(
                switch (kind) {
                    case SERVICE -> ErrorCode.SYSTEM_CONVERSATION_REQUIRED;
                    case CHAT_ROOM -> ErrorCode.TRANSIENT_CONVERSATION_REQUIRED;
                    case NORMAL, TEMPORARY -> ErrorCode.NORMAL_CONVERSATION_REQUIRED;
                },
                "\"%s\" is of kind %s, not %s",
                conversation.id(),
                conversation.kind(),
                kind);
    }

    private Answer add(Call call) {
        Application caller = ConversationAccess.ofClass(call);
        return membersChanged(
                dispatcher.handle(caller, new Add(ConversationAccess.id(call), named(call), Optional.empty())));
    }

    private Answer remove(Call call) {
        Application caller = ConversationAccess.ofClass(call);
        return membersChanged(
                dispatcher.handle(caller, new Remove(ConversationAccess.id(call), named(call), Optional.empty())));
    }

    private static List<ClientId> named(Call call) {
        return ClientIds.required(call, "client_ids", Integer.MAX_VALUE);
    }

    private static Answer membersChanged(Reply reply) {
        Reply.MembersChanged after = (Reply.MembersChanged) reply;
        return changed(after.conversation(), after.updatedAt());
    }

    private Answer mute(Call call, boolean muted) {
        Application caller = ConversationAccess.ofClass(call);
        MuteMembers mute = new MuteMembers(ConversationAccess.id(call), named(call), muted);
        Reply.Muted after = (Reply.Muted) dispatcher.handle(caller, mute);
        return changed(after.conversation(), after.updatedAt());
    }

    private Conversation withMembers(Call call) {
        ConversationAccess.ofClass(call);
        Conversation conversation = dispatcher.conversations().get(call.caller().app(), ConversationAccess.id(call));
        return conversation.kind() == Kind.TEMPORARY ? conversation : ofKind(call, Kind.NORMAL);
    }

    private static Answer changed(ConversationId id, Instant updatedAt) {
        return Answer.ok(Json.object().put("updatedAt", Json.iso(updatedAt)).put("objectId", id.value()));
    }

    private static Answer names(Collection<ClientId> clients) {
        var body = Json.object();
        var result = body.putArray("result");
        for (ClientId client : clients) result.add(client.value());
        return Answer.ok(body);
    }
}
