package io.parley.load.history;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/// A hand-made recording of a little chat in which all is well: Tom (phone and tablet) and Jerry (phone) talk in
/// `house`, Spike is let in for a while. Tests then spoil one thing.
final class RecordingBuilder {
    static final String HOUSE = "house";
    static final String TOM = "tom/phone";
    static final String TABLET = "tom/tablet";
    static final String JERRY = "jerry/phone";
    static final String SPIKE = "spike/phone";

    private final Recorder recorder = new Recorder();
    private final List<Message> history = new ArrayList<>();

    static RecordingBuilder chat() {
        RecordingBuilder chat = new RecordingBuilder();
        Map<String, String> owners = Map.of(TOM, "tom", TABLET, "tom", JERRY, "jerry", SPIKE, "spike");
        owners.forEach(chat.recorder::device);
        owners.keySet().forEach(device -> chat.recorder.connected(device, 1));
        chat.lets("tom", true);
        chat.lets("jerry", true);
        return chat;
    }

    /// Two messages of Tom and one of Jerry, with everybody listening; Jerry has read the first.
    static RecordingBuilder fineChat() {
        RecordingBuilder chat = chat();
        chat.says(TOM, "one", TABLET, JERRY);
        chat.says(TOM, "two", TABLET, JERRY);
        chat.says(JERRY, "three", TOM, TABLET);
        chat.reads("jerry", "one");
        chat.ends(Map.of("tom", 1, "jerry", 1));
        return chat;
    }

    Recorder recorder() {
        return recorder;
    }

    Message message(String text) {
        return history.stream()
                .filter(message -> message.text().equals(text))
                .findFirst()
                .orElseThrow();
    }

    void lets(String client, boolean in) {
        recorder.memberChanged(HOUSE, client, in, recorder.tick());
    }

    /// Sends, stores, acks and pushes.
    Message says(String device, String text, String... receivers) {
        Message message = stores(device, text);
        recorder.acked(text, message.id(), message.timestamp());
        for (String receiver : receivers) {
            pushes(receiver, 1, message);
        }
        return message;
    }

    /// Sends and stores; nobody hears of it.
    Message stores(String device, String text) {
        String client = device.substring(0, device.indexOf('/'));
        recorder.sending(text, HOUSE, client, device);
        Message message = new Message("m" + history.size(), 1000 + history.size(), client, text);
        history.add(message);
        return message;
    }

    void pushes(String device, int connection, Message message) {
        recorder.received(device, connection, true, HOUSE, message);
    }

    void fetches(String device, int connection, Message message) {
        recorder.received(device, connection, false, HOUSE, message);
    }

    void reads(String client, String text) {
        recorder.read(client, HOUSE, message(text).timestamp(), recorder.tick());
    }

    /// Everything is read back as it is.
    void ends(Map<String, Integer> unread) {
        recorder.history(HOUSE, history, history);
        unread.forEach((client, count) -> recorder.unread(client, Map.of(HOUSE, count)));
    }

    /// The history, changed by the server behind everybody's back.
    void historyBecomes(UnaryOperator<List<Message>> change) {
        List<Message> changed = change.apply(new ArrayList<>(history));
        recorder.history(HOUSE, changed, changed);
    }

    void backwardHistoryBecomes(UnaryOperator<List<Message>> change) {
        recorder.history(HOUSE, history, change.apply(new ArrayList<>(history)));
    }

    List<Violation> violations() {
        return HistoryChecker.check(recorder.recording(100));
    }

    List<Violation.Promise> brokenPromises() {
        return violations().stream().map(Violation::promise).distinct().toList();
    }
}
