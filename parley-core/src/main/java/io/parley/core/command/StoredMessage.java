package io.parley.core.command;

import java.util.Optional;

/// A message as the log holds it.
///
/// @param position its place in the conversation's log: 1, 2, 3 … in the order of acceptance, without holes; not
///     positive for a message that came from another server
/// @param timestamp milliseconds since the epoch; strictly increasing per conversation for messages accepted here
/// @param receipt the sender wants to know when it is delivered and read
/// @param patchedAt time of the last edit or recall, milliseconds since the epoch; 0 when never
/// @param deliveredAt first acknowledgement by any recipient, milliseconds since the epoch; 0 when not yet
/// @param address internet address of the device it was sent from, for the application and nobody else; absent when
///     the application sent it, or when addresses are not kept
public record StoredMessage(
        MessageId id,
        long position,
        long timestamp,
        ClientId from,
        Content content,
        Mentions mentions,
        boolean receipt,
        long patchedAt,
        boolean recalled,
        long deliveredAt,
        Optional<String> address) {

    /// Without an address.
    public StoredMessage(
            MessageId id,
            long position,
            long timestamp,
            ClientId from,
            Content content,
            Mentions mentions,
            boolean receipt,
            long patchedAt,
            boolean recalled,
            long deliveredAt) {
        this(
                id,
                position,
                timestamp,
                from,
                content,
                mentions,
                receipt,
                patchedAt,
                recalled,
                deliveredAt,
                Optional.empty());
    }
}
