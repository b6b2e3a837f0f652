package io.parley.core.message;

import io.parley.core.app.App;
import io.parley.core.command.ClientId;
import io.parley.core.command.Content;
import io.parley.core.command.Correction;
import io.parley.core.command.Kind;
import io.parley.core.command.StoredMessage;
import io.parley.core.conversation.Conversation;
import io.parley.core.hook.MessageHooks;
import io.parley.core.hook.MessageHooks.Offer;
import io.parley.core.hook.MessageHooks.Verdict;
import io.parley.core.session.Caller;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What becomes of a message's content before it is stored or passed on. Thread-safe; may wait for the application's
/// code. The message is not numbered yet, and nothing else waits for it. Source: semantics 6.2, step 6.
final class Screening {
    private final MessageHooks hooks;
    private final Clock clock;

    Screening(MessageHooks hooks, Clock clock) {
        this.hooks = hooks;
        this.clock = clock;
    }

    /// @param correction present when the content is not what the sender wrote
    /// @param recipients present when only these shall get the message
    record Screened(Content content, Optional<Correction> correction, Optional<Set<ClientId>> recipients) {}

    /// A new message, or a refusal.
    Screened send(Caller caller, Conversation conversation, Content content, boolean passing, boolean receipt) {
        App app = caller.app();
        if (!hooks.hasReceived(app)) return new Screened(content, Optional.empty(), Optional.empty());
        Verdict verdict = hooks.received(app, offer(caller, conversation, content, passing, receipt, clock.millis()));
        return new Screened(verdict.content(), verdict.correction(), verdict.recipients());
    }

    /// Another content for a stored message, or a refusal.
    Screened edit(Caller caller, Conversation conversation, StoredMessage before, Content content, boolean recall) {
        App app = caller.app();
        if (!hooks.hasUpdate(app)) return new Screened(content, Optional.empty(), Optional.empty());
        Verdict verdict = hooks.updated(
                app,
                offer(caller, conversation, content, false, before.receipt(), before.timestamp()),
                before.id(),
                recall);
        // What is gone cannot be told otherwise.
        if (recall) return new Screened(content, Optional.empty(), Optional.empty());
        return new Screened(verdict.content(), verdict.correction(), Optional.empty());
    }

    private static Offer offer(
            Caller caller,
            Conversation conversation,
            Content content,
            boolean passing,
            boolean receipt,
            long timestamp) {
        return new Offer(
                conversation.id(),
                conversation.kind(),
                caller.client(),
                others(conversation, caller.client()),
                content,
                passing,
                receipt,
                timestamp,
                caller.address());
    }

    private static Collection<ClientId> others(Conversation conversation, ClientId sender) {
        if (conversation.kind() == Kind.CHAT_ROOM || conversation.kind() == Kind.SERVICE) return List.of();
        return conversation.members().stream()
                .filter(member -> !member.equals(sender))
                .toList();
    }
}
