package io.parley.client.internal;

import io.parley.client.AVIMException;
import io.parley.client.internal.LoopThread.Timer;
import io.parley.client.internal.proto.AckCommand;
import io.parley.client.internal.proto.CommandType;
import io.parley.client.internal.proto.DirectCommand;
import io.parley.client.internal.proto.GenericCommand;
import io.parley.client.internal.proto.OpType;
import io.parley.client.internal.proto.SessionCommand;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One client on the connection: logs in, logs in again after a loss, and sends messages until they are acknowledged.
 * Public methods may be called on any thread; state is the loop's, futures complete on the loop's thread, and so come
 * the calls to the owner.
 */
public final class SessionLink {
    /**
     * What this client can do: edits and recalls (1), temporary conversations (2), acknowledged transient messages (8),
     * stored notices (16), partial failures (32), receipts in groups (64). Source: protocol 4.2.6.
     */
    private static final long CAPABILITIES = 1 | 2 | 8 | 16 | 32 | 64;

    /** Source: protocol 9. */
    private static final int INTERNAL_ERROR = 4200;

    private static final String AGENT = "parley-java/0.1";

    private final ConnectionLoop connection;
    private final String clientId;
    private final String tag;
    private final Owner owner;

    private Phase phase = Phase.CLOSED;

    /** The login that the application waits for; null when it does not. */
    private @Nullable CompletableFuture<Void> opening;

    private boolean reconnects;
    private @Nullable Token token;
    private long unreadMark;
    private long patchMark;

    /** Messages that are not acknowledged yet, by their token, in the order they were given. */
    private final Map<String, Outgoing> outbox = new LinkedHashMap<>();

    private enum Phase {
        CLOSED,
        OPENING,
        OPEN,
        LOST
    }

    private static final class Token {
        final String text;
        final long validUntil;

        Token(String text, long validUntil) {
            this.text = text;
            this.validUntil = validUntil;
        }
    }

    private static final class Outgoing {
        final GenericCommand frame;
        final CompletableFuture<AckCommand> done = new CompletableFuture<>();
        final long giveUpAt;
        Timer timer = () -> {};

        Outgoing(GenericCommand frame, long giveUpAt) {
            this.frame = frame;
            this.giveUpAt = giveUpAt;
        }
    }

    /** What the session tells its client. Calls come on the loop's thread. */
    public interface Owner {
        /** The proof that this client may log in; empty when the application gives none. */
        CompletableFuture<Optional<Proof>> proveLogin();

        /** The connection is lost; the session will come back by itself. */
        void paused();

        /** The session is open, before anything is received in it. */
        void opened(boolean again, long serverTime);

        /** The session is over, and does not come back by itself. */
        void ended(AVIMException why);

        /** A frame that is no answer. */
        void received(GenericCommand push);
    }

    SessionLink(ConnectionLoop connection, String clientId, String tag, Owner owner) {
        this.connection = connection;
        this.clientId = clientId;
        this.tag = tag;
        this.owner = owner;
    }

    String clientId() {
        return clientId;
    }

    /** On the loop's thread. */
    public boolean isOpen() {
        return phase == Phase.OPEN;
    }

    /** On the loop's thread: false before the first login, and after the end. */
    public boolean isAlive() {
        return phase != Phase.CLOSED;
    }

    // ---- coming and going

    /** @param reconnects false pushes out another device with the same tag, true is refused in its favour */
    public CompletableFuture<Void> open(boolean reconnects) {
        CompletableFuture<Void> result = new CompletableFuture<>();
        connection.thread().execute(() -> {
            if (phase == Phase.OPEN) result.complete(null);
            else if (opening != null) opening.whenComplete((done, error) -> pass(result, error));
            else {
                opening = result;
                this.reconnects = reconnects;
                if (phase == Phase.LOST) connection.hurry();
                else {
                    token = null;
                    phase = Phase.OPENING;
                    connection.want(this);
                }
            }
        });
        return result;
    }

    private static void pass(CompletableFuture<Void> result, @Nullable Throwable error) {
        if (error == null) result.complete(null);
        else result.completeExceptionally(error);
    }

    /** Logs out. Without a connection, the server learns it by the time-out of the connection. */
    public CompletableFuture<Void> close() {
        CompletableFuture<Void> result = new CompletableFuture<>();
        connection.thread().execute(() -> {
            boolean wasOpen = phase == Phase.OPEN;
            CompletableFuture<GenericCommand> answer = wasOpen
                    ? askNow(command(CommandType.session, OpType.close)
                            .setSessionMessage(SessionCommand.getDefaultInstance()))
                    : CompletableFuture.completedFuture(GenericCommand.getDefaultInstance());
            if (wasOpen) phase = Phase.LOST;
            answer.whenComplete((closed, error) -> {
                finish(Failures.notOpen());
                // The application wants to be away, and is: an error on the way out is none.
                result.complete(null);
            });
        });
        return result;
    }

