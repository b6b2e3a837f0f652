package io.parley.load.history;

import io.parley.load.client.Acks;
import io.parley.load.client.Commands;
import io.parley.load.client.Commands.Place;
import io.parley.load.client.Endpoint;
import io.parley.load.client.Identity;
import io.parley.load.client.LightClient;
import io.parley.load.client.Listener;
import io.parley.load.client.Loops;
import io.parley.load.history.ChatPlan.Talk;
import io.parley.load.history.Doorkeeper.Door;
import io.parley.protocol.proto.CommandType;
import io.parley.protocol.proto.GenericCommand;
import io.parley.protocol.proto.LogsCommand.QueryDirection;
import io.parley.protocol.proto.UnreadTuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A chat among devices that goes on while the server dies and comes back, and ends with a record of everything
/// that was done and seen. What the devices do follows from the plan's seed; how it interleaves does not.
///
/// Use: [#begin], let it run, kill and restart the server at will, [#settle] with the server up,
/// [HistoryChecker#check]. Methods are for one thread and block.
public final class ChatLoad implements AutoCloseable {
    private static final int UNREAD_CAP = 100; // semantics 7.2

    private final String app;
    private final Endpoint endpoint;
    private final ChatPlan plan;
    private final Duration pause;
    private final Recorder recorder = new Recorder();
    private final Loops loops = new Loops(1);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Talker> talkers = new ArrayList<>();
    private final Map<String, Doorkeeper> doorkeepers = new HashMap<>(); // by client
    private final List<Future<?>> running = new ArrayList<>();
    private final List<String> conversations = new ArrayList<>(); // in the order of the plan's talks

    /// @param pause of a device between two actions, on average about half of it
    public ChatLoad(String app, Endpoint endpoint, ChatPlan plan, Duration pause) {
        this.app = app;
        this.endpoint = endpoint;
        this.plan = plan;
        this.pause = pause;
    }

    /// Founds the conversations and lets everybody talk.
    public void begin() throws InterruptedException {
        for (int number = 0; number < plan.talks().size(); number++) {
            Talk talk = plan.talks().get(number);
            LightClient founder = visit(talk.founder(), new Listener() {});
            long requestedAt = recorder.tick();
            String conversation = Line.await(founder.request(Commands.start("talk " + number, talk.regulars())))
                    .getConvMessage()
                    .getCid();
            talk.regulars().forEach(member -> recorder.memberChanged(conversation, member, true, requestedAt));
            conversations.add(conversation);
            founder.close();
        }
        for (String client : plan.clients()) {
            doorkeepers.put(client, new Doorkeeper(doorsOf(client), recorder));
            for (int device = 0; device < plan.devicesPerClient(); device++) {
                talkers.add(talker(client, device));
            }
        }
        talkers.forEach(talker -> running.add(threads.submit(() -> {
            talker.run();
            return null;
        })));
    }

    private List<Door> doorsOf(String client) {
        List<Door> doors = new ArrayList<>();
        for (int number = 0; number < conversations.size(); number++) {
            if (plan.talks().get(number).founder().equals(client)) {
                doors.add(new Door(
                        conversations.get(number), plan.talks().get(number).guests()));
            }
        }
        return doors;
    }

    private Talker talker(String client, int device) {
        List<String> mine = new ArrayList<>();
        for (int number = 0; number < conversations.size(); number++) {
            if (plan.talks().get(number).concerns(client)) {
                mine.add(conversations.get(number));
            }
        }
        Identity identity = new Identity(app, client, client + "/" + device);
        Acks acks = device == 0 ? Acks.THROTTLED : Acks.EACH;
        Line line = new Line(identity, loops.of(0), endpoint, acks, recorder);
        Random random = new Random(plan.seed() * 31 + identity.device().hashCode());
        boolean keepsDoors = device == 0 && !doorsOf(client).isEmpty();
        Optional<Doorkeeper> doorkeeper = keepsDoors ? Optional.ofNullable(doorkeepers.get(client)) : Optional.empty();
        return new Talker(client, line, recorder, random, mine, doorkeeper, device == 0, (int) pause.toMillis());
    }

    /// How many messages were accepted so far.
    public int accepted() {
        return recorder.acks();
    }

