package io.parley.client;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Is told what happens in conversations beside messages, on the callback executor. Override what you need. */
public abstract class AVIMConversationEventHandler {
    /** For subclasses. */
    protected AVIMConversationEventHandler() {}

    /**
     * Members have left, or were removed. The removed one is told by {@link #onKicked} instead.
     *
     * @param client who is told
     * @param conversation where
     * @param members who is gone
     * @param kickedBy who did it
     */
    public void onMemberLeft(AVIMClient client, AVIMConversation conversation, List<String> members, String kickedBy) {}

    /**
     * Members have joined, or were invited. The invited one is told by {@link #onInvited} instead.
     *
     * @param client who is told
     * @param conversation where
     * @param members who is new
     * @param invitedBy who did it
     */
    public void onMemberJoined(
            AVIMClient client, AVIMConversation conversation, List<String> members, String invitedBy) {}

    /**
     * This client was removed.
     *
     * @param client who was removed
     * @param conversation from where
     * @param kickedBy who did it
     */
    public void onKicked(AVIMClient client, AVIMConversation conversation, String kickedBy) {}

    /**
     * This client was invited.
     *
     * @param client who is a member now
     * @param conversation where
     * @param operator who did it
     */
    public void onInvited(AVIMClient client, AVIMConversation conversation, String operator) {}

    /**
     * The number of unread messages has changed; see {@link AVIMConversation#getUnreadMessagesCount()}.
     *
     * @param client who is told
     * @param conversation where
     */
    public void onUnreadMessagesCountUpdated(AVIMClient client, AVIMConversation conversation) {}

    /**
     * Messages were delivered; see {@link AVIMConversation#getLastDeliveredAt()}.
     *
     * @param client who sent them
     * @param conversation where
     */
    public void onLastDeliveredAtUpdated(AVIMClient client, AVIMConversation conversation) {}

    /**
     * Messages were read; see {@link AVIMConversation#getLastReadAt()}.
     *
     * @param client who sent them
     * @param conversation where
     */
    public void onLastReadAtUpdated(AVIMClient client, AVIMConversation conversation) {}

    /**
     * A message was edited by its sender, or by the server.
     *
     * @param client who is told
     * @param conversation where
     * @param message as it is now
     */
    public void onMessageUpdated(AVIMClient client, AVIMConversation conversation, AVIMMessage message) {}

    /**
     * A message was recalled by its sender.
     *
     * @param client who is told
     * @param conversation where
     * @param message what is left of it
     */
    public void onMessageRecalled(AVIMClient client, AVIMConversation conversation, AVIMMessage message) {}

    /**
     * The name or attributes of a conversation have changed.
     *
     * @param client who is told
     * @param conversation as it is now
     * @param attributes what was changed
     * @param operator who did it
     */
    public void onInfoChanged(
            AVIMClient client, AVIMConversation conversation, Map<String, Object> attributes, String operator) {}

    /**
     * A member has another role.
     *
     * @param client who is told
     * @param conversation where
     * @param memberId whose role
     * @param role what it is now
     * @param operator who did it
     */
    public void onMemberInfoUpdated(
            AVIMClient client,
            AVIMConversation conversation,
            String memberId,
            AVIMConversation.MemberRole role,
            @Nullable String operator) {}

    /**
     * This client may not speak any longer.
     *
     * @param client who is silenced
     * @param conversation where
     * @param operator who did it
     */
    public void onMuted(AVIMClient client, AVIMConversation conversation, String operator) {}

    /**
     * This client may speak again.
     *
     * @param client who is heard again
     * @param conversation where
     * @param operator who did it
     */
    public void onUnmuted(AVIMClient client, AVIMConversation conversation, String operator) {}

    /**
     * Members may not speak any longer.
     *
     * @param client who is told
     * @param conversation where
     * @param members who is silenced
     * @param operator who did it
     */
    public void onMemberMuted(
            AVIMClient client, AVIMConversation conversation, List<String> members, String operator) {}

    /**
     * Members may speak again.
     *
     * @param client who is told
     * @param conversation where
     * @param members who is heard again
     * @param operator who did it
     */
    public void onMemberUnmuted(
            AVIMClient client, AVIMConversation conversation, List<String> members, String operator) {}

    /**
     * This client may not enter any longer.
     *
     * @param client who is blocked
     * @param conversation where
     * @param operator who did it
     */
    public void onBlocked(AVIMClient client, AVIMConversation conversation, String operator) {}

    /**
     * This client may enter again.
     *
     * @param client who is let in again
     * @param conversation where
     * @param operator who did it
     */
    public void onUnblocked(AVIMClient client, AVIMConversation conversation, String operator) {}

    /**
     * Clients may not enter any longer.
     *
     * @param client who is told
     * @param conversation where
     * @param members who is blocked
     * @param operator who did it
     */
    public void onMemberBlocked(
            AVIMClient client, AVIMConversation conversation, List<String> members, String operator) {}

    /**
     * Clients may enter again.
     *
     * @param client who is told
     * @param conversation where
     * @param members who is let in again
     * @param operator who did it
     */
    public void onMemberUnblocked(
            AVIMClient client, AVIMConversation conversation, List<String> members, String operator) {}
}
