package io.parley.core.trace;

import io.parley.core.command.ClientId;
import io.parley.core.command.ConversationId;
import io.parley.core.command.Device;
import io.parley.core.command.Kind;
import io.parley.core.command.StoredMessage;
import io.parley.core.delivery.Arrivals.Arrival;
import io.parley.core.push.PushOutcome;
import java.util.List;
import java.util.Optional;

/// What is known of a stored message and of everybody it is for.
///
/// @param recipients without the sender; empty for chat rooms, whose listeners are not written down
/// @param complete false when there are more recipients, or pushes, than are listed
public record Trace(
        ConversationId conversation, Kind kind, StoredMessage message, List<Recipient> recipients, boolean complete) {
    public Trace {
        recipients = List.copyOf(recipients);
    }

    /// @param sessions where the client is logged in now
    /// @param devices when each got the message, and when each said so; as far as it is remembered
    /// @param acknowledged one of its devices has said that it has the message
    /// @param read the client has said that it was read
    /// @param muted the client wants no notifications of the conversation
    /// @param pushes what became of notifications, by device
    public record Recipient(
            ClientId client,
            List<SessionNow> sessions,
            List<Arrival> devices,
            boolean acknowledged,
            boolean read,
            boolean muted,
            List<PushOutcome> pushes) {
        public Recipient {
            sessions = List.copyOf(sessions);
            devices = List.copyOf(devices);
            pushes = List.copyOf(pushes);
        }
    }

    /// @param userAgent what its SDK calls itself
    public record SessionNow(Device device, Optional<String> tag, String userAgent) {}
}
