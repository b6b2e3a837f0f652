package io.parley.client;

import io.parley.client.internal.ConversationData;
import io.parley.client.internal.Json;
import io.parley.client.internal.Lanes;
import io.parley.client.internal.Recent;
import io.parley.client.internal.SessionLink;
import io.parley.client.internal.StoredMessage;
import io.parley.client.internal.proto.AckCommand;
import io.parley.client.internal.proto.CommandType;
import io.parley.client.internal.proto.ConvCommand;
import io.parley.client.internal.proto.DirectCommand;
import io.parley.client.internal.proto.GenericCommand;
import io.parley.client.internal.proto.PatchItem;
import io.parley.client.internal.proto.RcpCommand;
import io.parley.client.internal.proto.UnreadCommand;
import io.parley.client.internal.proto.UnreadTuple;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the server tells a client without being asked: keeps the client's picture of its conversations, and calls the
 * handlers. On the loop's thread only.
 */
final class Pushes {
    private static final int REMEMBERED = 1000;

    private static final int NORMAL = 1;
    private static final int TEMPORARY = 4;

    /** Missed messages of a conversation are read in pages of this size after a reconnect. */
    private static final int PAGE = 100;

    /** What was missed beyond that many pages stays in the history. */
    private static final int MOST_PAGES = 10;

    private final AVIMClient client;
    private final Engine engine;
    private final SessionLink session;
    private final Lanes lanes = new Lanes();
    private final Notices notices;

    /** Ids of messages that handlers have got: the server delivers at least once. */
    private final Map<String, Boolean> seen = new Recent<>(REMEMBERED);

    /** Messages of this client whose receipts may still come. */
    private final Map<String, AVIMMessage> awaitingReceipt = new Recent<>(REMEMBERED / 5);

    /** How many messages of this client that want receipts are on their way, by conversation. */
    private final Map<String, Integer> underway = new ConcurrentHashMap<>();

    /** Receipts that may be of those, by conversation: the receiver can be faster than the server's answer to us. */
    private final Map<String, List<RcpCommand>> early = new HashMap<>();

    /** The last message that was delivered in each conversation. */
    private final Map<String, StoredMessage> delivered = new Recent<>(REMEMBERED);

    /** When this client first logged in, by the server's clock: what was sent before is not missed. */
    private long firstLogin;

    /** Since a reconnect, conversations in which nothing was missed, or no longer. Null before a reconnect. */
    private @Nullable Set<String> caughtUp;

    Pushes(AVIMClient client, Engine engine, SessionLink session) {
        this.client = client;
        this.engine = engine;
        this.session = session;
        this.notices = new Notices(client, engine, session, this);
    }

    void opened(boolean again, long serverTime) {
        if (again) caughtUp = new HashSet<>();
        else {
            caughtUp = null;
            delivered.clear();
            firstLogin = serverTime;
        }
        notices.opened(again, serverTime);
    }

    void received(GenericCommand push) {
        notices.saw(push);
        switch (push.getCmd()) {
            case direct:
                direct(push.getDirectMessage());
                break;
            case unread:
                unread(push.getUnreadMessage());
                break;
            case rcp:
                receipt(push.getRcpMessage());
                break;
            case patch:
                push.getPatchMessage().getPatchesList().forEach(this::patch);
                break;
            case conv:
                new ConversationNotices(client, engine, this).told(push.getOp(), push.getConvMessage());
                break;
            default:
                break; // of a later protocol
        }
    }

    // ---- lanes

    /** In order with everything else of this conversation, which is fetched first when it is not known. */
    void in(String id, ConversationData hint, Runnable task) {
        if (id.isEmpty()) return; // belongs nowhere
        AVIMConversation conversation = client.conversation(id);
        if (!conversation.state().data().isComplete() && !conversation.state().isBeingFetched()) {
            conversation.state().become(hint);
            conversation.state().setBeingFetched(true);
            lanes.hold(id);
            conversation
                    .calls()
                    .fetch()
                    .whenComplete((data, error) -> engine.loop.execute(() -> {
                        conversation.state().setBeingFetched(false);
                        lanes.release(id);
                    }));
        }
        lanes.run(id, task);
    }

