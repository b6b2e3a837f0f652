package io.parley.conformance.java6;

import cn.leancloud.im.v2.AVIMClient;
import cn.leancloud.im.v2.AVIMConversation;
import cn.leancloud.im.v2.conversation.AVIMConversationMemberInfo;
import cn.leancloud.im.v2.conversation.ConversationMemberRole;
import com.alibaba.fastjson.JSONObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Rooms, temporary conversations, roles, silence and blacklists. */
final class Moderation {
    private Moderation() {}

    static Map<String, Function<JSONObject, CompletableFuture<?>>> operations() {
        var operations = new LinkedHashMap<String, Function<JSONObject, CompletableFuture<?>>>();
        operations.put("createRoom", Moderation::createRoom);
        operations.put("createTemporary", Moderation::createTemporary);
        operations.put("setRole", Moderation::setRole);
        operations.put("roles", Moderation::roles);
        operations.put("silence", args -> Answer.some(callback -> chat(args).muteMembers(members(args), callback)));
        operations.put("unsilence", args -> Answer.some(callback -> chat(args).unmuteMembers(members(args), callback)));
        operations.put("block", args -> Answer.some(callback -> chat(args).blockMembers(members(args), callback)));
        operations.put("unblock", args -> Answer.some(callback -> chat(args).unblockMembers(members(args), callback)));
        return operations;
    }

    private static CompletableFuture<?> createRoom(JSONObject args) {
        return Answer.as(
                Answer.created(callback -> client(args).createChatRoom(args.getString("name"), null, callback)),
                Describe::conversation);
    }

    private static CompletableFuture<?> createTemporary(JSONObject args) {
        return Answer.as(
                Answer.created(callback ->
                        client(args).createTemporaryConversation(members(args), args.getIntValue("ttl"), callback)),
                Describe::conversation);
    }

    private static CompletableFuture<?> setRole(JSONObject args) {
        var role = ConversationMemberRole.fromString(args.getString("role"));
        return Answer.done(
                () -> null, callback -> chat(args).updateMemberRole(args.getString("member"), role, callback));
    }

    private static CompletableFuture<?> roles(JSONObject args) {
        return Answer.as(Answer.roles(callback -> chat(args).getAllMemberInfo(0, 100, callback)), found -> {
            var roles = new LinkedHashMap<String, String>();
            for (AVIMConversationMemberInfo info : found) {
                roles.put(info.getMemberId(), info.getRole().getName());
            }
            return roles;
        });
    }

    private static AVIMClient client(JSONObject args) {
        return AVIMClient.getInstance(args.getString("client"));
    }

    private static AVIMConversation chat(JSONObject args) {
        return client(args).getConversation(args.getString("cid"));
    }

    private static List<String> members(JSONObject args) {
        return args.getJSONArray("members").toJavaList(String.class);
    }
}
