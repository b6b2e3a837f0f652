package io.parley.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.client.internal.proto.CommandType;
import io.parley.client.internal.proto.GenericCommand;
import io.parley.client.internal.proto.OpType;
import io.parley.client.internal.proto.SessionCommand;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// A server that does nothing by itself: a test takes what a client sends and says what is answered. Thread-safe.
final class ScriptedServer implements AutoCloseable {
    /// An answer that never comes.
    static final String NEVER = "";

    /// A socket that is accepted, and whose handshake is not answered.
    static final String SILENT = "/silent";

    /// A socket whose handshake is refused.
    static final String REFUSING = "/refusing";

    private final ServerSocket listening;
    private final BlockingQueue<Peer> accepted = new LinkedBlockingQueue<>();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final BlockingQueue<String> calls = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> dialled = new LinkedBlockingQueue<>();
    private volatile UnaryOperator<String> http =
            path -> path.startsWith("/v1/route") ? json(route(url("/"), url("/"))) : answer("404 Not Found", "", "{}");

    ScriptedServer() {
        try {
            listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    /// For HTTP.
    String address() {
        return "http://127.0.0.1:" + listening.getLocalPort();
    }

    /// For WebSockets.
    String url(String path) {
        return "ws://127.0.0.1:" + listening.getLocalPort() + path;
    }

    // ---- HTTP

    /// What the route directory of this server says.
    static String route(String server, String secondary) {
        return "{\"server\":\"" + server + "\",\"secondary\":\"" + secondary + "\",\"ttl\":3600}";
    }

    static String json(String body) {
        return answer("200 OK", "Content-Type: application/json\r\n", body);
    }

    /// @param headers each with its line end
    static String answer(String status, String headers, String body) {
        return "HTTP/1.1 " + status + "\r\n" + headers + "Connection: close\r\nContent-Length: "
                + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body;
    }

    /// From now on, HTTP calls are answered so.
    ///
    /// @param answers from the path to a whole HTTP answer
    void answersHttp(UnaryOperator<String> answers) {
        http = answers;
    }

    /// From now on, the route directory answers so.
    void answersRoutes(String answer) {
        http = path -> answer;
    }

    /// Takes the next HTTP call: its path.
    String isCalled() {
        return taken(calls, "HTTP call");
    }

    /// How often the route directory was asked so far.
    long timesAsked() {
        return asked.stream().filter(path -> path.startsWith("/v1/route")).count();
    }

    // ---- sockets

    /// Takes the next WebSocket that a client opens.
    Peer accepts() {
        return taken(accepted, "connection");
    }

    /// Waits until a client has asked for a WebSocket there.
    void isDialled(String path) {
        assertThat(taken(dialled, "handshake")).isEqualTo(path);
    }

    private static <T> T taken(BlockingQueue<T> queue, String what) {
        try {
            T next = queue.poll(Device.PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (next == null) throw new AssertionError("no " + what + " came");
            return next;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket socket = listening.accept();
                socket.setTcpNoDelay(true);
                sockets.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException e) {
                if (!listening.isClosed()) throw new UncheckedIOException(e);
            }
        }
    }

    private void serve(Socket socket) {
        try {
            String head = Frames.text(Frames.head(socket.getInputStream()));
            String path = head.split(" ", 3)[1];
            String key = header(head, "Sec-WebSocket-Key");
            if (key != null) dialled.add(path);
            if (key == null) {
                asked.add(path);
                String answer = http.apply(path);
                calls.add(path);
                if (answer.equals(NEVER)) return;
                write(socket, answer);
                socket.close();
            } else if (path.equals(REFUSING)) {
                write(socket, answer("503 Service Unavailable", "", ""));
                socket.close();
            } else if (!path.equals(SILENT)) {
                String protocol = header(head, "Sec-WebSocket-Protocol");
                write(
                        socket,
                        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                                + "Sec-WebSocket-Accept: " + accept(key) + "\r\nSec-WebSocket-Protocol: " + protocol
                                + "\r\n\r\n");
                Peer peer = new Peer(socket, path);
                accepted.add(peer);
                peer.read();
            }
        } catch (IOException e) {
            // The client has gone, or the test is over.
            sockets.remove(socket);
        }
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
    }

    private static @Nullable String header(String head, String name) {
        return head.lines()
                .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst()
                .orElse(null);
    }

    private static String accept(String key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1")
                    .digest((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /// One socket of a client.
    static final class Peer {
        private static final int TEXT = 1;

        private final Socket socket;
        private final String path;
        private final BlockingQueue<GenericCommand> received = new LinkedBlockingQueue<>();
        private final CompletableFuture<Void> ended = new CompletableFuture<>();

        private Peer(Socket socket, String path) {
            this.socket = socket;
            this.path = path;
        }

        private void read() {
            try (socket) {
                while (true) {
                    Frames.Frame frame = Frames.read(socket.getInputStream());
                    if (frame.opcode() == Frames.CLOSE) break;
                    if (frame.opcode() == Frames.BINARY) received.add(GenericCommand.parseFrom(frame.payload()));
                }
                ended.complete(null);
            } catch (IOException e) {
                ended.complete(null);
            }
        }

        String path() {
            return path;
        }

        /// Takes the next frame, which must be such a command.
        GenericCommand expects(CommandType command) {
            GenericCommand next = taken(received, command.name());
            assertThat(next.getCmd()).as("the command of %s", next).isEqualTo(command);
            return next;
        }

        /// What was sent and not taken yet.
        List<GenericCommand> unexpected() {
            return List.copyOf(received);
        }

        /// Takes a login and grants it.
        GenericCommand opens(String token, int seconds) {
            GenericCommand open = expects(CommandType.session);
            assertThat(open.getOp()).isEqualTo(OpType.open);
            answers(
                    open,
                    GenericCommand.newBuilder()
                            .setCmd(CommandType.session)
                            .setOp(OpType.opened)
                            .setServerTs(1_700_000_000_000L)
                            .setSessionMessage(
                                    SessionCommand.newBuilder().setSt(token).setStTtl(seconds)));
            return open;
        }

        /// Answers with the number and the client of the question.
        void answers(GenericCommand question, GenericCommand.Builder answer) {
            if (question.hasPeerId()) answer.setPeerId(question.getPeerId());
            sends(answer.setI(question.getI()));
        }

        void sends(GenericCommand.Builder frame) {
            sends(frame.build().toByteArray());
        }

        void sends(byte[] binary) {
            write(Frames.BINARY, binary);
        }

        void sendsText(String text) {
            write(TEXT, text.getBytes(StandardCharsets.UTF_8));
        }

        void closes(int code, String reason) {
            var payload = new ByteArrayOutputStream();
            try {
                var out = new DataOutputStream(payload);
                out.writeShort(code);
                out.write(reason.getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            write(Frames.CLOSE, payload.toByteArray());
        }

        private void write(int opcode, byte[] payload) {
            try {
                synchronized (this) {
                    Frames.write(socket.getOutputStream(), opcode, payload);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /// Ends the socket without a word.
        void drops() {
            try {
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /// Waits until the client has ended the socket.
        void isLeft() {
            Device.await(ended);
        }
    }

    @Override
    public void close() {
        try {
            listening.close();
            for (Socket socket : sockets) socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
