package io.parley.rest;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The body of a response as it is made: writing waits until the client has taken what was written before. Used
/// by one virtual thread.
final class ResponseStream extends OutputStream {
    private static final long PATIENCE_SECONDS = 60;

    private final HttpServerResponse response;
    private final Context context;

    ResponseStream(HttpServerResponse response, Context context) {
        this.response = response;
        this.context = context;
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        Buffer piece = Buffer.buffer(length).appendBytes(bytes, offset, length);
        var written = new CompletableFuture<Void>();
        context.runOnContext(now -> {
            if (response.closed()) written.completeExceptionally(new IOException("the client went away"));
            else
                response.write(piece)
                        .onSuccess(done -> written.complete(null))
                        .onFailure(written::completeExceptionally);
        });
        try {
            written.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while a response was written", e);
        } catch (ExecutionException e) {
            throw new IOException("the client went away", e.getCause());
        } catch (TimeoutException e) {
            throw new IOException("the client took nothing for " + PATIENCE_SECONDS + " s", e);
        }
    }

    @Override
    public void close() {
        context.runOnContext(now -> {
            if (!response.closed() && !response.ended()) response.end();
        });
    }

    /// Ends the connection, so that the client does not take what it has for the whole.
    void abort() {
        context.runOnContext(now -> response.reset());
    }
}
