package io.parley.client;

import io.parley.client.internal.ConversationData;
import io.parley.client.internal.Json;
import io.parley.client.internal.Proof;
import io.parley.client.internal.SessionLink;
import io.parley.client.internal.StoredMessage;
import io.parley.client.internal.proto.CommandType;
import io.parley.client.internal.proto.ConvCommand;
import io.parley.client.internal.proto.GenericCommand;
import io.parley.client.internal.proto.JsonObjectMessage;
import io.parley.client.internal.proto.OpType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What a client asks the server that is not about one conversation it has. Thread-safe. */
final class ClientCalls {
    private final AVIMClient client;
    private final Engine engine;
    private final SessionLink session;

    ClientCalls(AVIMClient client, Engine engine, SessionLink session) {
        this.client = client;
        this.engine = engine;
        this.session = session;
    }

    // ---- creating. Source: protocol 4.3.1

    CompletableFuture<AVIMConversation> create(
            List<String> members,
            @Nullable String name,
            @Nullable Map<String, Object> attributes,
            boolean isTransient,
            boolean isUnique) {
        Map<String, Object> document = new LinkedHashMap<>();
        if (name != null) document.put("name", name);
        if (attributes != null && !attributes.isEmpty()) document.put("attr", attributes);
        List<String> all = withSelf(members);
        ConvCommand.Builder start = ConvCommand.newBuilder().addAllM(all);
        if (!document.isEmpty()) start.setAttr(json(Json.write(document)));
        if (isTransient) start.setTransient(true);
        else if (isUnique) start.setUnique(true);
        document.put("m", isTransient ? List.of() : all);
        if (isTransient) document.put("tr", true);
        if (isUnique && !isTransient) document.put("unique", true);
        return engine.sign(factory -> factory.createConversationSignature(null, client.getClientId(), all, "create"))
                .thenCompose(proof -> start(start, proof, document));
    }

    CompletableFuture<AVIMConversation> createTemporary(List<String> members, int seconds) {
        List<String> all = withSelf(members);
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("m", all);
        document.put("temp", true);
        ConvCommand.Builder start = ConvCommand.newBuilder().addAllM(all).setTempConv(true);
        if (seconds > 0) start.setTempConvTTL(seconds);
        return start(start, Optional.empty(), document);
    }

    private List<String> withSelf(List<String> members) {
        TreeSet<String> all = new TreeSet<>(members);
        all.add(client.getClientId());
        return List.copyOf(all);
    }

    private CompletableFuture<AVIMConversation> start(
            ConvCommand.Builder start, Optional<Proof> proof, Map<String, Object> document) {
        prove(start, proof);
        GenericCommand.Builder request =
                session.command(CommandType.conv, OpType.start).setConvMessage(start);
        return session.ask(request).thenCompose(reply -> {
            ConvCommand started = reply.getConvMessage();
            AVIMConversation conversation = client.conversation(started.getCid());
            forgetQueries();
            // A conversation that was there has its own name and attributes.
            if (started.getExisting() && !conversation.state().data().isComplete())
                return conversation.calls().fetch().thenApply(data -> conversation);
            if (!started.getExisting()) {
                document.put("objectId", started.getCid());
                document.put("c", client.getClientId());
                document.put("createdAt", started.getCdate());
                document.put("updatedAt", started.hasUdate() ? started.getUdate() : started.getCdate());
                if (started.hasUniqueId()) document.put("uniqueId", started.getUniqueId());
                if (started.hasTempConvTTL()) document.put("ttl", started.getTempConvTTL());
                conversation.state().become(ConversationData.of(Json.object(Json.write(document))));
            }
            return CompletableFuture.completedFuture(conversation);
        });
    }

    void forgetQueries() {
        engine.store.write((cache, history) -> cache.forgetQueries(client.getClientId()));
    }

    static void prove(ConvCommand.Builder command, Optional<Proof> proof) {
        proof.ifPresent(
                given -> command.setS(given.signature).setT(given.timestamp).setN(given.nonce));
    }

    static JsonObjectMessage json(String text) {
        return JsonObjectMessage.newBuilder().setData(text).build();
    }

    // ---- finding. Source: protocol 4.3.5

    /** Conversations in the order of the server; their objects know what was found. */
    CompletableFuture<List<AVIMConversation>> find(ConvCommand.Builder query) {
        GenericCommand.Builder request =
                session.command(CommandType.conv, OpType.query).setConvMessage(query);
        return session.ask(request).thenApply(reply -> {
            List<AVIMConversation> found = new ArrayList<>();
            for (Object item : Json.list(reply.getConvMessage().getResults().getData()))
                found.add(known(Json.object(Map.of("document", item), "document")));
            return found;
        });
    }

    private AVIMConversation known(Map<String, Object> document) {
        AVIMConversation conversation = client.conversation(Json.string(document, "objectId"));
        conversation.state().change(data -> data.refreshed(document));
        StoredMessage last = StoredMessage.ofDocument(document);
        if (last != null) conversation.state().tell(AVIMMessageManager.message(last, client.getClientId()));
        return conversation;
    }
}