    /** The session is over: nothing waits for it any longer. */
    private void finish(AVIMException why) {
        phase = Phase.CLOSED;
        token = null;
        CompletableFuture<Void> waiting = opening;
        opening = null;
        failOutbox(why);
        connection.leave(this);
        if (waiting != null) waiting.completeExceptionally(why);
    }

    // ---- told by the connection, on its thread

    /** There is a socket. */
    void connected() {
        if (phase == Phase.OPEN) return;
        boolean again = phase == Phase.LOST;
        Token known = validToken();
        if (known != null) login(again, known, Optional.empty());
        else
            owner.proveLogin()
                    .whenComplete((proof, error) -> connection.thread().execute(() -> {
                        if (phase == Phase.CLOSED || phase == Phase.OPEN) return;
                        if (error != null) refused(Failures.of(error));
                        else login(again, null, proof);
                    }));
    }

    private void login(boolean again, @Nullable Token known, Optional<Proof> proof) {
        SessionCommand.Builder session = SessionCommand.newBuilder()
                .setUa(AGENT)
                .setR(again || reconnects)
                .setDeviceId(connection.settings().deviceId)
                .setConfigBitmap(CAPABILITIES);
        if (!tag.isEmpty()) session.setTag(tag);
        if (known != null) session.setSt(known.text);
        proof.ifPresent(
                given -> session.setS(given.signature).setT(given.timestamp).setN(given.nonce));
        if (unreadMark > 0) session.setLastUnreadNotifTime(unreadMark);
        if (patchMark > 0) session.setLastPatchTime(patchMark);
        GenericCommand.Builder request = command(CommandType.session, OpType.open)
                .setAppId(connection.settings().appId)
                .setSessionMessage(session);
        connection.ask(request, connection.settings().replyTimeout, "login").whenComplete((reply, error) -> {
            if (error == null) answered(again, reply);
            else loginFailed(known != null, Failures.of(error));
        });
    }

    private void answered(boolean again, GenericCommand reply) {
        SessionCommand session = reply.getSessionMessage();
        if (reply.getOp() == OpType.closed || session.getCode() != 0) {
            refused(Failures.of(session));
            return;
        }
        if (phase == Phase.CLOSED) return;
        phase = Phase.OPEN;
        if (session.hasSt())
            token = new Token(
                    session.getSt(), connection.thread().now() + TimeUnit.SECONDS.toNanos(session.getStTtl()));
        if (patchMark == 0) patchMark = reply.getServerTs();
        connection.proven();
        owner.opened(again, reply.getServerTs());
        CompletableFuture<Void> waiting = opening;
        opening = null;
        if (waiting != null) waiting.complete(null);
        for (Outgoing outgoing : new ArrayList<>(outbox.values())) transmit(outgoing);
    }

    private void loginFailed(boolean withToken, AVIMException error) {
        if (Failures.isOfNetwork(error)) {
            // A server that does not answer is as good as none.
            if (error.getCode() == AVIMException.TIMEOUT) connection.lost("no answer to a login");
        } else if (withToken && error.getCode() == AVIMException.SESSION_TOKEN_EXPIRED) {
            token = null;
            connected();
        } else if (phase == Phase.LOST && error.getCode() == INTERNAL_ERROR)
            // No refusal: the server cannot do it now, as while it starts.
            connection.lost("the server failed at a login");
        else refused(error);
    }

    private void refused(AVIMException error) {
        boolean first = opening != null;
        boolean was = phase == Phase.LOST;
        finish(error);
        if (was || !first) owner.ended(error);
    }

    /** The connection is lost, and will be tried again. */
    void disconnected(AVIMException error) {
        boolean wasOpen = phase == Phase.OPEN;
        if (phase == Phase.OPENING) {
            finish(error);
            return;
        }
        phase = Phase.LOST;
        // A transient message is for now; who sends it again later would send something else.
        for (Outgoing outgoing : new ArrayList<>(outbox.values()))
            if (outgoing.frame.getDirectMessage().getTransient()) complete(outgoing, null, error);
        if (wasOpen) owner.paused();
    }

    /** The connection will not be tried again. */
    void ended(AVIMException error) {
        boolean known = phase == Phase.OPEN || phase == Phase.LOST;
        finish(error);
        if (known) owner.ended(error);
    }

    void received(GenericCommand push) {
        if (push.getCmd() == CommandType.session && push.getOp() == OpType.closed) {
            ended(Failures.of(push.getSessionMessage()));
            return;
        }
        if (phase != Phase.OPEN) return;
        if (push.getCmd() == CommandType.unread)
            unreadMark = Math.max(unreadMark, push.getUnreadMessage().getNotifTime());
        if (push.getCmd() == CommandType.patch)
            patchMark = Math.max(patchMark, push.getPatchMessage().getLastPatchTime());
        owner.received(push);
    }

    // ---- requests

    /** A frame of this client. */
    public GenericCommand.Builder command(CommandType command, OpType operation) {
        return command(command).setOp(operation);
    }

