package io.parley.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.core.command.Content;
import io.parley.core.message.MessageLog.Ticket;
import io.parley.core.message.StreamedReplies;
import io.parley.core.message.UnfinishedLog.Unfinished;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A message that grows while it is read: sent with the first text, edited as more comes, but not more often than
/// [#PAUSE] allows. One thread appends, another one of its own sends and edits. Thread-safe.
final class StreamedReply {
    /// Between two edits of one message: four a second at most.
    private static final Duration PAUSE = Duration.ofMillis(250);

    private final Voice voice;
    private final StreamedReplies replies;
    private final Optional<ObjectNode> attributes;
    private final CompletableFuture<Ticket> outcome = new CompletableFuture<>();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final StringBuilder text = new StringBuilder(); // guarded by lock
    private boolean complete; // guarded by lock

    // Owned by the thread that sends.
    private @Nullable Ticket sent;
    private String shown = "";

    /// @param attributes shown with the text, as `_lcattrs`
    StreamedReply(Voice voice, StreamedReplies replies, Optional<ObjectNode> attributes) {
        this.voice = voice;
        this.replies = replies;
        this.attributes = attributes;
        Thread.ofVirtual().name("streamed reply").start(this::run);
    }

    void append(String more) {
        if (more.isEmpty()) return;
        lock.lock();
        try {
            text.append(more);
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /// Sending failed: more text would be in vain.
    boolean failed() {
        return outcome.isCompletedExceptionally();
    }

    /// No more text comes. Waits until the last edit is made; a refusal when the message, or an edit, was refused.
    ///
    /// @return empty when there was no text at all
    Optional<Ticket> end() {
        lock.lock();
        try {
            complete = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
        try {
            return Optional.ofNullable(outcome.get());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the last edit was made", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException refused) throw refused;
            throw new IllegalStateException("a streamed reply failed", e.getCause());
        }
    }

    private void run() {
        try {
            boolean last;
            do {
                last = show(next());
                if (!last) Thread.sleep(PAUSE);
            } while (!last);
            outcome.complete(sent);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            outcome.completeExceptionally(e);
        } catch (RuntimeException e) {
            outcome.completeExceptionally(closed(e));
        }
    }

    /// After a refused edit, such as one that is too long, what is shown already is all there is.
    private RuntimeException closed(RuntimeException refused) {
        if (sent == null) return refused;
        try {
            show(new Step(shown, true));
        } catch (RuntimeException e) {
            refused.addSuppressed(e);
        }
        return refused;
    }

    private record Step(String text, boolean last) {}

    /// Waits for text that is not shown yet, or for the end.
    private Step next() throws InterruptedException {
        lock.lock();
        try {
            while (!complete && whole().equals(shown)) changed.await();
            return new Step(complete ? text.toString() : whole(), complete);
        } finally {
            lock.unlock();
        }
    }

    /// Without half a character at its end, whose other half is still to come.
    private String whole() {
        int length = text.length();
        boolean half = length > 0 && Character.isHighSurrogate(text.charAt(length - 1));
        return half ? text.substring(0, length - 1) : text.toString();
    }

    /// @return whether this was all
    private boolean show(Step step) {
        Ticket known = sent;
        if (known != null) voice.correct(known, content(step));
        else if (!step.text().isEmpty()) say(step);
        shown = step.text();
        if (step.last() && known != null) replies.finished(unfinished(known));
        return step.last();
    }

    private void say(Step step) {
        Ticket said = voice.say(content(step));
        if (!step.last()) replies.begun(unfinished(said));
        sent = said;
    }

    private Unfinished unfinished(Ticket said) {
        return new Unfinished(voice.conversation(), said.id(), said.timestamp());
    }

    /// A text message as all SDKs know it. Until its end it says that more is to come.
    private Content content(Step step) {
        ObjectNode message = Json.object().put("_lctype", -1).put("_lctext", step.text());
        ObjectNode extra = attributes.map(ObjectNode::deepCopy).orElseGet(Json::object);
        if (!step.last()) extra.put(StreamedReplies.MARK, true);
        if (!extra.isEmpty()) message.set("_lcattrs", extra);
        return new Content.Text(Json.text(message));
    }
}
