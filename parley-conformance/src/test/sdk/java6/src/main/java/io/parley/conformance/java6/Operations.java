package io.parley.conformance.java6;

import cn.leancloud.AVQuery;
import cn.leancloud.core.AVOSCloud;
import cn.leancloud.im.AVIMOptions;
import cn.leancloud.im.v2.AVIMBinaryMessage;
import cn.leancloud.im.v2.AVIMClient;
import cn.leancloud.im.v2.AVIMClientOpenOption;
import cn.leancloud.im.v2.AVIMConversation;
import cn.leancloud.im.v2.AVIMMessage;
import cn.leancloud.im.v2.AVIMMessageInterval;
import cn.leancloud.im.v2.AVIMMessageInterval.AVIMMessageIntervalBound;
import cn.leancloud.im.v2.AVIMMessageOption;
import cn.leancloud.im.v2.AVIMMessageQueryDirection;
import cn.leancloud.im.v2.callback.AVIMConversationCallback;
import cn.leancloud.im.v2.messages.AVIMTextMessage;
import cn.leancloud.session.AVConnectionManager;
import com.alibaba.fastjson.JSONObject;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;

/** What a test may ask this program to do. All clients of the process share the SDK's one connection. */
final class Operations {
    private final Map<String, Function<JSONObject, CompletableFuture<?>>> operations = new LinkedHashMap<>();

    Operations() {
        operations.put("configure", this::configure);
        operations.put("open", this::open);
        operations.put("close", args -> Answer.as(Answer.client(client(args)::close), client -> null));
        operations.put("offline", this::offline);
        operations.put("online", args -> Answer.connection(AVConnectionManager.getInstance()::startConnection));
        operations.put("create", this::create);
        operations.put("conversation", this::conversation);
        operations.put("find", this::find);
        operations.put("send", this::send);
        operations.put("history", this::history);
        operations.put("edit", this::edit);
        operations.put("recall", this::recall);
        operations.put("read", this::read);
        operations.put("receipts", this::receipts);
        operations.put("add", args -> done(callback -> conversationOf(args).addMembers(members(args), callback)));
        operations.put("remove", args -> done(callback -> conversationOf(args).kickMembers(members(args), callback)));
        operations.put("join", args -> done(callback -> conversationOf(args).join(callback)));
        operations.put("quit", args -> done(callback -> conversationOf(args).quit(callback)));
        operations.put("mute", args -> done(callback -> conversationOf(args).mute(callback)));
        operations.put("unmute", args -> done(callback -> conversationOf(args).unmute(callback)));
        operations.put("count", args -> Answer.count(conversationOf(args)::getMemberCount));
        operations.put("update", this::update);
        operations.put(
                "whoIsOnline",
                args -> Answer.online(callback -> client(args).getOnlineClients(strings(args, "clients"), callback)));
        operations.putAll(Moderation.operations());
    }

    CompletableFuture<?> run(String operation, JSONObject args) {
        var known = operations.get(operation);
        if (known == null) {
            throw new UnsupportedOperationException("this SDK has no \"" + operation + "\"");
        }
        return known.apply(args);
    }

    private CompletableFuture<?> configure(JSONObject args) {
        AVIMOptions.getGlobalOptions().setUnreadNotificationEnabled(true);
        AVIMOptions.getGlobalOptions().setMessageQueryCacheEnabled(false);
        AVOSCloud.initialize(args.getString("appId"), args.getString("appKey"), args.getString("url"));
        return Answer.connection(AVConnectionManager.getInstance()::startConnection);
    }

    private CompletableFuture<?> open(JSONObject args) {
        if (args.containsKey("signing")) {
            AVIMOptions.getGlobalOptions().setSignatureFactory(new Signing(args.getJSONObject("signing")));
        }
        var option = new AVIMClientOpenOption();
        option.setReconnect(args.getBooleanValue("isReconnect"));
        var tag = args.getString("tag");
        var id = args.getString("id");
        var client = tag == null ? AVIMClient.getInstance(id) : AVIMClient.getInstance(id, tag);
        return Answer.as(
                Answer.client(callback -> client.open(option, callback)), opened -> Map.of("id", opened.getClientId()));
    }

    private CompletableFuture<?> offline(JSONObject args) {
        AVConnectionManager.getInstance().resetConnection();
        return CompletableFuture.completedFuture(null);
    }

    private CompletableFuture<?> create(JSONObject args) {
        var topic = args.getString("topic");
        Map<String, Object> attributes = topic == null ? Map.of() : Map.of("topic", topic);
        return Answer.as(
                Answer.created(callback -> client(args)
                        .createConversation(
                                members(args),
                                args.getString("name"),
                                attributes,
                                args.getBooleanValue("transient"),
                                args.getBooleanValue("unique"),
                                callback)),
                Describe::conversation);
    }

    private CompletableFuture<?> conversation(JSONObject args) {
        var conversation = conversationOf(args);
        return Answer.done(() -> Describe.conversation(conversation), conversation::fetchInfoInBackground);
    }

