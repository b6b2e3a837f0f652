package io.parley.core.session;

import io.parley.core.command.AppId;
import io.parley.core.command.Event;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// An event on its way to many connections, with a slot per wire format: the first connection of a format encodes,
/// the
/// others share the bytes. Thread-safe.
public final class Outgoing {
    /// At most this many wire formats.
    public static final int FORMATS = 4;

    private final AppId app;
    private final Event event;
    private final boolean droppable;

    // Plain, not volatile: encodings are immutable and equal, so that the worst a race can do is to encode twice.
    private final @Nullable Object[] encodings = new @Nullable Object[FORMATS];

    public Outgoing(AppId app, Event event) {
        this(app, event, false);
    }

    /// @param droppable an outlet whose reader is slow may leave this event out
    public Outgoing(AppId app, Event event, boolean droppable) {
        this.app = app;
        this.event = event;
        this.droppable = droppable;
    }

    public boolean droppable() {
        return droppable;
    }

    public AppId app() {
        return app;
    }

    public Event event() {
        return event;
    }

    /// @param format the number of the caller's wire format, below [#FORMATS]
    /// @param encode makes an immutable encoding of this event
    @SuppressWarnings("unchecked")
    public <T> T encoded(int format, Function<Outgoing, T> encode) {
        Object known = encodings[format];
        if (known == null) {
            known = encode.apply(this);
            encodings[format] = known;
        }
        return (T) known;
    }
}
