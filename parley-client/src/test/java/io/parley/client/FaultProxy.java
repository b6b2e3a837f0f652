package io.parley.client;

import io.parley.client.Frames.Frame;
import io.parley.client.internal.proto.GenericCommand;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Stands between a client and a server, and does to WebSocket frames what bad networks do. Thread-safe.
final class FaultProxy implements AutoCloseable {
    private final ServerSocket listening;
    private final int target;
    private final List<Link> links = new CopyOnWriteArrayList<>();
    private final List<GenericCommand> fromClient = new CopyOnWriteArrayList<>();
    private volatile Faults faults = (toServer, frame) -> Fault.NONE;
    private volatile boolean closed;
    private volatile boolean refusing;

    /// What may happen to a frame.
    enum Fault {
        NONE,
        /// It never arrives.
        DROP,
        /// It arrives twice.
        DUPLICATE,
        /// It arrives after the next one.
        REORDER,
        /// It arrives a little later, and so does everything behind it.
        DELAY,
        /// Half of it arrives, then the connection ends.
        CUT,
        /// From here on nothing arrives in either direction, but nobody is told.
        HALF_OPEN
    }

    /// Decides on each frame.
    interface Faults {
        Fault of(boolean toServer, GenericCommand frame);
    }

    FaultProxy(int target) {
        this.target = target;
        try {
            listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    String url() {
        return "ws://127.0.0.1:" + listening.getLocalPort() + "/";
    }

    void does(Faults wanted) {
        faults = wanted;
    }

    void behaves() {
        does((toServer, frame) -> Fault.NONE);
    }

    /// Ends all connections.
    void cuts() {
        links.forEach(Link::end);
    }

    /// Connections are ended as soon as they are made, or not.
    void refuses(boolean all) {
        refusing = all;
    }

    /// Everything that clients have sent so far.
    List<GenericCommand> fromClient() {
        return List.copyOf(fromClient);
    }

    private void accept() {
        while (!closed) {
            try {
                Socket client = listening.accept();
                if (refusing) client.close();
                else {
                    Link link = new Link(client, new Socket(InetAddress.getLoopbackAddress(), target));
                    links.add(link);
                    link.start();
                }
            } catch (IOException e) {
                if (!closed) refusing = false;
            }
        }
    }

    private final class Link {
        private final Socket client;
        private final Socket server;
        private volatile boolean silent;

        Link(Socket client, Socket server) throws IOException {
            this.client = client;
            this.server = server;
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
        }

        void start() {
            Thread.ofVirtual().start(() -> pump(client, server, true));
            Thread.ofVirtual().start(() -> pump(server, client, false));
        }

        private void pump(Socket from, Socket to, boolean toServer) {
            try {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                out.write(Frames.head(in));
                List<byte[]> held = new ArrayList<>();
                while (true) pass(Frames.read(in), out, toServer, held);
            } catch (IOException e) {
                end();
            }
        }

        private void pass(Frame frame, OutputStream out, boolean toServer, List<byte[]> held) throws IOException {
            Fault fault = fault(frame, toServer);
            if (silent) return;
            switch (fault) {
                case DROP -> {}
                case REORDER -> held.add(frame.wire());
                case CUT -> {
                    out.write(frame.wire(), 0, frame.wire().length / 2);
                    end();
                }
                case HALF_OPEN -> silent = true;
                case NONE, DUPLICATE, DELAY -> {
                    if (fault == Fault.DELAY) linger();
                    out.write(frame.wire());
                    if (fault == Fault.DUPLICATE) out.write(frame.wire());
                    for (byte[] late : held) out.write(late);
                    held.clear();
                }
            }
            out.flush();
        }

        private Fault fault(Frame frame, boolean toServer) throws IOException {
            @Nullable
            GenericCommand command = frame.opcode() == Frames.BINARY ? GenericCommand.parseFrom(frame.payload()) : null;
            if (command == null) return Fault.NONE;
            if (toServer) fromClient.add(command);
            return faults.of(toServer, command);
        }

        private static void linger() {
            LockSupport.parkNanos(20_000_000);
        }

        void end() {
            links.remove(this);
            for (Socket socket : List.of(client, server))
                try {
                    socket.close();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
        }
    }

    @Override
    public void close() {
        closed = true;
        cuts();
        try {
            listening.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
