package io.parley.client.internal;

import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/** Sockets of OkHttp. */
public final class OkHttpTransport implements Transport {
    private static final int ABNORMAL = 1006;
    private static final int NORMAL = 1000;

    private final OkHttpClient http;

    /** @param http whose connection pool, proxies and certificates are used */
    public OkHttpTransport(OkHttpClient http) {
        this.http = http;
    }

    @Override
    public Channel connect(String url, String protocol, Listener listener) {
        Request.Builder request = new Request.Builder().header("Sec-WebSocket-Protocol", protocol);
        try {
            request.url(url);
        } catch (IllegalArgumentException e) {
            listener.ended(ABNORMAL, "not the address of a socket: " + url);
            return new Nowhere();
        }
        WebSocket socket = http.newWebSocket(request.build(), new Adapter(listener));
        return new Channel() {
            @Override
            public boolean send(byte[] frame) {
                return socket.send(ByteString.of(frame));
            }

            @Override
            public void close() {
                if (!socket.close(NORMAL, null)) socket.cancel();
            }

            @Override
            public void cancel() {
                socket.cancel();
            }
        };
    }

    /** What an address leads to that is none. */
    private static final class Nowhere implements Channel {
        @Override
        public boolean send(byte[] frame) {
            return false;
        }

        @Override
        public void close() {}

        @Override
        public void cancel() {}
    }

    private static final class Adapter extends WebSocketListener {
        private final Listener listener;

        Adapter(Listener listener) {
            this.listener = listener;
        }

        @Override
        public void onOpen(WebSocket webSocket, Response response) {
            listener.opened();
        }

        @Override
        public void onMessage(WebSocket webSocket, ByteString bytes) {
            listener.received(bytes.toByteArray());
        }

        @Override
        public void onClosing(WebSocket webSocket, int code, String reason) {
            webSocket.close(NORMAL, null);
            listener.ended(code, reason);
        }

        @Override
        public void onFailure(WebSocket webSocket, Throwable t, @Nullable Response response) {
            String answer = response == null ? "" : " (HTTP " + response.code() + ")";
            listener.ended(ABNORMAL, t + answer);
        }
    }
}
