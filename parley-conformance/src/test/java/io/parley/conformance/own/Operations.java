package io.parley.conformance.own;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.parley.client.AVIMBinaryMessage;
import io.parley.client.AVIMClient;
import io.parley.client.AVIMConversation;
import io.parley.client.AVIMConversation.MemberRole;
import io.parley.client.AVIMConversationQuery;
import io.parley.client.AVIMMessage;
import io.parley.client.AVIMMessageInterval;
import io.parley.client.AVIMMessageInterval.AVIMMessageIntervalBound;
import io.parley.client.AVIMMessageOption;
import io.parley.client.AVIMMessageOption.MessagePriority;
import io.parley.client.AVIMMessageQueryDirection;
import io.parley.client.AVIMPartialResult;
import io.parley.client.AVIMTextMessage;
import io.parley.client.AVQuery;
import io.parley.conformance.own.Logins.Login;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/// What a test may ask this program to do.
final class Operations {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Logins logins;
    private final Map<String, Function<JsonNode, CompletableFuture<?>>> operations = new HashMap<>();

    Operations(Logins logins) {
        this.logins = logins;
        operations.put("configure", this::configure);
        operations.put("open", logins::open);
        operations.put("close", logins::close);
        client("offline", (login, args) -> done(login.device()::loses));
        client("online", (login, args) -> login.device().regains(login.client().getClientId()));
        client("cut", (login, args) -> done(login.device().network::cuts));
        client("whoIsOnline", (login, args) -> login.client().getOnlineClients(strings(args, "clients")));
        conversations();
        members();
        messages();
    }

    private interface Operation extends BiFunction<Login, JsonNode, CompletableFuture<?>> {}

    private void client(String name, Operation operation) {
        operations.put(name, args -> operation.apply(logins.get(args), args));
    }

    private void conversation(String name, BiFunction<AVIMConversation, JsonNode, CompletableFuture<?>> operation) {
        client(name, (login, args) -> operation.apply(login.conversation(args), args));
    }

    private static CompletableFuture<?> done(Runnable action) {
        action.run();
        return CompletableFuture.completedFuture(Map.of());
    }

    CompletableFuture<?> run(String operation, JsonNode args) {
        Function<JsonNode, CompletableFuture<?>> known = operations.get(operation);
        if (known == null) throw new UnsupportedOperationException("this SDK has no \"" + operation + "\"");
        return known.apply(args);
    }

    private CompletableFuture<?> configure(JsonNode args) {
        return done(() -> logins.configure(args));
    }

    // ---- conversations

    private void conversations() {
        client("create", Operations::create);
        client(
                "createRoom",
                (login, args) -> described(
                        login, login.client().createChatRoom(args.path("name").asText(), null)));
        client(
                "createTemporary",
                (login, args) -> described(
                        login,
                        login.client()
                                .createTemporaryConversation(
                                        strings(args, "members"),
                                        args.path("ttl").asInt())));
        client(
                "conversation",
                (login, args) -> described(
                        login,
                        args.path("fresh").asBoolean()
                                ? login.conversation(args).fetchInfoInBackground()
                                : CompletableFuture.completedFuture(login.conversation(args))));
        client("find", Operations::find);
        conversation("update", Operations::update);
        conversation("mute", (chat, args) -> chat.mute());
        conversation("unmute", (chat, args) -> chat.unmute());
    }

    private static CompletableFuture<?> described(Login login, CompletableFuture<AVIMConversation> conversation) {
        return conversation.thenApply(
                found -> Describe.conversation(found, login.client().getClientId()));
    }

    private static CompletableFuture<?> create(Login login, JsonNode args) {
        Map<String, Object> attributes =
                args.has("topic") ? Map.of("topic", args.path("topic").asText()) : Map.of();
        return described(
                login,
                login.client()
                        .createConversation(
                                strings(args, "members"),
                                args.path("name").asText(null),
                                attributes,
                                args.path("transient").asBoolean(),
                                args.path("unique").asBoolean()));
    }

    private static CompletableFuture<?> find(Login login, JsonNode args) {
        AVIMClient client = login.client();
        AVIMConversationQuery query = client.getQuery().setQueryPolicy(AVQuery.CachePolicy.NETWORK_ONLY);
        if (args.has("members")) query.containsMembers(strings(args, "members"));
        if (args.has("withMembers")) query.withMembers(strings(args, "withMembers"));
        if (args.has("ids")) query.whereContainedIn("objectId", strings(args, "ids"));
        if (args.has("name")) query.whereEqualTo("name", args.path("name").asText());
        if (args.has("ascending")) query.orderByAscending(args.path("ascending").asText());
        if (args.has("descending"))
            query.orderByDescending(args.path("descending").asText());
        if (args.has("limit")) query.limit(args.path("limit").asInt());
        if (args.has("skip")) query.skip(args.path("skip").asInt());
        if (args.path("compact").asBoolean()) query.setCompact(true);
        query.setWithLastMessagesRefreshed(args.path("lastMessages").asBoolean());
        return query.findInBackground()
                .thenApply(found -> found.stream()
                        .map(conversation -> Describe.conversation(conversation, client.getClientId()))
                        .toList());
    }

    private static CompletableFuture<?> update(AVIMConversation chat, JsonNode args) {
        args.path("attributes").properties().forEach(change -> {
            String value = change.getValue().asText();
            if (change.getKey().equals("name")) chat.setName(value);
            else chat.setAttribute(change.getKey().substring("attr.".length()), value);
        });
        return chat.updateInfoInBackground().thenApply(done -> Map.of());
    }

    // ---- members

