package io.parley.conformance.java6;

import cn.leancloud.AVException;
import cn.leancloud.callback.AVCallback;
import cn.leancloud.im.v2.AVIMClient;
import cn.leancloud.im.v2.AVIMConversation;
import cn.leancloud.im.v2.AVIMException;
import cn.leancloud.im.v2.AVIMMessage;
import cn.leancloud.im.v2.callback.AVIMClientCallback;
import cn.leancloud.im.v2.callback.AVIMConversationCallback;
import cn.leancloud.im.v2.callback.AVIMConversationCreatedCallback;
import cn.leancloud.im.v2.callback.AVIMConversationMemberCountCallback;
import cn.leancloud.im.v2.callback.AVIMConversationMemberQueryCallback;
import cn.leancloud.im.v2.callback.AVIMConversationQueryCallback;
import cn.leancloud.im.v2.callback.AVIMMessageRecalledCallback;
import cn.leancloud.im.v2.callback.AVIMMessageUpdatedCallback;
import cn.leancloud.im.v2.callback.AVIMMessagesQueryCallback;
import cn.leancloud.im.v2.callback.AVIMOnlineClientsCallback;
import cn.leancloud.im.v2.callback.AVIMOperationFailure;
import cn.leancloud.im.v2.callback.AVIMOperationPartiallySucceededCallback;
import cn.leancloud.im.v2.conversation.AVIMConversationMemberInfo;
import cn.leancloud.im.v2.messages.AVIMRecalledMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** Turns the SDK's callback classes into futures. */
final class Answer {
    private Answer() {}

    static CompletableFuture<Void> connection(Consumer<AVCallback<Void>> call) {
        var future = new CompletableFuture<Void>();
        call.accept(new AVCallback<Void>() {
            @Override
            protected void internalDone0(Void nothing, AVException e) {
                settle(future, () -> null, e);
            }
        });
        return future;
    }

    static CompletableFuture<AVIMClient> client(Consumer<AVIMClientCallback> call) {
        var future = new CompletableFuture<AVIMClient>();
        call.accept(new AVIMClientCallback() {
            @Override
            public void done(AVIMClient client, AVIMException e) {
                settle(future, () -> client, e);
            }
        });
        return future;
    }

    static CompletableFuture<AVIMConversation> created(Consumer<AVIMConversationCreatedCallback> call) {
        var future = new CompletableFuture<AVIMConversation>();
        call.accept(new AVIMConversationCreatedCallback() {
            @Override
            public void done(AVIMConversation conversation, AVIMException e) {
                settle(future, () -> conversation, e);
            }
        });
        return future;
    }

    /** `result` is asked for when the SDK says that it is done. */
    static <T> CompletableFuture<T> done(Supplier<T> result, Consumer<AVIMConversationCallback> call) {
        var future = new CompletableFuture<T>();
        call.accept(new AVIMConversationCallback() {
            @Override
            public void done(AVIMException e) {
                settle(future, result, e);
            }
        });
        return future;
    }

    static CompletableFuture<List<AVIMConversation>> conversations(Consumer<AVIMConversationQueryCallback> call) {
        var future = new CompletableFuture<List<AVIMConversation>>();
        call.accept(new AVIMConversationQueryCallback() {
            @Override
            public void done(List<AVIMConversation> conversations, AVIMException e) {
                settle(future, () -> conversations == null ? List.of() : conversations, e);
            }
        });
        return future;
    }

    static CompletableFuture<List<AVIMMessage>> messages(Consumer<AVIMMessagesQueryCallback> call) {
        var future = new CompletableFuture<List<AVIMMessage>>();
        call.accept(new AVIMMessagesQueryCallback() {
            @Override
            public void done(List<AVIMMessage> messages, AVIMException e) {
                settle(future, () -> messages == null ? List.of() : messages, e);
            }
        });
        return future;
    }

    static CompletableFuture<AVIMMessage> edited(Consumer<AVIMMessageUpdatedCallback> call) {
        var future = new CompletableFuture<AVIMMessage>();
        call.accept(new AVIMMessageUpdatedCallback() {
            @Override
            public void done(AVIMMessage message, AVException e) {
                settle(future, () -> message, e);
            }
        });
        return future;
    }

    static CompletableFuture<AVIMMessage> recalled(Consumer<AVIMMessageRecalledCallback> call) {
        var future = new CompletableFuture<AVIMMessage>();
        call.accept(new AVIMMessageRecalledCallback() {
            @Override
            public void done(AVIMRecalledMessage message, AVException e) {
                settle(future, () -> message, e);
            }
        });
        return future;
    }

    static CompletableFuture<Integer> count(Consumer<AVIMConversationMemberCountCallback> call) {
        var future = new CompletableFuture<Integer>();
        call.accept(new AVIMConversationMemberCountCallback() {
            @Override
            public void done(Integer count, AVIMException e) {
                settle(future, () -> count, e);
            }
        });
        return future;
    }

    static CompletableFuture<List<AVIMConversationMemberInfo>> roles(
            Consumer<AVIMConversationMemberQueryCallback> call) {
        var future = new CompletableFuture<List<AVIMConversationMemberInfo>>();
        call.accept(new AVIMConversationMemberQueryCallback() {
            @Override
            public void done(List<AVIMConversationMemberInfo> members, AVIMException e) {
                settle(future, () -> members == null ? List.of() : members, e);
            }
        });
        return future;
    }

    /** Which members an operation worked for, and why not for the others. */
    static CompletableFuture<Map<String, Object>> some(Consumer<AVIMOperationPartiallySucceededCallback> call) {
        var future = new CompletableFuture<Map<String, Object>>();
        call.accept(new AVIMOperationPartiallySucceededCallback() {
            @Override
            public void done(AVIMException e, List<String> done, List<AVIMOperationFailure> failures) {
                settle(future, () -> outcome(done, failures), e);
            }
        });
        return future;
    }

    private static Map<String, Object> outcome(List<String> done, List<AVIMOperationFailure> failures) {
        var described = new ArrayList<Map<String, Object>>();
        if (failures != null) {
            for (AVIMOperationFailure failure : failures) {
                described.add(Map.of("code", failure.getCode(), "clients", failure.getMemberIds()));
            }
        }
        return Map.of("done", done == null ? List.of() : done, "failures", described);
    }

    static CompletableFuture<List<String>> online(Consumer<AVIMOnlineClientsCallback> call) {
        var future = new CompletableFuture<List<String>>();
        call.accept(new AVIMOnlineClientsCallback() {
            @Override
            public void done(List<String> clients, AVIMException e) {
                settle(future, () -> clients, e);
            }
        });
        return future;
    }

    static <T, R> CompletableFuture<Object> as(CompletableFuture<T> future, Function<T, R> describe) {
        return future.thenApply(describe);
    }

    private static <T> void settle(CompletableFuture<T> future, Supplier<T> result, Throwable error) {
        if (error != null) {
            future.completeExceptionally(error);
        } else {
            future.complete(result.get());
        }
    }
}
