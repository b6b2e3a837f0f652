package io.parley.client.internal;

/** Opens sockets. Thread-safe. */
public interface Transport {
    /**
     * Begins to connect; what comes of it is told to the listener, on any thread.
     *
     * @param protocol the WebSocket sub-protocol
     */
    Channel connect(String url, String protocol, Listener listener);

    /** One socket. Thread-safe. */
    interface Channel {
        /** Sends a binary frame; false when the socket is closed or too much waits to be sent. */
        boolean send(byte[] frame);

        /** Says goodbye. */
        void close();

        /** Drops the socket without a word. */
        void cancel();
    }

    /** What happens to a socket. Calls come one after the other; nothing comes after {@code ended}. */
    interface Listener {
        void opened();

        void received(byte[] frame);

        /**
         * The socket is closed, or could not be opened.
         *
         * @param code of WebSocket; 1006 when there was none
         */
        void ended(int code, String reason);
    }
}
