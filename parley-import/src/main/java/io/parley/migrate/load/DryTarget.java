package io.parley.migrate.load;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.core.command.AppId;
import io.parley.core.command.ConversationId;
import io.parley.core.command.Kind;
import io.parley.core.command.Refusal;
import io.parley.core.intake.Digest;
import io.parley.core.intake.IncomingConversation;
import io.parley.core.intake.Intake.Refused;
import io.parley.core.intake.Intake.Tally;
import io.parley.core.intake.Reading;
import io.parley.core.intake.Sum;
import io.parley.migrate.archive.SetName;
import io.parley.migrate.source.SeenIds;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Understands everything and keeps nothing: tells what an import would do into an empty app.
public final class DryTarget implements Target {
    private static final Set<SetName> MESSAGES = Set.of(SetName.MESSAGES, SetName.PATCHES, SetName.SERVICE_MESSAGES);

    private final AppId app;
    private final SeenIds conversations = new SeenIds();
    private final Map<Kind, Long> kinds = new EnumMap<>(Kind.class);

    public DryTarget(AppId app) {
        this.app = app;
    }

    /// How many conversations there are of each kind.
    public Map<Kind, Long> kinds() {
        return kinds;
    }

    @Override
    public Tally take(SetName set, List<ObjectNode> lines) {
        long added = 0;
        long known = 0;
        List<Refused> refused = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            try {
                if (takes(set, lines.get(i))) added++;
                else known++;
            } catch (Refusal refusal) {
                refused.add(new Refused(i, refusal.detail()));
            }
        }
        return new Tally(added, 0, known, refused);
    }

    private boolean takes(SetName set, ObjectNode line) {
        if (set.equals(SetName.CONVERSATIONS)) {
            IncomingConversation conversation = Reading.conversation(line);
            if (!conversations.add(conversation.id().value())) return false;
            kinds.merge(conversation.kind(), 1L, Long::sum);
            return true;
        }
        if (set.equals(SetName.ROLES)) check(Reading.role(line).conversation());
        else if (MESSAGES.contains(set)) check(Reading.message(line).conversation());
        else if (set.equals(SetName.SUBSCRIPTIONS))
            check(Reading.subscription(line).conversation());
        else if (set.equals(SetName.SILENCED)) check(Reading.silenced(line).conversation());
        else if (set.equals(SetName.BLACKLISTS)) check(Reading.blocked(line).conversation());
        else Reading.row(app, set.shortName(), line);
        return true;
    }

    private void check(ConversationId id) {
        if (!conversations.contains(id.value()))
            throw Refusal.of(io.parley.core.command.ErrorCode.CONVERSATION_NOT_FOUND, "there is no such conversation");
    }

    @Override
    public boolean isFinished(String part) {
        return false;
    }

    @Override
    public void finished(String part) {
        // Nothing is kept.
    }

    @Override
    public Tally file(String key, Path bytes, String mimeType, boolean again) {
        return ADDED_FILE;
    }

    @Override
    public long fileSize(String key) {
        return -1;
    }

    @Override
    public void settle(List<ConversationId> all) {
        // Nothing is kept.
    }

    @Override
    public List<Digest> digests(Optional<ConversationId> after) {
        return List.of();
    }

    @Override
    public Sum.Value rows(String className) {
        return Sum.Value.NONE;
    }

    @Override
    public String name() {
        return "nowhere: this is a rehearsal";
    }
}
