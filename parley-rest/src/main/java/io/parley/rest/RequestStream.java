package io.parley.rest;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The body of a request while it arrives: what is not read yet stays with the client. Read by one virtual
/// thread, filled by the request's event loop, one piece at a time.
final class RequestStream extends InputStream {
    /// A client that sends nothing for so long is given up.
    private static final long PATIENCE_SECONDS = 60;

    private sealed interface Arrived {
        record Piece(Buffer bytes) implements Arrived {}

        record End() implements Arrived {}

        record Failure(Throwable cause) implements Arrived {}
    }

    private final HttpServerRequest http;
    private final Context context;

    // Bounded: a piece comes only when it is asked for.
    private final BlockingQueue<Arrived> arrived = new LinkedBlockingQueue<>();

    private @Nullable Buffer piece;
    private int position;
    private boolean ended;

    /// Called on the event loop, before anything of the body has arrived.
    RequestStream(HttpServerRequest http, Context context) {
        this.http = http;
        this.context = context;
        http.pause();
        http.exceptionHandler(failure -> arrived.add(new Arrived.Failure(failure)));
        http.endHandler(end -> arrived.add(new Arrived.End()));
        http.handler(bytes -> arrived.add(new Arrived.Piece(bytes)));
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        int count = read(one, 0, 1);
        return count < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) return 0;
        Buffer from = piece;
        while (from == null || position == from.length()) {
            if (ended) return -1;
            context.runOnContext(now -> http.fetch(1));
            from = next();
        }
        int count = Math.min(length, from.length() - position);
        from.getBytes(position, position + count, target, offset);
        position += count;
        return count;
    }

    private @Nullable Buffer next() throws IOException {
        Arrived next;
        try {
            next = arrived.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while a request arrived", e);
        }
        position = 0;
        switch (next) {
            case null -> throw new IOException("nothing came for " + PATIENCE_SECONDS + " s");
            case Arrived.Piece some -> piece = some.bytes();
            case Arrived.End end -> {
                ended = true;
                piece = null;
            }
            case Arrived.Failure failure -> throw new IOException("the client went away", failure.cause());
        }
        return piece;
    }
}
