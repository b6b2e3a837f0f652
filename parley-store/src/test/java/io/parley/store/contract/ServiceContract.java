package io.parley.store.contract;

import io.parley.core.command.ClientId;
import io.parley.core.command.Content;
import io.parley.core.command.ConversationKey;
import io.parley.core.command.Event.Unread.Entry;
import io.parley.core.command.Kind;
import io.parley.core.command.Mentions;
import io.parley.core.command.MessageCommand.History.Direction;
import io.parley.core.command.StoredMessage;
import io.parley.core.command.Subscription;
import io.parley.core.message.Audience;
import io.parley.core.message.Draft;
import io.parley.core.message.HistoryRange;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// Short names for what the suites of service conversations do.
abstract class ServiceContract extends StorageContract {
    protected static final ClientId OPERATOR = new ClientId("operator");

    protected void tick(long millis) {
        clock.advance(Duration.ofMillis(millis));
    }

    protected ConversationKey service() {
        return create(conversation(APP, Kind.SERVICE)).key();
    }

    protected Subscription subscribe(ConversationKey service, ClientId client) {
        return storage.subscriptions().subscribe(service, client);
    }

    protected static Audience to(ClientId... clients) {
        return new Audience.Clients(Set.of(clients));
    }

    protected StoredMessage send(ConversationKey service, ClientId from, String text, Audience audience) {
        tick(1);
        return send(new Draft(
                service,
                from,
                new Content.Text(text),
                Mentions.NONE,
                false,
                Optional.empty(),
                Optional.empty(),
                audience));
    }

    /// What a client writes to the operator.
    protected StoredMessage uplink(ConversationKey service, ClientId from, String text) {
        return send(service, from, text, to(from));
    }

    protected StoredMessage broadcast(ConversationKey service, String text, Duration valid) {
        return send(
                service, OPERATOR, text, new Audience.Everybody(clock.instant().plus(valid)));
    }

    /// The texts that a client sees, ascending.
    protected List<String> sees(ClientId client, ConversationKey service) {
        return texts(storage.services()
                .history(
                        service,
                        client,
                        new HistoryRange(Optional.empty(), Optional.empty(), Direction.OLD, 100, OptionalInt.empty())));
    }

    protected static List<String> texts(List<StoredMessage> messages) {
        return messages.stream()
                .map(message -> ((Content.Text) message.content()).value())
                .toList();
    }

    protected List<Entry> unread(ClientId client) {
        return storage.cursors().unread(key(client), 0, 50, 100);
    }
}
