package io.parley.client;

import io.parley.client.internal.Json;
import io.parley.client.internal.SessionLink;
import io.parley.client.internal.proto.BlacklistCommand;
import io.parley.client.internal.proto.CommandType;
import io.parley.client.internal.proto.ConvCommand;
import io.parley.client.internal.proto.ConvMemberInfo;
import io.parley.client.internal.proto.GenericCommand;
import io.parley.client.internal.proto.OpType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;

/** Roles, silence and blacklists of a conversation. Thread-safe. Source: protocol 4.3.9, 4.3.10, 4.11. */
final class ModerationCalls {
    private static final int PAGE = 50;

    private final AVIMConversation conversation;
    private final AVIMClient client;
    private final Engine engine;
    private final SessionLink session;

    ModerationCalls(AVIMConversation conversation, AVIMClient client) {
        this.conversation = conversation;
        this.client = client;
        this.engine = client.engine();
        this.session = client.session();
    }

    private String id() {
        return conversation.getConversationId();
    }

    private CompletableFuture<GenericCommand> ask(OpType operation, ConvCommand.Builder command) {
        return session.ask(session.command(CommandType.conv, operation).setConvMessage(command.setCid(id())));
    }

    // ---- roles

    CompletableFuture<Void> setRole(String member, AVIMConversation.MemberRole role) {
        if (role == AVIMConversation.MemberRole.Owner) return Engine.invalid("nobody can be made an owner");
        return ask(
                        OpType.member_info_update,
                        ConvCommand.newBuilder()
                                .setTargetClientId(member)
                                .setInfo(ConvMemberInfo.newBuilder()
                                        .setPid(member)
                                        .setRole(role.name())))
                .thenAccept(reply -> {});
    }

    /** By HTTP, with the token of the session. Source: protocol 1.6 d. */
    CompletableFuture<Map<String, AVIMConversation.MemberRole>> roles() {
        CompletableFuture<String> token = CompletableFuture.supplyAsync(session::sessionToken, engine.loop);
        return token.thenCompose(text -> engine.http.get(
                        "/1.1/classes/_ConversationMemberInfo",
                        Map.of("client_id", client.getClientId(), "where", Json.write(Map.of("cid", id()))),
                        Map.of("X-LC-IM-Session-Token", text)))
                .thenApply(body -> {
                    Map<String, AVIMConversation.MemberRole> roles = new LinkedHashMap<>();
                    Object rows = body.get("results");
                    for (Object row : rows instanceof List ? (List<?>) rows : List.of()) {
                        Map<String, Object> info = Json.object(Map.of("row", row), "row");
                        roles.put(
                                Json.string(info, "clientId"),
                                AVIMConversation.MemberRole.of(Json.string(info, "role")));
                    }
                    String creator = conversation.getCreator();
                    if (!creator.isEmpty()) roles.put(creator, AVIMConversation.MemberRole.Owner);
                    return roles;
                });
    }

    // ---- silence

    CompletableFuture<AVIMPartialResult> silence(boolean on, List<String> members) {
        return ask(
                        on ? OpType.add_shutup : OpType.remove_shutup,
                        ConvCommand.newBuilder().addAllM(members))
                .thenCompose(reply -> MemberCalls.outcome(
                        reply.getConvMessage().getAllowedPidsList(),
                        reply.getConvMessage().getFailedPidsList()));
    }

    CompletableFuture<List<String>> silenced() {
        return silenced("", new ArrayList<>());
    }

    private CompletableFuture<List<String>> silenced(String next, List<String> all) {
        ConvCommand.Builder command = ConvCommand.newBuilder().setLimit(PAGE);
        if (!next.isEmpty()) command.setNext(next);
        return ask(OpType.query_shutup, command).thenCompose(reply -> {
            ConvCommand page = reply.getConvMessage();
            all.addAll(page.getMList());
            return page.getNext().isEmpty()
                    ? CompletableFuture.completedFuture(List.copyOf(all))
                    : silenced(page.getNext(), all);
        });
    }

    // ---- blacklist

    CompletableFuture<AVIMPartialResult> block(boolean on, List<String> members) {
        List<String> sorted = List.copyOf(new TreeSet<>(members));
        String action = on ? "conversation-block-clients" : "conversation-unblock-clients";
        return engine.sign(factory -> factory.createBlacklistSignature(client.getClientId(), id(), sorted, action))
                .thenCompose(proof -> {
                    BlacklistCommand.Builder command =
                            BlacklistCommand.newBuilder().setSrcCid(id()).addAllToPids(sorted);
                    proof.ifPresent(given ->
                            command.setS(given.signature).setT(given.timestamp).setN(given.nonce));
                    return session.ask(session.command(CommandType.blacklist, on ? OpType.block : OpType.unblock)
                            .setBlacklistMessage(command));
                })
                .thenCompose(reply -> MemberCalls.outcome(
                        reply.getBlacklistMessage().getAllowedPidsList(),
                        reply.getBlacklistMessage().getFailedPidsList()));
    }

    CompletableFuture<List<String>> blocked() {
        return blocked("", new ArrayList<>());
    }

    private CompletableFuture<List<String>> blocked(String next, List<String> all) {
        BlacklistCommand.Builder command =
                BlacklistCommand.newBuilder().setSrcCid(id()).setLimit(PAGE);
        if (!next.isEmpty()) command.setNext(next);
        return session.ask(session.command(CommandType.blacklist, OpType.query).setBlacklistMessage(command))
                .thenCompose(reply -> {
                    BlacklistCommand page = reply.getBlacklistMessage();
                    all.addAll(page.getBlockedPidsList());
                    return page.getNext().isEmpty()
                            ? CompletableFuture.completedFuture(List.copyOf(all))
                            : blocked(page.getNext(), all);
                });
    }
}
