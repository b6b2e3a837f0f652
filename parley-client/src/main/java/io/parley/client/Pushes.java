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
import java.util.Map;
import java.util.function.Consumer;

/**
 * What the server tells a client without being asked: keeps the client's picture of its conversations, and calls the
 * handlers. On the loop's thread only.
 */
final class Pushes {
    private static final int REMEMBERED = 1000;

    /** How many missed messages of a conversation are read after a reconnect. */
    private static final int CATCH_UP = 100;

    private final AVIMClient client;
    private final Engine engine;
    private final SessionLink session;
    private final Lanes lanes = new Lanes();
    private final Notices notices;

    /** Ids of messages that handlers have got: the server delivers at least once. */
    private final Map<String, Boolean> seen = new Recent<>(REMEMBERED);

    /** Messages of this client whose receipts may still come. */
    private final Map<String, AVIMMessage> awaitingReceipt = new Recent<>(REMEMBERED / 5);

    /** The newest time that the server told: what came later was missed. */
    private long newestTime;

    /** After a reconnect, until the server has told what was missed. */
    private boolean catchesUp;

    Pushes(AVIMClient client, Engine engine, SessionLink session) {
        this.client = client;
        this.engine = engine;
        this.session = session;
        this.notices = new Notices(client, engine, session, this);
    }

    void opened(boolean again, long serverTime) {
        catchesUp = again && engine.realtime.countsUnread();
        if (!again || newestTime == 0) newestTime = serverTime;
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
        AVIMConversation conversation = client.conversation(id);
        if (!conversation.data().isComplete() && !conversation.isBeingFetched()) {
            conversation.become(hint);
            conversation.setBeingFetched(true);
            lanes.hold(id);
            conversation
                    .calls()
                    .fetch()
                    .whenComplete((data, error) -> engine.loop.execute(() -> {
                        conversation.setBeingFetched(false);
                        lanes.release(id);
                    }));
        }
        lanes.run(id, task);
    }

    private void in(String id, int kind, Runnable task) {
        in(id, client.conversation(id).data().hintedKind(kind), task);
    }

    // ---- messages

    private void direct(DirectCommand direct) {
        StoredMessage message = StoredMessage.of(direct);
        in(direct.getCid(), direct.getConvType(), () -> deliver(message, true));
    }

    /** @param counts whether it is one more unread message */
    private void deliver(StoredMessage stored, boolean counts) {
        AVIMConversation conversation = client.conversation(stored.conversation());
        boolean keep = !stored.isTransient() && !conversation.data().isRoom();
        if (seen.put(stored.id(), true) != null) {
            // It came again because our acknowledgement was lost.
            if (keep) acknowledge(stored);
            return;
        }
        newestTime = Math.max(newestTime, stored.timestamp());
        AVIMMessage message = AVIMMessageManager.message(stored, client.getClientId());
        boolean own = stored.from().equals(client.getClientId());
        if (!stored.isTransient()) conversation.tell(message);
        if (keep)
            engine.store.write(
                    (cache, history) -> history.append(client.getClientId(), stored, System.currentTimeMillis()));
        engine.callbacks.execute(() -> {
            engine.realtime.handlers().message(message, conversation, client);
            // Not before it was handled: what is acknowledged does not come again.
            if (keep && !own) engine.loop.execute(() -> acknowledge(stored));
        });
        if (counts && keep && !own && engine.realtime.countsUnread()) {
            conversation.countUnread(message.isMentioned(client.getClientId()));
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
        boolean missed = catchesUp;
        catchesUp = false;
        for (UnreadTuple tuple : unread.getConvsList()) {
            if (missed && tuple.getUnread() > 0 && tuple.hasMid()) catchUp(tuple);
            in(tuple.getCid(), tuple.getConvType(), () -> {
                AVIMConversation conversation = client.conversation(tuple.getCid());
                StoredMessage last = StoredMessage.of(tuple);
                if (!last.id().isEmpty()) conversation.tell(AVIMMessageManager.message(last, client.getClientId()));
                conversation.setUnread(tuple.getUnread(), tuple.getMentioned());
                unreadChanged(conversation);
            });
        }
    }

    /** Reads what was sent while the connection was lost, before anything newer is delivered. */
    private void catchUp(UnreadTuple tuple) {
        String id = tuple.getCid();
        AVIMConversation conversation = client.conversation(id);
        if (seen.containsKey(tuple.getMid())) return;
        AVIMMessage last = conversation.getLastMessage();
        String lastId = last == null ? "" : last.getMessageId();
        long since = last == null ? newestTime : last.getTimestamp();
        lanes.hold(id);
        conversation
                .calls()
                .missed(lastId, since, CATCH_UP)
                .whenComplete((missed, error) -> engine.loop.execute(() -> {
                    // Without an answer the messages stay what they are: unread, and in the history.
                    if (missed != null) {
                        for (StoredMessage message : missed) deliver(message, false);
                    }
                    lanes.release(id);
                }));
    }

    // ---- receipts

    /** Its receipts will be told with this object. */
    void awaitReceipt(AVIMMessage message) {
        awaitingReceipt.put(message.getMessageId(), message);
    }

    /** The message of this client has arrived: when it comes back, it is no news. */
    void sent(AVIMMessage message) {
        seen.put(message.getMessageId(), true);
        newestTime = Math.max(newestTime, message.getTimestamp());
    }

    void receipt(RcpCommand receipt) {
        in(receipt.getCid(), 0, () -> {
            AVIMConversation conversation = client.conversation(receipt.getCid());
            boolean read = receipt.getRead();
            long time = receipt.getT();
            engine.store.write((cache, history) ->
                    history.receive(client.getClientId(), receipt.getCid(), receipt.getId(), time, read ? time : 0));
            AVIMMessage message = awaitingReceipt.get(receipt.getId());
            if (message == null)
                message = AVIMMessageManager.message(
                        StoredMessage.builder(receipt.getCid(), receipt.getId(), client.getClientId(), 0)
                                .build(),
                        client.getClientId());
            if (read) {
                message.read(time);
                conversation.readUntil(time);
                event(handler -> handler.onLastReadAtUpdated(client, conversation));
            } else {
                message.delivered(time);
                conversation.deliveredUntil(time);
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
            conversation.replace(message);
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
