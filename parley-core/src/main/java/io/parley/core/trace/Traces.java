package io.parley.core.trace;

import io.parley.core.app.App;
import io.parley.core.command.ClientId;
import io.parley.core.command.ConversationId;
import io.parley.core.command.ConversationKey;
import io.parley.core.command.ErrorCode;
import io.parley.core.command.MessageId;
import io.parley.core.command.Refusal;
import io.parley.core.command.StoredMessage;
import io.parley.core.conversation.Conversation;
import io.parley.core.conversation.Conversations;
import io.parley.core.delivery.Arrivals;
import io.parley.core.delivery.Arrivals.Arrival;
import io.parley.core.message.MessageLog;
import io.parley.core.push.PushLog;
import io.parley.core.push.PushOutcome;
import io.parley.core.receipt.CursorStore;
import io.parley.core.receipt.CursorStore.Marks;
import io.parley.core.session.Session;
import io.parley.core.session.Sessions;
import io.parley.core.trace.Trace.Recipient;
import io.parley.core.trace.Trace.SessionNow;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Answers "where is my message?" from what the store knows and who is here. Thread-safe; may block.
public final class Traces {
    /// As many as a normal conversation has members.
    static final int MAX_RECIPIENTS = 500;

    private static final int MAX_PUSHES = 2000;

    private final Conversations conversations;
    private final MessageLog log;
    private final CursorStore cursors;
    private final PushLog pushes;
    private final Arrivals arrivals;
    private final Sessions sessions;

    public Traces(
            Conversations conversations,
            MessageLog log,
            CursorStore cursors,
            PushLog pushes,
            Arrivals arrivals,
            Sessions sessions) {
        this.arrivals = arrivals;
        this.conversations = conversations;
        this.log = log;
        this.cursors = cursors;
        this.pushes = pushes;
        this.sessions = sessions;
    }

    /// The trace, or a refusal when there is no such message.
    ///
    /// @param in its conversation, which is needed for messages that were imported with ids of their own
    public Trace of(App app, MessageId id, Optional<ConversationId> in) {
        ConversationKey key = in.map(known -> new ConversationKey(app.id(), known))
                .or(() -> log.conversationOf(app.id(), id))
                .orElseThrow(() -> Refusal.of(
                        ErrorCode.MESSAGE_NOT_FOUND,
                        "there is no message \"%s\"; if it was imported, name its conversation",
                        id));
        StoredMessage message = log.find(key, id, 0)
                .orElseThrow(() ->
                        Refusal.of(ErrorCode.MESSAGE_NOT_FOUND, "there is no message \"%s\" in \"%s\"", id, key.id()));
        Conversation conversation = conversations.get(app, key.id());
        List<PushOutcome> outcomes = pushes.outcomes(app.id(), id.value(), MAX_PUSHES);
        Map<ClientId, List<Arrival>> arrived = arrivals.of(key, message.timestamp());
        Set<ClientId> clients = recipients(conversation, message, outcomes);
        // Of those whom a service speaks to, the ones that it reached.
        for (ClientId client : arrived.keySet()) if (!client.equals(message.from())) clients.add(client);
        Map<ClientId, Marks> marks = cursors.marks(key);
        List<Recipient> recipients = clients.stream()
                .limit(MAX_RECIPIENTS)
                .map(client -> recipient(
                        conversation,
                        message,
                        client,
                        Optional.ofNullable(marks.get(client)),
                        outcomes,
                        arrived.getOrDefault(client, List.of())))
                .toList();
        return new Trace(
                key.id(),
                conversation.kind(),
                message,
                recipients,
                clients.size() <= MAX_RECIPIENTS && outcomes.size() < MAX_PUSHES);
    }

    private static Set<ClientId> recipients(
            Conversation conversation, StoredMessage message, List<PushOutcome> outcomes) {
        Set<ClientId> clients = new LinkedHashSet<>(conversation.members());
        outcomes.forEach(outcome -> outcome.client().ifPresent(clients::add));
        clients.remove(message.from());
        return clients;
    }

    private Recipient recipient(
            Conversation conversation,
            StoredMessage message,
            ClientId client,
            Optional<Marks> marks,
            List<PushOutcome> outcomes,
            List<Arrival> devices) {
        List<SessionNow> here = Stream.of(sessions.of(conversation.key().app(), client))
                .map(Traces::session)
                .toList();
        return new Recipient(
                client,
                here,
                devices,
                marks.filter(mark -> mark.deliveredUpTo() >= message.timestamp())
                        .isPresent(),
                marks.filter(mark -> mark.readUpTo() >= message.timestamp()).isPresent(),
                conversation.muted().contains(client),
                outcomes.stream()
                        .filter(outcome ->
                                outcome.client().filter(client::equals).isPresent())
                        .toList());
    }

    private static SessionNow session(Session session) {
        return new SessionNow(session.device(), session.tag(), session.userAgent());
    }
}
