package io.parley.client;

import io.parley.client.internal.Failures;
import io.parley.client.internal.Futures;
import io.parley.client.internal.Proof;
import io.parley.client.internal.proto.ConvCommand;
import io.parley.client.internal.proto.ErrorCommand;
import io.parley.client.internal.proto.OpType;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;

/** Who is in a conversation: coming, going, adding, removing, counting. Thread-safe. Source: protocol 4.3.2. */
final class MemberCalls {
    private static final int MOST_ONLINE = 50;

    private final AVIMConversation conversation;
    private final AVIMClient client;
    private final ConversationCalls calls;

    MemberCalls(AVIMConversation conversation, AVIMClient client, ConversationCalls calls) {
        this.conversation = conversation;
        this.client = client;
        this.calls = calls;
    }

    CompletableFuture<Void> join() {
        return add(List.of(client.getClientId())).thenAccept(result -> {});
    }

    /** Needs no signature: everybody may go. */
    CompletableFuture<Void> quit() {
        return members(OpType.remove, List.of(client.getClientId()), Optional.empty())
                .thenAccept(result -> {});
    }

    CompletableFuture<AVIMPartialResult> add(Collection<String> members) {
        return signed("invite", members).thenCompose(proof -> members(OpType.add, members, proof));
    }

    CompletableFuture<AVIMPartialResult> remove(Collection<String> members) {
        return signed("kick", members).thenCompose(proof -> members(OpType.remove, members, proof));
    }

    private CompletableFuture<Optional<Proof>> signed(String action, Collection<String> members) {
        List<String> sorted = List.copyOf(new TreeSet<>(members));
        return client.engine()
                .sign(factory -> factory.createConversationSignature(
                        conversation.getConversationId(), client.getClientId(), sorted, action));
    }

    private CompletableFuture<AVIMPartialResult> members(
            OpType operation, Collection<String> members, Optional<Proof> proof) {
        return calls.ask(operation, command -> {
                    ClientCalls.prove(command, proof);
                    return command.addAllM(new TreeSet<>(members));
                })
                .thenCompose(reply -> {
                    List<String> done = reply.getAllowedPidsList();
                    conversation
                            .state()
                            .change(data ->
                                    operation == OpType.add ? data.withMembers(done) : data.withoutMembers(done));
                    client.calls().forgetQueries();
                    return outcome(done, reply.getFailedPidsList());
                });
    }

    /** An error when it was done for nobody. */
    static CompletableFuture<AVIMPartialResult> outcome(List<String> done, List<ErrorCommand> failures) {
        Map<String, AVIMException> failed = new LinkedHashMap<>();
        for (ErrorCommand failure : failures)
            for (String member : failure.getPidsList()) failed.put(member, Failures.of(failure));
        if (done.isEmpty() && !failures.isEmpty()) return Futures.failed(Failures.of(failures.get(0)));
        return CompletableFuture.completedFuture(new AVIMPartialResult(done, failed));
    }

    CompletableFuture<Integer> count() {
        return calls.ask(OpType.count, command -> command).thenApply(ConvCommand::getCount);
    }

    CompletableFuture<List<String>> online() {
        return calls.ask(OpType.members, command -> command.setLimit(MOST_ONLINE))
                .thenApply(reply -> List.copyOf(reply.getMList()));
    }
}
