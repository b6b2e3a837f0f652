package io.parley.core.command;

/// A message as the log holds it.
///
/// @param position its place in the conversation's log: 1, 2, 3 … in the order of acceptance, without holes; not
///     positive for a message that came from another server
/// @param timestamp milliseconds since the epoch; strictly increasing per conversation for messages accepted here
/// @param receipt the sender wants to know when it is delivered and read
/// @param patchedAt time of the last edit or recall, milliseconds since the epoch; 0 when never
/// @param deliveredAt first acknowledgement by any recipient, milliseconds since the epoch; 0 when not yet
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
        long deliveredAt) {}
