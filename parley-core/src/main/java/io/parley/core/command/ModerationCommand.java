package io.parley.core.command;

import java.util.List;
import java.util.Optional;

/// Who may do what in a conversation: roles, silence, blacklists. Source: protocol 4.3.9, 4.3.10, 4.11.
public sealed interface ModerationCommand extends Command {

    /// @param role as the client wrote it
    record SetRole(ConversationId conversation, ClientId target, String role) implements ModerationCommand {}

    /// @param silenced true to silence, false to let them speak again
    record Silence(ConversationId conversation, List<ClientId> targets, boolean silenced) implements ModerationCommand {
        public Silence {
            targets = List.copyOf(targets);
        }
    }

    record ListSilenced(ConversationId conversation, Page page) implements ModerationCommand {}

    record CheckSilenced(ConversationId conversation, List<ClientId> clients) implements ModerationCommand {
        public CheckSilenced {
            clients = List.copyOf(clients);
        }
    }

    /// @param blocked true to block, false to unblock
    record Block(ConversationId conversation, List<ClientId> targets, boolean blocked, Optional<Signature> signature)
            implements ModerationCommand {
        public Block {
            targets = List.copyOf(targets);
        }
    }

    record ListBlocked(ConversationId conversation, Page page) implements ModerationCommand {}

    record CheckBlocked(ConversationId conversation, List<ClientId> clients) implements ModerationCommand {
        public CheckBlocked {
            clients = List.copyOf(clients);
        }
    }
}
