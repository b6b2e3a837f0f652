package io.parley.core.aftermath;

import io.parley.core.command.ClientId;
import io.parley.core.command.Kind;
import io.parley.core.conversation.Conversation;
import io.parley.core.session.Sessions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Who of those a message is for is here. Thread-safe; does not block.
public final class Audiences {
    private final Sessions sessions;

    public Audiences(Sessions sessions) {
        this.sessions = sessions;
    }

    /// The recipients without the sender. Both lists are empty for chat rooms, and for messages to all clients of
    /// service conversations, which are too many, and for those to the application.
    public record Split(List<ClientId> online, List<ClientId> offline) {}

    /// @param only present when only these were to get the message; of a service conversation, in which the sender is
    ///     a name, all of them are recipients
    public Split split(Conversation conversation, ClientId sender, Optional<Set<ClientId>> only) {
        List<ClientId> online = new ArrayList<>();
        List<ClientId> offline = new ArrayList<>();
        if (conversation.kind() == Kind.SERVICE)
            for (ClientId client : new TreeSet<>(only.orElse(Set.of())))
                (sessions.online(conversation.key().app(), client) ? online : offline).add(client);
        if (conversation.kind() == Kind.NORMAL || conversation.kind() == Kind.TEMPORARY)
            for (ClientId member : conversation.members()) {
                if (member.equals(sender) || only.isPresent() && !only.get().contains(member)) continue;
                (sessions.online(conversation.key().app(), member) ? online : offline).add(member);
            }
        return new Split(online, offline);
    }
}
