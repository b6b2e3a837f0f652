package io.parley.gateway;

import io.parley.core.command.ClientId;
import io.parley.core.session.Outgoing;
import org.jspecify.annotations.Nullable;

/// Something that any thread leaves for a connection, whose event loop acts on it. Small, since a message to a
/// large conversation makes one for each recipient.
abstract sealed class Mail {
    final Connection to;

    /// The mail posted before this one; written by the poster, then owned by the mailbox.
    @Nullable
    Mail below;

    /// How many wait, this one included.
    int height;

    private Mail(Connection to) {
        this.to = to;
    }

    /// An event for a client of the connection.
    static final class Push extends Mail {
        final ClientId client;
        final Outgoing event;

        /// Caused by the command that the connection's own lane is running.
        final boolean own;

        Push(Connection to, ClientId client, Outgoing event, boolean own) {
            super(to);
            this.client = client;
            this.event = event;
            this.own = own;
        }
    }

    /// A frame that answers a command.
    static final class Answer extends Mail {
        final byte[] frame;

        Answer(Connection to, byte[] frame) {
            super(to);
            this.frame = frame;
        }
    }

    /// The command that caused own pushes is done.
    static final class Done extends Mail {
        Done(Connection to) {
            super(to);
        }
    }

    /// The inbox has room again.
    static final class Room extends Mail {
        Room(Connection to) {
            super(to);
        }
    }

    static final class Close extends Mail {
        final Ending ending;

        Close(Connection to, Ending ending) {
            super(to);
            this.ending = ending;
        }
    }
}
