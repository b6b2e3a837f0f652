package io.parley.core.command;

import java.time.Duration;
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

    /// Silences one client for some time; zero lets it speak again. For the application. Nobody is told.
    record SilenceFor(ConversationId conversation, ClientId target, Duration time) implements ModerationCommand {
        /// Longer ones are cut to this. Source: semantics 8.2
        public static final Duration MAX = Duration.ofHours(24);

        public SilenceFor {
            if (time.compareTo(MAX) > 0) time = MAX;
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

    /// A client does not want to be brought into a conversation, or does not mind any more. For the application.
    record Refuse(ClientId client, ConversationId conversation, boolean refused) implements ModerationCommand {}

    /// Which conversations does a client not want to be brought into?
    record ListRefused(ClientId client, Page page) implements ModerationCommand {}

    record CheckBlocked(ConversationId conversation, List<ClientId> clients) implements ModerationCommand {
        public CheckBlocked {
            clients = List.copyOf(clients);
        }
    }
}
