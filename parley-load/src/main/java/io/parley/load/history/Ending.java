package io.parley.load.history;

import java.time.Duration;
import java.util.List;

/// The last message of every conversation: it must reach all devices, which are all connected, over the
/// connections they have. Then the checker can tell that no connection lost the end of a conversation.
final class Ending {
    private static final Duration STEP = Duration.ofMillis(20);
    private static final Duration ENOUGH = Duration.ofSeconds(10);

    private final Recorder recorder;
    private final List<Talker> talkers;
    private final List<String> conversations;

    Ending(Recorder recorder, List<Talker> talkers, List<String> conversations) {
        this.recorder = recorder;
        this.talkers = talkers;
        this.conversations = conversations;
    }

    /// Waits until every device got every last word, but not for ever: what is missing then is the checker's to
    /// tell.
    void sayLastWords(long deadline) throws InterruptedException {
        for (String conversation : conversations) {
            List<Talker> members =
                    talkers.stream().filter(talker -> talker.isIn(conversation)).toList();
            String text = members.getFirst().saysLast(conversation);
            long giveUp = Math.min(deadline, System.nanoTime() + ENOUGH.toNanos());
            for (Talker member : members.subList(1, members.size())) {
                while (!recorder.wasPushed(member.line().device(), text) && System.nanoTime() < giveUp) {
                    Thread.sleep(STEP);
                }
            }
        }
    }
}