    /** A frame of this client. */
    public GenericCommand.Builder command(CommandType command) {
        return GenericCommand.newBuilder().setCmd(command).setPeerId(clientId);
    }

    /** Asks the server. Fails at once while the session is not open. */
    public CompletableFuture<GenericCommand> ask(GenericCommand.Builder request) {
        CompletableFuture<GenericCommand> result = new CompletableFuture<>();
        connection
                .thread()
                .execute(() -> askNow(request).whenComplete((reply, error) -> {
                    if (error == null) result.complete(reply);
                    else result.completeExceptionally(error);
                }));
        return result;
    }

    private CompletableFuture<GenericCommand> askNow(GenericCommand.Builder request) {
        if (phase != Phase.OPEN) return Futures.failed(notNow());
        String what = request.getCmd().name()
                + (request.hasOp() ? "/" + request.getOp().name() : "");
        CompletableFuture<GenericCommand> reply = connection.ask(request, connection.settings().replyTimeout, what);
        reply.whenComplete((answer, error) -> {
            // Half-open connections look like this.
            if (error != null && Failures.of(error).getCode() == AVIMException.TIMEOUT) connection.probe();
        });
        return reply;
    }

    private AVIMException notNow() {
        return phase == Phase.LOST ? Failures.notConnected() : Failures.notOpen();
    }

    /** Tells the server what needs no answer. On the loop's thread. */
    public void tell(GenericCommand.Builder frame) {
        if (phase == Phase.OPEN) connection.tell(frame);
    }

    /** The valid session token for HTTP calls; empty when there is none. On the loop's thread. */
    public String sessionToken() {
        Token known = validToken();
        return known != null ? known.text : "";
    }

    private @Nullable Token validToken() {
        Token known = token;
        return known != null && connection.thread().now() - known.validUntil < 0 ? known : null;
    }

    // ---- messages

    /**
     * Sends a message, and sends it again with the same token after a reconnect or a lost answer, until it is
     * acknowledged or the time is over. The server stores it once. Source: protocol 8.6.
     *
     * @param priority in chat rooms; 0 for none
     */
    public CompletableFuture<AckCommand> send(DirectCommand message, int priority) {
        CompletableFuture<AckCommand> result = new CompletableFuture<>();
        connection.thread().execute(() -> {
            if (phase != Phase.OPEN) {
                result.completeExceptionally(notNow());
                return;
            }
            GenericCommand.Builder frame = command(CommandType.direct).setDirectMessage(message);
            if (priority > 0) frame.setPriority(priority);
            long wait = connection.settings().sendTimeout;
            Outgoing outgoing =
                    new Outgoing(frame.build(), connection.thread().now() + TimeUnit.MILLISECONDS.toNanos(wait));
            outgoing.done.whenComplete((ack, error) -> {
                if (error == null) result.complete(ack);
                else result.completeExceptionally(error);
            });
            outgoing.timer =
                    connection.thread().schedule(() -> complete(outgoing, null, Failures.timedOut("message")), wait);
            Outgoing before = outbox.put(message.getDt(), outgoing);
            if (before != null) complete(before, null, Failures.timedOut("message, replaced by a second attempt"));
            transmit(outgoing);
        });
        return result;
    }

    private void transmit(Outgoing outgoing) {
        CompletableFuture<GenericCommand> reply =
                connection.ask(outgoing.frame.toBuilder(), connection.settings().replyTimeout, "message");
        reply.whenComplete((answer, error) -> {
            if (error == null) acknowledged(outgoing, answer.getAckMessage());
            else notAcknowledged(outgoing, Failures.of(error));
        });
    }

    private void acknowledged(Outgoing outgoing, AckCommand ack) {
        if (ack.hasCode()) complete(outgoing, null, Failures.of(ack));
        else complete(outgoing, ack, null);
    }

    private void notAcknowledged(Outgoing outgoing, AVIMException error) {
        if (!Failures.isOfNetwork(error)) complete(outgoing, null, error);
        else if (error.getCode() == AVIMException.TIMEOUT && !outgoing.done.isDone()) {
            connection.probe();
            if (phase == Phase.OPEN && connection.thread().now() - outgoing.giveUpAt < 0) transmit(outgoing);
        }
        // Else it stays in the outbox, for the next connection.
    }

    private void complete(Outgoing outgoing, @Nullable AckCommand ack, @Nullable AVIMException error) {
        outgoing.timer.cancel();
        outbox.remove(outgoing.frame.getDirectMessage().getDt(), outgoing);
        if (ack != null) outgoing.done.complete(ack);
        else if (error != null) outgoing.done.completeExceptionally(error);
    }

    private void failOutbox(AVIMException error) {
        for (Outgoing outgoing : new ArrayList<>(outbox.values())) complete(outgoing, null, error);
    }

    @Override
    public String toString() {
        return "session of " + clientId + " " + phase;
    }
}