    private void members() {
        conversation("join", (chat, args) -> chat.join());
        conversation("quit", (chat, args) -> chat.quit());
        conversation("count", (chat, args) -> chat.getMemberCount());
        some("add", AVIMConversation::addMembers);
        some("remove", AVIMConversation::kickMembers);
        some("addSome", AVIMConversation::addMembers);
        some("removeSome", AVIMConversation::kickMembers);
        some("silence", AVIMConversation::muteMembers);
        some("unsilence", AVIMConversation::unmuteMembers);
        some("block", AVIMConversation::blockMembers);
        some("unblock", AVIMConversation::unblockMembers);
        conversation(
                "setRole",
                (chat, args) -> chat.updateMemberRole(
                        args.path("member").asText(),
                        MemberRole.valueOf(args.path("role").asText())));
        conversation("roles", (chat, args) -> chat.getMemberRoles());
    }

    private void some(
            String name, BiFunction<AVIMConversation, List<String>, CompletableFuture<AVIMPartialResult>> operation) {
        conversation(
                name,
                (chat, args) -> operation.apply(chat, strings(args, "members")).thenApply(Describe::outcome));
    }

    // ---- messages

    private void messages() {
        client("send", Operations::send);
        client("history", Operations::history);
        client(
                "edit",
                (login, args) -> login.conversation(args)
                        .updateMessage(known(login, args), content(args))
                        .thenApply(edited -> shown(login, edited)));
        client(
                "recall",
                (login, args) -> login.conversation(args)
                        .recallMessage(known(login, args))
                        .thenApply(recalled -> shown(login, recalled)));
        conversation("read", (chat, args) -> done(chat::read));
        conversation("receipts", Operations::receipts);
    }

    private static AVIMMessage known(Login login, JsonNode args) {
        String id = args.path("message").path("id").asText();
        return Objects.requireNonNull(login.messages().get(id), "this client has not seen the message");
    }

    private static Map<String, Object> shown(Login login, AVIMMessage message) {
        login.messages().put(message.getMessageId(), message);
        return Describe.message(message, login.client().getClientId());
    }

    private static CompletableFuture<?> send(Login login, JsonNode args) {
        AVIMMessageOption option = new AVIMMessageOption()
                .setReceipt(args.path("receipt").asBoolean())
                .setTransient(args.path("transient").asBoolean())
                .setWill(args.path("will").asBoolean());
        if (args.has("priority"))
            option.setPriority(MessagePriority.values()[args.path("priority").asInt() - 1]);
        return login.conversation(args).sendMessage(content(args), option).thenApply(sent -> shown(login, sent));
    }

    private static CompletableFuture<?> history(Login login, JsonNode args) {
        int limit = args.path("limit").asInt(AVIMConversation.DEFAULT_PAGE);
        return page(login.conversation(args), args, limit).thenApply(found -> {
            found.forEach(message -> login.messages().put(message.getMessageId(), message));
            return Describe.messages(found, login.client().getClientId());
        });
    }

    /// The simplest call that does it: applications use the cache, so do tests.
    private static CompletableFuture<List<AVIMMessage>> page(AVIMConversation chat, JsonNode args, int limit) {
        if (args.has("type")) return chat.queryMessagesByType(args.path("type").asInt(), limit);
        JsonNode start = args.path("start");
        boolean forward = args.path("oldToNew").asBoolean();
        if (forward || args.has("end") || start.path("closed").asBoolean())
            return chat.queryMessages(
                    new AVIMMessageInterval(bound(start), bound(args.path("end"))),
                    forward
                            ? AVIMMessageQueryDirection.AVIMMessageQueryDirectionFromOldToNew
                            : AVIMMessageQueryDirection.AVIMMessageQueryDirectionFromNewToOld,
                    limit);
        return args.has("start")
                ? chat.queryMessages(
                        start.path("id").asText(), start.path("timestamp").asLong(), limit)
                : chat.queryMessages(limit);
    }

    private static @Nullable AVIMMessageIntervalBound bound(JsonNode bound) {
        return bound.isMissingNode()
                ? null
                : AVIMMessageInterval.createBound(
                        bound.path("id").asText(),
                        bound.path("timestamp").asLong(),
                        bound.path("closed").asBoolean());
    }

    private static CompletableFuture<?> receipts(AVIMConversation chat, JsonNode args) {
        return chat.fetchReceiptTimestamps()
                .thenApply(asked ->
                        Map.of("delivered", millis(asked.getLastDeliveredAt()), "read", millis(asked.getLastReadAt())));
    }

    @SuppressWarnings("JavaUtilDate") // as the SDK has it
    private static long millis(@Nullable Date time) {
        return time == null ? 0 : time.getTime();
    }

    private static AVIMMessage content(JsonNode args) {
        AVIMMessage message = kind(args);
        if (args.has("mentions")) message.setMentionList(strings(args, "mentions"));
        message.setMentionAll(args.path("mentionAll").asBoolean());
        return message;
    }

    private static AVIMMessage kind(JsonNode args) {
        if (args.has("binary"))
            return new AVIMBinaryMessage(
                    Base64.getDecoder().decode(args.path("binary").asText()));
        if (args.has("content")) return new AVIMMessage(args.path("content").asText());
        AVIMTextMessage text = new AVIMTextMessage(args.path("text").asText());
        Map<String, Object> attributes = new HashMap<>();
        args.path("attributes")
                .properties()
                .forEach(each -> attributes.put(each.getKey(), JSON.convertValue(each.getValue(), Object.class)));
        if (!attributes.isEmpty()) text.setAttrs(attributes);
        return text;
    }

    private static List<String> strings(JsonNode args, String key) {
        return StreamSupport.stream(args.path(key).spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }
}
