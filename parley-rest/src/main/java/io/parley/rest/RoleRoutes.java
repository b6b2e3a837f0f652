package io.parley.rest;

import io.parley.core.Dispatcher;
import io.parley.core.command.ClientId;
import io.parley.core.command.ConversationId;
import io.parley.core.command.ErrorCode;
import io.parley.core.command.ModerationCommand.SetRole;
import io.parley.core.command.Refusal;
import io.parley.core.command.Role;
import io.parley.core.conversation.Conversation;
import io.parley.core.moderation.GivenRole;
import io.parley.core.session.Application;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Which role members have. Needs the master key. Source: rest 6, C24 to C27.
final class RoleRoutes {
    private final Dispatcher dispatcher;

    public RoleRoutes(Dispatcher dispatcher) {
        this.dispatcher = dispatcher;
    }

    public void mount(RestServer server) {
        for (String base : List.of("/1.2/rtm/conversations/:id/member-infos", "/1.2/rtm/chatrooms/:id/member-infos")) {
            server.post(base, this::give);
            server.put(base + "/:info", this::change);
            server.delete(base + "/:info", this::take);
            server.get(base, this::list);
        }
    }

    private Answer give(Call call) {
        Application caller = call.application();
        return set(caller, call, new ClientId(call.required("clientId")), call.required("role"));
    }

    /// With another client's id, the role becomes that client's.
    private Answer change(Call call) {
        Application caller = call.application();
        Holder holder = holder(caller, call);
        ClientId client = call.text("clientId")
                .filter(id -> !id.isEmpty())
                .map(ClientId::new)
                .orElse(holder.client());
        String role = call.text("role").orElse(holder.role().wireName());
        Answer answer = set(caller, call, client, role);
        if (!client.equals(holder.client())) set(caller, call, holder.client(), Role.MEMBER.wireName());
        return answer;
    }

    private Answer take(Call call) {
        Application caller = call.application();
        set(caller, call, holder(caller, call).client(), Role.MEMBER.wireName());
        return Answer.ok(Json.object());
    }

    private Answer set(Application caller, Call call, ClientId client, String role) {
        ConversationId id = ConversationAccess.id(call);
        dispatcher.handle(caller, new SetRole(id, client, role));
        Conversation after = dispatcher.conversations().get(caller.app(), id);
        return Answer.ok(
                Json.object().put("updatedAt", Json.iso(after.updatedAt())).put("objectId", MemberInfo.id(id, client)));
    }

    private record Holder(ClientId client, Role role) {}

    /// Of those that were given a role, or of a plain member.
    private Holder holder(Application caller, Call call) {
        ConversationId id = ConversationAccess.id(call);
        String wanted = call.pathValue("info");
        Map<ClientId, GivenRole> roles = dispatcher.roles(caller, id);
        return Stream.concat(
                        roles.keySet().stream(), dispatcher.conversations().get(caller.app(), id).members().stream())
                .filter(client -> MemberInfo.id(id, client).equals(wanted))
                .findFirst()
                .map(client -> new Holder(
                        client,
                        Optional.ofNullable(roles.get(client))
                                .map(GivenRole::role)
                                .orElse(Role.MEMBER)))
                .orElseThrow(() -> Refusal.of(
                        ErrorCode.CONVERSATION_MEMBERSHIP_REQUIRED,
                        "\"%s\" has no member info \"%s\"",
                        id,
                        Call.shown(wanted)));
    }

    private Answer list(Call call) {
        Application caller = call.application();
        ConversationId id = ConversationAccess.id(call);
        Optional<String> role = call.text("role").filter(text -> !text.isEmpty());
        var results = Json.array();
        dispatcher.roles(caller, id).entrySet().stream()
                .filter(row ->
                        role.isEmpty() || row.getValue().role().wireName().equals(role.get()))
                .sorted(Comparator.comparing(row -> row.getKey().value()))
                .skip(call.number("skip", 0, 0, Integer.MAX_VALUE))
                .limit(call.number("limit", 100, 0, 1000))
                .forEach(row -> results.add(Json.object()
                        .put("clientId", row.getKey().value())
                        .put("objectId", MemberInfo.id(id, row.getKey()))
                        .put("role", row.getValue().role().wireName())));
        return Answer.ok(Json.object().set("results", results));
    }
}