    /// Ends the talk and finds out what everybody has: nothing is under way any more, every guest is in, every
    /// device has asked for what it missed, a last message has gone through every conversation, histories and
    /// unread counts are read. The server must be up.
    ///
    /// @throws TimeoutException when the devices do not come to an end in `patience`
    public Recording settle(Duration patience) throws InterruptedException, TimeoutException {
        long deadline = System.nanoTime() + patience.toNanos();
        talkers.forEach(Talker::finish);
        for (Future<?> device : running) {
            finish(device, deadline);
        }
        for (Talker talker : talkers) {
            talker.line().connect();
            talker.openDoors();
        }
        for (Talker talker : talkers) {
            talker.line().connect();
            talker.catchUpWherePossible();
        }
        new Ending(recorder, talkers, conversations).sayLastWords(deadline);
        for (int number = 0; number < conversations.size(); number++) {
            readHistory(plan.talks().get(number).founder(), conversations.get(number));
        }
        askForUnread();
        return recorder.recording(UNREAD_CAP);
    }

    private static void finish(Future<?> device, long deadline) throws InterruptedException, TimeoutException {
        try {
            device.get(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (ExecutionException failed) {
            throw new IllegalStateException("a device gave up", failed.getCause());
        }
    }

    private void readHistory(String member, String conversation) throws InterruptedException {
        LightClient reader = visit(member, new Listener() {});
        List<Message> forwards = new ArrayList<>();
        List<Message> backwards = new ArrayList<>();
        while (readPage(reader, conversation, QueryDirection.NEW, forwards)) {
            // Each page begins where the one before ended.
        }
        while (readPage(reader, conversation, QueryDirection.OLD, backwards)) {
            // The same, towards the beginning.
        }
        recorder.history(conversation, forwards, backwards);
        reader.close();
    }

    /// Adds a page to what is known, at its end or its beginning. False when there is no more.
    private static boolean readPage(
            LightClient reader, String conversation, QueryDirection direction, List<Message> known)
            throws InterruptedException {
        boolean forwards = direction == QueryDirection.NEW;
        Optional<Place> start = known.isEmpty()
                ? Optional.empty()
                : Optional.of(forwards ? known.getLast() : known.getFirst())
                        .map(message -> new Place(message.id(), message.timestamp()));
        List<Message> page =
                Pages.messages(Line.await(reader.request(Commands.logs(conversation, direction, start, Pages.LIMIT))));
        known.addAll(forwards ? known.size() : 0, page);
        return !page.isEmpty();
    }

    /// Logs in everybody with a new device, which is told everything that is unread.
    private void askForUnread() throws InterruptedException {
        Map<String, Map<String, Integer>> counts = new HashMap<>();
        List<CompletableFuture<Boolean>> told = new ArrayList<>();
        for (String client : plan.clients()) {
            Map<String, Integer> ofClient = new ConcurrentHashMap<>();
            counts.put(client, ofClient);
            CompletableFuture<Boolean> heard = new CompletableFuture<>();
            // A client with nothing unread is told nothing.
            told.add(heard.completeOnTimeout(false, 2, TimeUnit.SECONDS));
            visit(client, new UnreadEar(ofClient, heard));
        }
        told.forEach(CompletableFuture::join);
        counts.forEach(recorder::unread);
    }

    private record UnreadEar(Map<String, Integer> counts, CompletableFuture<Boolean> heard) implements Listener {
        @Override
        public void pushed(LightClient self, GenericCommand push) {
            if (push.getCmd() == CommandType.unread) {
                for (UnreadTuple tuple : push.getUnreadMessage().getConvsList()) {
                    counts.put(tuple.getCid(), tuple.getUnread());
                }
                heard.complete(true);
            }
        }
    }

    private LightClient visit(String client, Listener listener) throws InterruptedException {
        Identity identity = new Identity(app, client, client + "/visitor");
        LightClient visitor =
                Line.await(LightClient.connect(loops.of(0), endpoint, identity, Acks.NONE, listener, Optional.empty()));
        Line.await(visitor.request(Commands.open(identity)));
        return visitor;
    }

    @Override
    public void close() {
        threads.shutdownNow();
        loops.close();
    }
}
