package io.parley.core.command;

import java.util.List;
import java.util.Optional;

/// Who is in a conversation. Joining and leaving are adding and removing oneself. Source: protocol 4.3.2.
public sealed interface MemberCommand extends Command {

    /// @param members empty means the caller itself
    record Add(ConversationId conversation, List<ClientId> members, Optional<Signature> signature)
            implements MemberCommand {
        public Add {
            members = List.copyOf(members);
        }
    }

    /// @param members empty means the caller itself
    record Remove(ConversationId conversation, List<ClientId> members, Optional<Signature> signature)
            implements MemberCommand {
        public Remove {
            members = List.copyOf(members);
        }
    }

    /// No offline push for me, or push again.
    record Mute(ConversationId conversation, boolean muted) implements MemberCommand {}

    /// No offline push for these members, or push again. For the application; others than members are passed over.
    record MuteMembers(ConversationId conversation, List<ClientId> members, boolean muted) implements MemberCommand {
        public MuteMembers {
            members = List.copyOf(members);
        }
    }

    /// Who listens in a chat room now? At most [#MAX_ONLINE] of them, in no order.
    record ListOnline(ConversationId conversation, int limit) implements MemberCommand {
        public static final int MAX_ONLINE = 50;

        public ListOnline {
            limit = Math.clamp(limit, 0, MAX_ONLINE);
        }
    }

    /// Am I a member of each of these?
    record IsMember(List<ConversationId> conversations) implements MemberCommand {
        public IsMember {
            conversations = List.copyOf(conversations);
        }
    }
}
