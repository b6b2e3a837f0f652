package io.parley.load.client;

import io.parley.load.wire.AckView;
import io.parley.load.wire.DirectView;
import io.parley.protocol.proto.GenericCommand;

/// Told what a client receives, on the client's event loop. Must not block. Views are valid until the method
/// returns.
public interface Listener {
    /// A message arrived.
    default void delivered(LightClient client, DirectView message) {}

    /// A message sent with [LightClient#send] was accepted.
    ///
    /// @param sequence which of the frame's messages
    default void acked(LightClient client, int sequence, AckView ack) {}

    /// A message sent with [LightClient#send] was not accepted.
    default void refused(LightClient client, int sequence, RefusedException refusal) {}

    /// Anything else that is no answer to a request.
    default void pushed(LightClient client, GenericCommand push) {}

    /// The connection is gone. Called once, also after [LightClient#close]; not when it never came to be.
    default void closed(LightClient client, String cause) {}
}
