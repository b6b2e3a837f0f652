package io.parley.core.message;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.core.command.Content;
import io.parley.core.command.StoredMessage;
import io.parley.core.message.UnfinishedLog.Unfinished;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Messages that grow while they are read. Until its end such a message says in its attributes that more is to come;
/// one whose end the server did not live to see is ended by the next start. Thread-safe; may block.
public final class StreamedReplies {
    /// The attribute that says that more is to come.
    public static final String MARK = "streaming";

    private static final String ATTRIBUTES = "_lcattrs";
    private static final Logger log = LoggerFactory.getLogger(StreamedReplies.class);

    /// Numbers of the application's attributes stay as they are written.
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .nodeFactory(JsonNodeFactory.withExactBigDecimals(true))
            .build();

    private final UnfinishedLog unfinished;
    private final MessageLog messages;

    public StreamedReplies(UnfinishedLog unfinished, MessageLog messages) {
        this.unfinished = unfinished;
        this.messages = messages;
    }

    /// To be called when its first words are stored.
    public void begun(Unfinished message) {
        unfinished.add(message);
    }

    /// To be called when it no longer says that more is to come.
    public void finished(Unfinished message) {
        unfinished.remove(message);
    }

    /// Ends what was left over when the server stopped. To be called before anybody is let in: nobody is told, but
    /// whoever comes back learns of the edit as of any that it missed.
    public void endLeftOver() {
        List<Unfinished> left = unfinished.all();
        for (Unfinished message : left) {
            end(message);
            unfinished.remove(message);
        }
        if (!left.isEmpty()) log.info("ended streamed replies that a stop had cut off replies={}", left.size());
    }

    private void end(Unfinished message) {
        messages.find(message.conversation(), message.message(), message.timestamp())
                .filter(found -> !found.recalled())
                .flatMap(StreamedReplies::ended)
                .ifPresent(content -> messages.patch(
                        message.conversation(),
                        message.message(),
                        message.timestamp(),
                        content,
                        Optional.empty(),
                        false));
    }

    /// The content without the mark; empty when it has none.
    private static Optional<Content> ended(StoredMessage message) {
        if (!(message.content() instanceof Content.Text text)) return Optional.empty();
        JsonNode json;
        try {
            json = JSON.readTree(text.value());
        } catch (JsonProcessingException e) {
            return Optional.empty(); // a hook or the word filter made another text of it
        }
        if (!(json.path(ATTRIBUTES) instanceof ObjectNode attributes) || !attributes.has(MARK)) return Optional.empty();
        attributes.remove(MARK);
        if (attributes.isEmpty()) ((ObjectNode) json).remove(ATTRIBUTES);
        return Optional.of(new Content.Text(json.toString()));
    }
}
