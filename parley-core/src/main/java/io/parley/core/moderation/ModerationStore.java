package io.parley.core.moderation;

import io.parley.core.command.ClientId;
import io.parley.core.command.ClientKey;
import io.parley.core.command.ConversationId;
import io.parley.core.command.ConversationKey;
import io.parley.core.command.Role;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// Roles, silenced clients and blacklists of conversations. Thread-safe; every method may block. Changes are durable
/// on
/// return. Removing a member also removes its role (that is the conversation store's part).
public interface ModerationStore {
    Rules find(ConversationKey conversation);

    /// [Role#MEMBER] removes what was set. Returns the rules after the change.
    Rules setRole(ConversationKey conversation, ClientId client, Role role);

    /// Adds to or removes from the silenced clients.
    Rules silence(ConversationKey conversation, Collection<ClientId> clients, boolean silenced);

    /// Silences a client until a moment, or lets it speak again. Silences that are over are forgotten.
    Rules silenceUntil(ConversationKey conversation, ClientId client, Optional<Instant> until);

    /// The client does not want to be brought into the conversation, or does not mind any more.
    Rules refuse(ConversationKey conversation, ClientId client, boolean refused);

    /// The conversations that a client does not want to be brought into, in the order it said so.
    List<ConversationId> refused(ClientKey client);

    /// Adds to or removes from the blacklist.
    Rules block(ConversationKey conversation, Collection<ClientId> clients, boolean blocked);
}