    private void in(String id, int kind, Runnable task) {
        in(id, client.conversation(id).state().data().hintedKind(kind), task);
    }

    // ---- messages

    private void direct(DirectCommand direct) {
        if (direct.getCid().isEmpty()) return; // belongs nowhere
        StoredMessage message = StoredMessage.of(direct);
        boolean stored = direct.getConvType() <= NORMAL || direct.getConvType() == TEMPORARY;
        if (stored && !message.isTransient()) catchUp(direct.getCid());
        in(direct.getCid(), direct.getConvType(), () -> deliver(message, true));
    }

    /** @param counts whether it is one more unread message */
    private void deliver(StoredMessage stored, boolean counts) {
        AVIMConversation conversation = client.conversation(stored.conversation());
        boolean keep = !stored.isTransient() && !conversation.state().data().isRoom();
        if (seen.put(stored.id(), true) != null) {
            // It came again because our acknowledgement was lost.
            if (keep) acknowledge(stored);
            return;
        }
        if (keep) delivered.put(stored.conversation(), stored);
        AVIMMessage message = AVIMMessageManager.message(stored, client.getClientId());
        boolean own = stored.from().equals(client.getClientId());
        if (!stored.isTransient()) conversation.state().tell(message);
        if (keep)
            engine.store.write(
                    (cache, history) -> history.append(client.getClientId(), stored, System.currentTimeMillis()));
        engine.callbacks.execute(() -> {
            engine.realtime.handlers().message(message, conversation, client);
            // Not before it was handled: what is acknowledged does not come again.
            if (keep && !own) engine.loop.execute(() -> acknowledge(stored));
        });
        if (counts && keep && !own && engine.realtime.countsUnread()) {
            conversation.state().countUnread(message.isMentioned(client.getClientId()));
            unreadChanged(conversation);
        }
    }

    private void acknowledge(StoredMessage message) {
        session.tell(session.command(CommandType.ack)
                .setAckMessage(
                        AckCommand.newBuilder().setCid(message.conversation()).setMid(message.id())));
    }

    private void unreadChanged(AVIMConversation conversation) {
        event(handler -> handler.onUnreadMessagesCountUpdated(client, conversation));
    }

    void event(Consumer<AVIMConversationEventHandler> event) {
        engine.callbacks.execute(() -> engine.realtime.handlers().conversation(event));
    }

    // ---- unread

    private void unread(UnreadCommand unread) {
        for (UnreadTuple tuple : unread.getConvsList()) {
            if (tuple.getUnread() > 0) catchUp(tuple.getCid());
            in(tuple.getCid(), tuple.getConvType(), () -> {
                AVIMConversation conversation = client.conversation(tuple.getCid());
                StoredMessage last = StoredMessage.of(tuple);
                if (!last.id().isEmpty())
                    conversation.state().tell(AVIMMessageManager.message(last, client.getClientId()));
                conversation.state().setUnread(tuple.getUnread(), tuple.getMentioned());
                unreadChanged(conversation);
            });
        }
    }

    /**
     * At the first sign of something new in a conversation after a reconnect, reads what was sent since the last message
     * that was delivered, before anything newer is delivered: the server may have sent messages into the lost
     * connection, and after a while it only sends the newest ones again.
     */
    private void catchUp(String id) {
        Set<String> done = caughtUp;
        if (done == null || id.isEmpty() || !done.add(id)) return;
        lanes.hold(id);
        StoredMessage last = delivered.get(id);
        readMissed(id, last == null ? "" : last.id(), last == null ? firstLogin : last.timestamp(), MOST_PAGES);
    }

    private void readMissed(String id, String afterId, long afterTime, int pages) {
        client.conversation(id)
                .history()
                .missed(afterId, afterTime, PAGE)
                .whenComplete((missed, error) -> engine.loop.execute(() -> {
                    // Without an answer the messages stay what they are: unread, and in the history.
                    int found = missed == null ? 0 : missed.size();
                    for (int i = 0; i < found; i++) deliver(missed.get(i), false);
                    if (found == PAGE && pages > 1) {
                        StoredMessage last = missed.get(found - 1);
                        readMissed(id, last.id(), last.timestamp(), pages - 1);
                    } else lanes.release(id);
                }));
    }

