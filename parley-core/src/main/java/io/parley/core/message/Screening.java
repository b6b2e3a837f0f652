package io.parley.core.message;

import io.parley.core.app.App;
import io.parley.core.command.ClientId;
import io.parley.core.command.Content;
import io.parley.core.command.Correction;
import io.parley.core.command.Kind;
import io.parley.core.command.StoredMessage;
import io.parley.core.conversation.Conversation;
import io.parley.core.filter.WordFilter;
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
public final class Screening {
    private final WordFilter filter;
    private final MessageHooks hooks;
    private final Clock clock;

    public Screening(WordFilter filter, MessageHooks hooks, Clock clock) {
        this.filter = filter;
        this.hooks = hooks;
        this.clock = clock;
    }

    /// @param correction present when the content is not what the sender wrote
    /// @param recipients present when only these shall get the message
    public record Screened(Content content, Optional<Correction> correction, Optional<Set<ClientId>> recipients) {}

    /// A new message, or a refusal. The hook sees what the filter has left. Source: semantics 6.2.
    Screened send(Caller caller, Conversation conversation, Content content, boolean passing, boolean receipt) {
        return send(caller, conversation, others(conversation, caller.client()), content, passing, receipt);
    }

    /// @param recipients as the hook is told of them; it may leave some out
    public Screened send(
            Caller caller,
            Conversation conversation,
            Collection<ClientId> recipients,
            Content content,
            boolean passing,
            boolean receipt) {
        App app = caller.app();
        Content clean = filtered(app, conversation, content);
        Optional<Correction> correction = clean == content ? Optional.empty() : Optional.of(Correction.BY_FILTER);
        if (!hooks.hasReceived(app)) return new Screened(clean, correction, Optional.empty());
        Verdict verdict =
                hooks.received(app, offer(caller, conversation, recipients, clean, passing, receipt, clock.millis()));
        return new Screened(verdict.content(), verdict.correction().or(() -> correction), verdict.recipients());
    }

    /// Another content for a stored message, or a refusal.
    Screened edit(Caller caller, Conversation conversation, StoredMessage before, Content content, boolean recall) {
        return edit(caller, conversation, others(conversation, caller.client()), before, content, recall);
    }

    /// @param recipients as the hook is told of them
    public Screened edit(
            Caller caller,
            Conversation conversation,
            Collection<ClientId> recipients,
            StoredMessage before,
            Content content,
            boolean recall) {
        App app = caller.app();
        Content clean = recall ? content : filtered(app, conversation, content);
        Optional<Correction> correction = clean == content ? Optional.empty() : Optional.of(Correction.BY_FILTER);
        if (!hooks.hasUpdate(app)) return new Screened(clean, correction, Optional.empty());
        Verdict verdict = hooks.updated(
                app,
                offer(caller, conversation, recipients, clean, false, before.receipt(), before.timestamp()),
                before.id(),
                recall);
        // What is gone cannot be told otherwise.
        if (recall) return new Screened(content, Optional.empty(), Optional.empty());
        return new Screened(verdict.content(), verdict.correction().or(() -> correction), Optional.empty());
    }

    /// What two people tell each other is theirs, unless the app wants otherwise. Source: semantics 12.
    private Content filtered(App app, Conversation conversation, Content content) {
        boolean ofTwo = (conversation.kind() == Kind.NORMAL || conversation.kind() == Kind.TEMPORARY)
                && conversation.members().size() <= 2;
        return ofTwo && !app.settings().filter().oneToOne() ? content : filter.check(app, content);
    }

    private static Offer offer(
            Caller caller,
            Conversation conversation,
            Collection<ClientId> recipients,
            Content content,
            boolean passing,
            boolean receipt,
            long timestamp) {
        return new Offer(
                conversation.id(),
                conversation.kind(),
                caller.client(),
                recipients,
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
