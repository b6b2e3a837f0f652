package io.parley.conformance.own;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.SocketFactory;

/// The network of one device, which a test can take away. Thread-safe.
final class Network extends SocketFactory {
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private volatile boolean gone;

    /// No connection holds, and no new one is made, until it is back.
    void goes() {
        gone = true;
        cuts();
    }

    void comesBack() {
        gone = false;
    }

    /// No connection holds; new ones may be made.
    void cuts() {
        for (Socket socket : sockets)
            try {
                sockets.remove(socket);
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
    }

    @Override
    public Socket createSocket() throws IOException {
        if (gone) throw new SocketException("there is no network");
        Socket socket = new Socket();
        sockets.add(socket);
        // It may have gone meanwhile.
        if (gone) cuts();
        return socket;
    }

    @Override
    public Socket createSocket(String host, int port) {
        throw new UnsupportedOperationException("OkHttp connects by itself");
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
        throw new UnsupportedOperationException("OkHttp connects by itself");
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
        throw new UnsupportedOperationException("OkHttp connects by itself");
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort) {
        throw new UnsupportedOperationException("OkHttp connects by itself");
    }
}