    // ---- receipts

    /** Its receipts will be told with this object. */
    void awaitReceipt(AVIMMessage message) {
        awaitingReceipt.put(message.getMessageId(), message);
    }

    /** A message that wants receipts is about to be sent. On any thread. */
    void sending(String conversation) {
        underway.merge(conversation, 1, Integer::sum);
    }

    /** It was acknowledged, or will never be. On any thread. */
    void settled(String conversation) {
        engine.loop.execute(() -> {
            underway.computeIfPresent(conversation, (id, count) -> count == 1 ? null : count - 1);
            List<RcpCommand> waiting = early.remove(conversation);
            if (waiting != null) waiting.forEach(this::receipt);
        });
    }

    /** The message of this client has arrived: when it comes back, it is no news. */
    void sent(AVIMMessage message) {
        seen.put(message.getMessageId(), true);
    }

    void receipt(RcpCommand receipt) {
        in(receipt.getCid(), 0, () -> {
            AVIMMessage message = awaitingReceipt.get(receipt.getId());
            if (message == null && underway.containsKey(receipt.getCid())) {
                early.computeIfAbsent(receipt.getCid(), id -> new ArrayList<>()).add(receipt);
                return;
            }
            AVIMConversation conversation = client.conversation(receipt.getCid());
            boolean read = receipt.getRead();
            long time = receipt.getT();
            engine.store.write((cache, history) ->
                    history.receive(client.getClientId(), receipt.getCid(), receipt.getId(), time, read ? time : 0));
            if (message == null)
                message = AVIMMessageManager.message(
                        StoredMessage.builder(receipt.getCid(), receipt.getId(), client.getClientId(), 0)
                                .build(),
                        client.getClientId());
            if (read) {
                message.read(time);
                conversation.state().readUntil(time);
                event(handler -> handler.onLastReadAtUpdated(client, conversation));
            } else {
                message.delivered(time);
                conversation.state().deliveredUntil(time);
                event(handler -> handler.onLastDeliveredAtUpdated(client, conversation));
                AVIMMessage told = message;
                engine.callbacks.execute(() -> engine.realtime.handlers().receipt(told, conversation, client));
            }
        });
    }

    // ---- changes of messages

    private void patch(PatchItem item) {
        StoredMessage changed = StoredMessage.of(item);
        in(item.getCid(), 0, () -> {
            AVIMConversation conversation = client.conversation(item.getCid());
            AVIMMessage message = AVIMMessageManager.message(changed, client.getClientId());
            conversation.state().replace(message);
            engine.store.write((cache, history) -> history.change(client.getClientId(), changed));
            boolean recalled = item.getRecall() || message instanceof AVIMRecalledMessage;
            event(handler -> {
                if (recalled) handler.onMessageRecalled(client, conversation, message);
                else handler.onMessageUpdated(client, conversation, message);
            });
        });
    }

    /** A notice that was fetched because it was missed. */
    void missedNotice(Map<String, Object> notice) {
        String command = Json.string(notice, "cmd");
        if (command.equals("rcp"))
            receipt(RcpCommand.newBuilder()
                    .setCid(Json.string(notice, "cid"))
                    .setId(Json.string(notice, "id"))
                    .setT(Json.number(notice, "t"))
                    .setRead(Boolean.TRUE.equals(notice.get("read")))
                    .build());
        else if (command.equals("conv")) {
            ConvCommand.Builder conversation = ConvCommand.newBuilder()
                    .setCid(Json.string(notice, "cid"))
                    .setInitBy(Json.string(notice, "initBy"))
                    .setUdate(Json.string(notice, "udate"))
                    .addAllM(Json.strings(notice, "m"));
            Notices.fill(conversation, notice);
            new ConversationNotices(client, engine, this).told(Notices.operation(notice), conversation.build());
        }
    }
}
