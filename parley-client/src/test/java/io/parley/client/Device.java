package io.parley.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.client.internal.Failures;
import io.parley.testing.ParleyServer;
import io.parley.testing.TestApp;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// A program with the SDK: an own connection, own handlers that write down what they are told.
final class Device implements AutoCloseable {
    static final long PATIENCE_SECONDS = 10;

    private static final AtomicInteger NUMBER = new AtomicInteger();

    final AVIMRealtime realtime;
    final Events events = new Events();

    private Device(AVIMOptions options) {
        realtime = AVIMRealtime.create(options);
        listen();
    }

    static Device of(ParleyServer server) {
        return of(server, options -> options);
    }

    static Device of(ParleyServer server, UnaryOperator<AVIMOptions.Builder> choose) {
        return of(server.url().toString(), choose);
    }

    static Device of(String url, UnaryOperator<AVIMOptions.Builder> choose) {
        AVIMOptions.Builder options =
                AVIMOptions.builder(TestApp.ID, TestApp.KEY, url).retry(Duration.ofMillis(50), Duration.ofMillis(500));
        return new Device(choose.apply(options).build());
    }

    /// A client id that no other test uses.
    static String fresh(String name) {
        return name + "-" + NUMBER.incrementAndGet();
    }

    /// A new client, logged in. Its id is the name and a number.
    AVIMClient enters(String name) {
        return login(fresh(name));
    }

    AVIMClient login(String id) {
        return await(realtime.getClient(id).open());
    }

    AVIMClient login(String id, String tag) {
        return await(realtime.getClient(id, tag).open());
    }

    static <T extends @Nullable Object> T await(CompletableFuture<T> future) {
        try {
            return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError("the operation did not succeed: " + e, e);
        }
    }

    /// The error that the operation ends with.
    static AVIMException failure(CompletableFuture<?> future) {
        try {
            Object value = future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            throw new AssertionError("it succeeded with " + value);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        } catch (TimeoutException e) {
            throw new AssertionError("it neither succeeded nor failed", e);
        } catch (ExecutionException e) {
            assertThat(e.getCause()).isInstanceOf(AVIMException.class);
            return Failures.of(e);
        }
    }

    /// The text of the next message, of whatever client of this device.
    String hears() {
        return ((AVIMTextMessage) events.next("message").message()).getText();
    }

    private void listen() {
        realtime.setDefaultMessageHandler(new AVIMMessageHandler() {
            @Override
            public void onMessage(AVIMMessage message, AVIMConversation conversation, AVIMClient client) {
                events.add(new Events.Event("message", client, conversation, message, List.of(), ""));
            }

            @Override
            public void onMessageReceipt(AVIMMessage message, AVIMConversation conversation, AVIMClient client) {
                events.add(new Events.Event("receipt", client, conversation, message, List.of(), ""));
            }
        });
        realtime.setClientEventHandler(new AVIMClientEventHandler() {
            @Override
            public void onConnectionPaused(AVIMClient client) {
                events.add(new Events.Event("paused", client, null, null, List.of(), ""));
            }

            @Override
            public void onConnectionResume(AVIMClient client) {
                events.add(new Events.Event("resumed", client, null, null, List.of(), ""));
            }

            @Override
            public void onClientOffline(AVIMClient client, int code) {
                events.add(new Events.Event("offline", client, null, null, List.of(), Integer.toString(code)));
            }
        });
        realtime.setConversationEventHandler(new Recorder());
    }

    private final class Recorder extends AVIMConversationEventHandler {
        private void add(String name, AVIMClient client, AVIMConversation conversation, List<String> who, String by) {
            events.add(new Events.Event(name, client, conversation, null, who, by));
        }

        @Override
        public void onMemberLeft(AVIMClient client, AVIMConversation in, List<String> members, String by) {
            add("left", client, in, members, by);
        }

        @Override
        public void onMemberJoined(AVIMClient client, AVIMConversation in, List<String> members, String by) {
            add("joined", client, in, members, by);
        }

        @Override
        public void onKicked(AVIMClient client, AVIMConversation in, String by) {
            add("kicked", client, in, List.of(), by);
        }

        @Override
        public void onInvited(AVIMClient client, AVIMConversation in, String by) {
            add("invited", client, in, List.of(), by);
        }

        @Override
        public void onUnreadMessagesCountUpdated(AVIMClient client, AVIMConversation in) {
            add("unread", client, in, List.of(), Integer.toString(in.getUnreadMessagesCount()));
        }

        @Override
        public void onLastDeliveredAtUpdated(AVIMClient client, AVIMConversation in) {
            add("delivered", client, in, List.of(), "");
        }

        @Override
        public void onLastReadAtUpdated(AVIMClient client, AVIMConversation in) {
            add("read", client, in, List.of(), "");
        }

        @Override
        public void onMessageUpdated(AVIMClient client, AVIMConversation in, AVIMMessage message) {
            events.add(new Events.Event("edited", client, in, message, List.of(), ""));
        }

        @Override
        public void onMessageRecalled(AVIMClient client, AVIMConversation in, AVIMMessage message) {
            events.add(new Events.Event("recalled", client, in, message, List.of(), ""));
        }

        @Override
        public void onInfoChanged(
                AVIMClient client, AVIMConversation in, Map<String, Object> attributes, String operator) {
            add("changed", client, in, List.copyOf(attributes.keySet()), operator);
        }

        @Override
        public void onMemberInfoUpdated(
                AVIMClient client,
                AVIMConversation in,
                String memberId,
                AVIMConversation.MemberRole role,
                @Nullable String operator) {
            add("role", client, in, List.of(memberId, role.name()), String.valueOf(operator));
        }

        @Override
        public void onMuted(AVIMClient client, AVIMConversation in, String operator) {
            add("silenced", client, in, List.of(), operator);
        }

        @Override
        public void onUnmuted(AVIMClient client, AVIMConversation in, String operator) {
            add("unsilenced", client, in, List.of(), operator);
        }

        @Override
        public void onMemberMuted(AVIMClient client, AVIMConversation in, List<String> members, String operator) {
            add("members silenced", client, in, members, operator);
        }

        @Override
        public void onBlocked(AVIMClient client, AVIMConversation in, String operator) {
            add("blocked", client, in, List.of(), operator);
        }

        @Override
        public void onMemberBlocked(AVIMClient client, AVIMConversation in, List<String> members, String operator) {
            add("members blocked", client, in, members, operator);
        }
    }

    @Override
    public void close() {
        realtime.shutdown();
    }
}
