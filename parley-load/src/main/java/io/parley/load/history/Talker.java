package io.parley.load.history;

import io.parley.load.client.Commands;
import io.parley.load.client.Commands.Place;
import io.parley.load.client.ConnectionLostException;
import io.parley.load.client.RefusedException;
import io.parley.protocol.proto.CommandType;
import io.parley.protocol.proto.DirectCommand;
import io.parley.protocol.proto.GenericCommand;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/// One device that chats: sends, reads, leaves and comes back, each decided by its own seeded dice. Whatever
/// happens to the server, it connects again, asks for what it missed, and sends again, under the same token, what
/// was not accepted. Runs on a thread of its own; [#finish] may be called from another.
final class Talker {
    private static final int MAX_UNDER_WAY = 4;

    private final String client;
    private final Line line;
    private final Recorder recorder;
    private final Random random;
    private final List<String> conversations;
    private final Optional<Doorkeeper> doorkeeper;
    private final boolean reads;
    private final int pauseMillis;
    private final ArrayDeque<Outgoing> underWay = new ArrayDeque<>(); // oldest first
    private int texts;
    private volatile boolean finishing;

    /// A message until it is accepted or refused.
    private static final class Outgoing {
        private final String conversation;
        private final String text;
        private final String token;
        private CompletableFuture<GenericCommand> answer =
                CompletableFuture.failedFuture(new ConnectionLostException("not sent yet"));

        Outgoing(String conversation, String text, String token) {
            this.conversation = conversation;
            this.text = text;
            this.token = token;
        }
    }

    /// @param conversations where the client is at times
    /// @param doorkeeper lets guests in and out, if this device is to
    /// @param reads whether this device moves its client's read marks
    Talker(
            String client,
            Line line,
            Recorder recorder,
            Random random,
            List<String> conversations,
            Optional<Doorkeeper> doorkeeper,
            boolean reads,
            int pauseMillis) {
        this.client = client;
        this.line = line;
        this.recorder = recorder;
        this.random = random;
        this.conversations = conversations;
        this.doorkeeper = doorkeeper;
        this.reads = reads;
        this.pauseMillis = pauseMillis;
    }

    Line line() {
        return line;
    }

    /// Chats until told to finish, and then on until nothing is under way.
    void run() throws InterruptedException {
        while (!finishing
                || !underWay.isEmpty()
                || doorkeeper.filter(Doorkeeper::isWaiting).isPresent()) {
            try {
                if (!line.isConnected()) {
                    resume();
                }
                if (finishing) {
                    settle();
                } else {
                    act();
                    Thread.sleep(1 + random.nextInt(pauseMillis));
                }
            } catch (ConnectionLostException lost) {
                line.disconnect(false);
            }
        }
    }

    /// Starts no more of anything.
    void finish() {
        finishing = true;
    }

    private void resume() throws InterruptedException {
        line.connect();
        for (Outgoing message : underWay) {
            send(message);
        }
        catchUpWherePossible();
    }

    private void settle() throws InterruptedException {
        takeAnswers(0);
        if (doorkeeper.isPresent()) {
            doorkeeper.get().retry(line);
        }
    }

    private void act() throws InterruptedException {
        int dice = random.nextInt(100);
        String conversation = conversations.get(random.nextInt(conversations.size()));
        if (dice < 70) {
            say(conversation);
        } else if (dice < 80) {
            if (reads) {
                read(conversation);
            }
        } else if (dice < 86) {
            if (doorkeeper.isPresent()) {
                doorkeeper.get().act(line, random);
            }
        } else if (dice < 88) {
            line.disconnect(random.nextBoolean());
            Thread.sleep(random.nextInt(300));
        } else {
            takeAnswers(0);
        }
        catchUpWherePossible();
    }

    private void say(String conversation) throws InterruptedException {
        takeAnswers(MAX_UNDER_WAY - 1);
        texts++;
        String text = "{\"_lctype\":-1,\"_lctext\":\"" + line.device() + " says " + texts + "\"}";
        String token = new UUID(random.nextLong(), random.nextLong()).toString();
        Outgoing message = new Outgoing(conversation, text, token);
        recorder.sending(text, conversation, client, line.device());
        underWay.add(message);
        send(message);
    }

    private void send(Outgoing message) {
        message.answer = line.begin(GenericCommand.newBuilder()
                .setCmd(CommandType.direct)
                .setDirectMessage(DirectCommand.newBuilder()
                        .setCid(message.conversation)
                        .setMsg(message.text)
                        .setDt(message.token)
                        .setMentionAll(false)));
    }

    /// Waits until at most `left` messages are under way.
    private void takeAnswers(int left) throws InterruptedException {
        while (underWay.size() > left) {
            Outgoing oldest = underWay.getFirst();
            try {
                var ack = Line.await(oldest.answer).getAckMessage();
                recorder.acked(oldest.text, ack.getUid(), ack.getT());
            } catch (RefusedException refusal) {
                // A guest that was shown out meanwhile. Nothing is promised about this message.
                recorder.refused(oldest.text, refusal.code());
            }
            underWay.removeFirst();
        }
    }

    private void read(String conversation) throws InterruptedException {
        Optional<Place> newest = line.bookmark(conversation).known();
        if (newest.isEmpty()) {
            return;
        }
        long timestamp = newest.get().timestamp();
        long requestedAt = recorder.tick();
        try {
            line.tell(Commands.read(conversation, newest.get().message(), timestamp));
            line.fence();
            recorder.read(client, conversation, timestamp, requestedAt);
        } catch (ConnectionLostException lost) {
            recorder.mayHaveRead(client, conversation, timestamp, requestedAt);
            throw lost;
        }
    }

    /// Fills the gaps of all conversations that let this client see their history.
    void catchUpWherePossible() throws InterruptedException {
        for (String conversation : conversations) {
            if (!line.bookmark(conversation).isCaughtUp()) {
                try {
                    line.catchUp(conversation);
                } catch (RefusedException notMember) {
                    // A guest that is out: its bookmark stays behind until it is let in.
                }
            }
        }
    }

    boolean isIn(String conversation) {
        return conversations.contains(conversation);
    }

    /// Lets all guests in. After [#run].
    void openDoors() throws InterruptedException {
        if (doorkeeper.isPresent()) {
            doorkeeper.get().openAll(line);
        }
    }

    /// Says one more thing and waits until it is accepted. After [#run]. Returns the text.
    String saysLast(String conversation) throws InterruptedException {
        say(conversation);
        String text = underWay.getLast().text;
        takeAnswers(0);
        return text;
    }
}
