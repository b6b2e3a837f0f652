package io.parley.core.moderation;

import io.parley.core.command.ClientId;
import io.parley.core.command.ConversationKey;
import io.parley.core.command.Role;
import java.util.Collection;

/// Roles, silenced clients and blacklists of conversations. Thread-safe; every method may block. Changes are durable
/// on
/// return. Removing a member also removes its role (that is the conversation store's part).
public interface ModerationStore {
    Rules find(ConversationKey conversation);

    /// [Role#MEMBER] removes what was set. Returns the rules after the change.
    Rules setRole(ConversationKey conversation, ClientId client, Role role);

    /// Adds to or removes from the silenced clients.
    Rules silence(ConversationKey conversation, Collection<ClientId> clients, boolean silenced);

    /// Adds to or removes from the blacklist.
    Rules block(ConversationKey conversation, Collection<ClientId> clients, boolean blocked);
}
