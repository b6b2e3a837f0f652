package io.parley.client;

import io.parley.client.internal.ConversationData;
import io.parley.client.internal.Json;
import io.parley.client.internal.proto.ConvCommand;
import io.parley.client.internal.proto.OpType;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Tells of changes of conversations: members, names, roles, silence. On the loop's thread only. */
final class ConversationNotices {
    private final AVIMClient client;
    private final Engine engine;
    private final Pushes pushes;

    ConversationNotices(AVIMClient client, Engine engine, Pushes pushes) {
        this.client = client;
        this.engine = engine;
        this.pushes = pushes;
    }

    /** Source: protocol 4.4. */
    void told(OpType operation, ConvCommand notice) {
        AVIMConversation conversation = client.conversation(notice.getCid());
        pushes.in(
                notice.getCid(),
                conversation.state().data().hinted(notice),
                () -> handle(operation, notice, conversation));
    }

    private void handle(OpType operation, ConvCommand notice, AVIMConversation conversation) {
        List<String> members = notice.getMList();
        String by = notice.getInitBy();
        String self = client.getClientId();
        boolean byMe = by.equals(self);
        switch (operation) {
            case joined:
                change(conversation, data -> data.withMembers(List.of(self)));
                // Who joins by itself is told with the others, by members_joined.
                if (!byMe) event(handler -> handler.onInvited(client, conversation, by));
                break;
            case left:
                change(conversation, data -> data.withoutMembers(List.of(self)));
                if (byMe) event(handler -> handler.onMemberLeft(client, conversation, List.of(self), by));
                else event(handler -> handler.onKicked(client, conversation, by));
                break;
            case members_joined:
                change(conversation, data -> data.withMembers(members));
                // The invited one was told of the invitation.
                if (byMe || !members.contains(self))
                    event(handler -> handler.onMemberJoined(client, conversation, members, by));
                break;
            case members_left:
                change(conversation, data -> data.withoutMembers(members));
                event(handler -> handler.onMemberLeft(client, conversation, members, by));
                break;
            case updated:
                updated(notice, conversation, by);
                break;
            case member_info_changed:
                String member = notice.getInfo().getPid();
                AVIMConversation.MemberRole role =
                        AVIMConversation.MemberRole.of(notice.getInfo().getRole());
                event(handler -> handler.onMemberInfoUpdated(client, conversation, member, role, by));
                break;
            case blocked:
                event(handler -> handler.onBlocked(client, conversation, by));
                break;
            case unblocked:
                event(handler -> handler.onUnblocked(client, conversation, by));
                break;
            case members_blocked:
                event(handler -> handler.onMemberBlocked(client, conversation, members, by));
                break;
            case members_unblocked:
                event(handler -> handler.onMemberUnblocked(client, conversation, members, by));
                break;
            case shutuped:
                event(handler -> handler.onMuted(client, conversation, by));
                break;
            case unshutuped:
                event(handler -> handler.onUnmuted(client, conversation, by));
                break;
            case members_shutuped:
                event(handler -> handler.onMemberMuted(client, conversation, members, by));
                break;
            case members_unshutuped:
                event(handler -> handler.onMemberUnmuted(client, conversation, members, by));
                break;
            default:
                break; // of a later protocol
        }
    }

    private void updated(ConvCommand notice, AVIMConversation conversation, String by) {
        Map<String, Object> changes = Json.object(notice.getAttr().getData());
        Map<String, Object> results =
                notice.hasAttrModified() ? Json.object(notice.getAttrModified().getData()) : changes;
        Set<String> keys = Json.keys(notice.getAttr().getData());
        change(conversation, data -> data.updated(keys, results, notice.getUdate()));
        event(handler -> handler.onInfoChanged(client, conversation, changes, by));
    }

    private void change(AVIMConversation conversation, UnaryOperator<ConversationData> change) {
        conversation.state().change(change);
        engine.store.write((cache, history) -> cache.forgetQueries(client.getClientId()));
    }

    private void event(Consumer<AVIMConversationEventHandler> event) {
        pushes.event(event);
    }
}
