package io.parley.load.history;

import io.parley.load.client.Acks;
import io.parley.load.client.Commands;
import io.parley.load.client.Commands.Place;
import io.parley.load.client.ConnectionLostException;
import io.parley.load.client.Endpoint;
import io.parley.load.client.Identity;
import io.parley.load.client.LightClient;
import io.parley.load.client.Listener;
import io.parley.load.client.Loop;
import io.parley.load.client.RefusedException;
import io.parley.load.wire.DirectView;
import io.parley.protocol.proto.CommandType;
import io.parley.protocol.proto.GenericCommand;
import io.parley.protocol.proto.LogsCommand.QueryDirection;
import io.parley.protocol.proto.OpType;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/// A device's way to the server: connects again and again until it is through, logs in as SDKs do, notes what is
/// pushed. Used by one virtual thread; pushes come on the event loop.
final class Line {
    private static final Duration RETRY = Duration.ofMillis(50);
    private static final int TOKEN_EXPIRED = 4112;

    private final Identity identity;
    private final Loop loop;
    private final Endpoint endpoint;
    private final Acks acks;
    private final Recorder recorder;
    private final Map<String, Bookmark> bookmarks = new ConcurrentHashMap<>();

    // Belong to the device's thread.
    private @Nullable LightClient client;
    private @Nullable String token;

    private volatile int connection;
    private volatile long lastUnreadNotice;
    private volatile boolean connected;

    Line(Identity identity, Loop loop, Endpoint endpoint, Acks acks, Recorder recorder) {
        this.identity = identity;
        this.loop = loop;
        this.endpoint = endpoint;
        this.acks = acks;
        this.recorder = recorder;
        recorder.device(identity.device(), identity.client());
    }

    String device() {
        return identity.device();
    }

    boolean isConnected() {
        return connected;
    }

    Bookmark bookmark(String conversation) {
        return bookmarks.computeIfAbsent(conversation, id -> new Bookmark());
    }

    /// Connects and logs in, until it succeeds. Afterwards every conversation has a gap.
    ///
    /// A login is over when the next request is answered. What is accepted until then may be told in the form of
    /// an unread count, which the server determines after it has answered `open`, instead of being pushed.
    void connect() throws InterruptedException {
        while (!connected) {
            try {
                tryToConnect();
            } catch (ConnectionLostException notYet) {
                Thread.sleep(RETRY);
            }
        }
    }

    private void tryToConnect() throws InterruptedException {
        int number = connection + 1;
        connection = number;
        bookmarks.values().forEach(Bookmark::gap);
        LightClient attempt =
                await(LightClient.connect(loop, endpoint, identity, acks, new Ear(number), Optional.empty()));
        client = attempt;
        GenericCommand.Builder open =
                token == null ? Commands.open(identity) : Commands.reopen(identity, token, lastUnreadNotice);
        try {
            token = await(attempt.request(open)).getSessionMessage().getSt();
            await(attempt.request(Commands.isOnline(identity.client())).thenApply(answer -> {
                // On the loop, so that the connection's end cannot be noted before its beginning.
                recorder.connected(device(), number);
                connected = true;
                return answer;
            }));
        } catch (RefusedException refusal) {
            attempt.abort();
            if (refusal.code() != TOKEN_EXPIRED) {
                throw refusal;
            }
            token = null;
            throw new ConnectionLostException("the session token is no longer good");
        } catch (ConnectionLostException lost) {
            attempt.abort();
            throw lost;
        }
    }

    /// Asks and waits. A request that gets no answer ends the connection.
    GenericCommand ask(GenericCommand.Builder request) throws InterruptedException {
        return await(begin(request));
    }

    CompletableFuture<GenericCommand> begin(GenericCommand.Builder request) {
        LightClient current = client;
        return current == null
                ? CompletableFuture.failedFuture(new ConnectionLostException("not connected"))
                : current.request(request);
    }

    void tell(GenericCommand.Builder command) {
        if (client != null) {
            client.tell(command);
        }
    }

    /// The server has dealt with everything this device sent before: it takes a connection's commands in order.
    void fence() throws InterruptedException {
        ask(Commands.isOnline(identity.client()));
    }

    /// Reads what the device does not know yet of a conversation.
    void catchUp(String conversation) throws InterruptedException {
        Bookmark bookmark = bookmark(conversation);
        int gaps = bookmark.gaps();
        Optional<Place> from = bookmark.known();
        while (true) {
            GenericCommand page = ask(Commands.logs(conversation, QueryDirection.NEW, from, Pages.LIMIT));
            for (Message message : Pages.messages(page)) {
                recorder.received(device(), connection, false, conversation, message);
                from = Optional.of(new Place(message.id(), message.timestamp()));
            }
            from.ifPresent(bookmark::fetched);
            if (page.getLogsMessage().getLogsCount() < Pages.LIMIT) {
                bookmark.caughtUp(gaps);
                return;
            }
        }
    }

    /// @param politely with a close frame; otherwise the connection just breaks
    void disconnect(boolean politely) {
        connected = false;
        if (client != null) {
            if (politely) {
                client.close();
            } else {
                client.abort();
            }
        }
    }

    static <T> T await(CompletableFuture<T> answer) throws InterruptedException {
        try {
            return answer.get();
        } catch (ExecutionException failed) {
            throw switch (failed.getCause()) {
                case RefusedException refusal -> refusal;
                case ConnectionLostException lost -> lost;
                case null -> new CompletionException(failed);
                default -> new ConnectionLostException("no answer: " + failed.getCause());
            };
        }
    }

    /// Hears one connection.
    private final class Ear implements Listener {
        private final int number;

        Ear(int number) {
            this.number = number;
        }

        @Override
        public void delivered(LightClient from, DirectView view) {
            Message message = new Message(view.id(), view.timestamp(), view.from(), view.text());
            recorder.received(device(), number, true, view.conversation(), message);
            if (number == connection) {
                bookmark(view.conversation()).pushed(new Place(message.id(), message.timestamp()));
            }
        }

        @Override
        public void pushed(LightClient from, GenericCommand push) {
            if (push.getCmd() == CommandType.unread && push.getUnreadMessage().hasNotifTime()) {
                lastUnreadNotice =
                        Math.max(lastUnreadNotice, push.getUnreadMessage().getNotifTime());
            } else if (push.getCmd() == CommandType.conv
                    && (push.getOp() == OpType.joined || push.getOp() == OpType.left)) {
                bookmark(push.getConvMessage().getCid()).gap();
            }
        }

        @Override
        public void closed(LightClient from, String cause) {
            if (number == connection) {
                connected = false;
            }
            recorder.disconnected(device(), number);
        }
    }
}