    private CompletableFuture<?> find(JSONObject args) {
        var query = client(args).getConversationsQuery();
        query.setQueryPolicy(AVQuery.CachePolicy.NETWORK_ONLY);
        if (args.containsKey("members")) {
            query.containsMembers(members(args));
        }
        if (args.containsKey("withMembers")) {
            query.withMembers(strings(args, "withMembers"));
        }
        if (args.containsKey("ids")) {
            query.whereContainsIn("objectId", strings(args, "ids"));
        }
        if (args.containsKey("name")) {
            query.whereEqualTo("name", args.getString("name"));
        }
        if (args.containsKey("ascending")) {
            query.orderByAscending(args.getString("ascending"));
        }
        if (args.containsKey("descending")) {
            query.orderByDescending(args.getString("descending"));
        }
        if (args.containsKey("limit")) {
            query.limit(args.getIntValue("limit"));
        }
        if (args.containsKey("skip")) {
            query.skip(args.getIntValue("skip"));
        }
        query.setWithLastMessagesRefreshed(args.getBooleanValue("lastMessages"));
        return Answer.as(Answer.conversations(query::findInBackground), found -> {
            var described = new ArrayList<Map<String, Object>>();
            found.forEach(conversation -> described.add(Describe.conversation(conversation)));
            return described;
        });
    }

    private CompletableFuture<?> send(JSONObject args) {
        var message = content(args);
        var option = new AVIMMessageOption();
        option.setReceipt(args.getBooleanValue("receipt"));
        option.setTransient(args.getBooleanValue("transient"));
        option.setWill(args.getBooleanValue("will"));
        return Answer.done(
                () -> Describe.message(message),
                callback -> conversationOf(args).sendMessage(message, option, callback));
    }

    private CompletableFuture<?> history(JSONObject args) {
        var limit = args.containsKey("limit") ? args.getIntValue("limit") : 20;
        var direction = args.getBooleanValue("oldToNew")
                ? AVIMMessageQueryDirection.AVIMMessageQueryDirectionFromOldToNew
                : AVIMMessageQueryDirection.AVIMMessageQueryDirectionFromNewToOld;
        var interval = new AVIMMessageInterval(bound(args.getJSONObject("start")), bound(args.getJSONObject("end")));
        var type = args.getInteger("type");
        return Answer.as(
                Answer.messages(callback -> {
                    if (type != null) {
                        conversationOf(args).queryMessagesByType(type, limit, callback);
                    } else {
                        conversationOf(args).queryMessages(interval, direction, limit, callback);
                    }
                }),
                Describe::messages);
    }

    private static AVIMMessageIntervalBound bound(JSONObject bound) {
        return bound == null
                ? null
                : AVIMMessageInterval.createBound(
                        bound.getString("id"), bound.getLongValue("timestamp"), bound.getBooleanValue("closed"));
    }

    private CompletableFuture<?> edit(JSONObject args) {
        return Answer.as(
                Answer.edited(callback -> conversationOf(args).updateMessage(reference(args), content(args), callback)),
                Describe::message);
    }

    private CompletableFuture<?> recall(JSONObject args) {
        return Answer.as(
                Answer.recalled(callback -> conversationOf(args).recallMessage(reference(args), callback)),
                Describe::message);
    }

    private static AVIMMessage reference(JSONObject args) {
        var message = args.getJSONObject("message");
        var reference =
                new AVIMMessage(args.getString("cid"), args.getString("client"), message.getLongValue("timestamp"), 0);
        reference.setMessageId(message.getString("id"));
        return reference;
    }

    private CompletableFuture<?> read(JSONObject args) {
        conversationOf(args).read();
        return CompletableFuture.completedFuture(null);
    }

    private CompletableFuture<?> receipts(JSONObject args) {
        var conversation = conversationOf(args);
        return Answer.done(
                () -> Map.of("delivered", conversation.getLastDeliveredAt(), "read", conversation.getLastReadAt()),
                conversation::fetchReceiptTimestamps);
    }

    private CompletableFuture<?> update(JSONObject args) {
        var conversation = conversationOf(args);
        args.getJSONObject("attributes").forEach(conversation::set);
        return Answer.done(() -> Describe.conversation(conversation), conversation::updateInfoInBackground);
    }

    private static AVIMMessage content(JSONObject args) {
        var message = typedContent(args);
        if (args.containsKey("mentions")) {
            message.setMentionList(strings(args, "mentions"));
        }
        message.setMentionAll(args.getBooleanValue("mentionAll"));
        return message;
    }

    private static AVIMMessage typedContent(JSONObject args) {
        if (args.containsKey("binary")) {
            var message = new AVIMBinaryMessage();
            message.setBytes(Base64.getDecoder().decode(args.getString("binary")));
            return message;
        }
        if (args.containsKey("content")) {
            var message = new AVIMMessage();
            message.setContent(args.getString("content"));
            return message;
        }
        var message = new AVIMTextMessage();
        message.setText(args.getString("text"));
        message.setAttrs(args.getJSONObject("attributes"));
        return message;
    }

    private static CompletableFuture<?> done(Consumer<AVIMConversationCallback> call) {
        return Answer.done(() -> null, call);
    }

    private static AVIMClient client(JSONObject args) {
        return AVIMClient.getInstance(args.getString("client"));
    }

    private static AVIMConversation conversationOf(JSONObject args) {
        return client(args).getConversation(args.getString("cid"));
    }

    private static List<String> members(JSONObject args) {
        return args.containsKey("members") ? strings(args, "members") : List.of();
    }

    private static List<String> strings(JSONObject args, String key) {
        return args.getJSONArray(key).toJavaList(String.class);
    }
}
