package io.parley.migrate.verify;

import io.parley.core.command.AppId;
import io.parley.core.command.ConversationId;
import io.parley.core.command.Refusal;
import io.parley.core.intake.Digest;
import io.parley.core.intake.IncomingConversation;
import io.parley.core.intake.IncomingMessage;
import io.parley.core.intake.IncomingRule;
import io.parley.core.intake.Reading;
import io.parley.core.intake.Sum;
import io.parley.migrate.archive.ArchiveReader;
import io.parley.migrate.archive.SetName;
import io.parley.migrate.load.Target;
import io.parley.migrate.source.SeenIds;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/// Sums up an archive conversation by conversation, lets the target do the same, and tells what differs. Reads the
/// archive once, in the memory of some 200 bytes per conversation, and of the messages that were edited.
public final class Verifier {
    private final ArchiveReader archive;
    private final Target target;
    private final Sum sum = new Sum();
    private final Map<String, Expected> expected = new HashMap<>();
    private final SeenIds serviceMessages = new SeenIds();
    private final SeenIds rules = new SeenIds();
    private final Map<String, IncomingMessage> patches = new HashMap<>();
    private long unusable;

    /// What the archive says of a conversation.
    private static final class Expected {
        private Sum.Value row = Sum.Value.NONE;
        private Sum.Value messages = Sum.Value.NONE;
        private Sum.Value rules = Sum.Value.NONE;
        private long first;
        private long last;
        private boolean service;
        private String creator = "";
    }

    /// @param conversations that were compared
    /// @param messages that the archive has
    /// @param differences in words, one per conversation or class
    /// @param onlyThere conversations that only the target has
    /// @param unusable lines of the archive that make no sense to a server
    public record Result(long conversations, long messages, List<String> differences, long onlyThere, long unusable) {
        public boolean equal() {
            return differences.isEmpty();
        }
    }

    public Verifier(ArchiveReader archive, Target target) {
        this.archive = archive;
        this.target = target;
    }

    /// @param progress told how many conversations were compared
    public Result run(Consumer<Long> progress) throws IOException {
        readConversations();
        readRules();
        readMessages();
        List<String> differences = new ArrayList<>();
        long messages =
                expected.values().stream().mapToLong(e -> e.messages.count()).sum();
        long compared = 0;
        long onlyThere = 0;
        Optional<ConversationId> after = Optional.empty();
        for (List<Digest> page = target.digests(after); !page.isEmpty(); page = target.digests(after)) {
            for (Digest found : page) {
                Expected here = expected.remove(found.id().value());
                if (here == null) onlyThere++;
                else compare(here, found, differences);
                compared++;
            }
            progress.accept(compared);
            after = Optional.of(page.getLast().id());
        }
        expected.keySet().stream().sorted().forEach(id -> differences.add("conversation " + id + " is missing"));
        compareClasses(differences);
        compareFiles(differences);
        return new Result(compared - onlyThere, messages, differences, onlyThere, unusable);
    }

    private interface Use<T> {
        void of(T value);
    }

    private <T> void each(SetName set, Function<com.fasterxml.jackson.databind.node.ObjectNode, T> reading, Use<T> use)
            throws IOException {
        archive.forEach(
                set,
                line -> {
                    T value;
                    try {
                        value = reading.apply(line.json());
                    } catch (Refusal noSense) {
                        unusable++;
                        return;
                    }
                    use.of(value);
                },
                (damage, raw) -> unusable++);
    }

    private void readConversations() throws IOException {
        each(SetName.CONVERSATIONS, Reading::conversation, conversation -> {
            Expected here = expected.computeIfAbsent(conversation.id().value(), id -> new Expected());
            here.row = row(conversation);
            here.service = conversation.kind() == io.parley.core.command.Kind.SERVICE;
            here.creator = conversation.creator().map(Object::toString).orElse("");
        });
    }

    private Sum.Value row(IncomingConversation c) {
        Digest.addConversation(
                sum, c.kind(), c.creator(), c.attributes(), c.members(), c.muted(), c.uniqueId(), c.createdAt());
        return sum.take();
    }

    private void readRules() throws IOException {
        Map<String, IncomingRule> roles = new LinkedHashMap<>(); // a later line counts
        each(SetName.ROLES, Reading::role, role -> roles.put(role.conversation() + " " + role.client(), role));
        roles.values().forEach(this::addRule);
        each(SetName.SILENCED, Reading::silenced, this::addRule);
        each(SetName.BLACKLISTS, Reading::blocked, this::addRule);
        each(SetName.SUBSCRIPTIONS, Reading::subscription, this::addRule);
    }

    private void addRule(IncomingRule rule) {
        Expected here = expected.get(rule.conversation().value());
        if (here == null || !rules.add(rule.toString())) return;
        // What goes without saying has no row in a store.
        if (rule instanceof IncomingRule.HasRole(var id, var client, var role)
                && (role == io.parley.core.command.Role.MEMBER
                        || (role == io.parley.core.command.Role.OWNER
                                && client.value().equals(here.creator)))) return;
        Digest.addRule(sum, rule);
        here.rules = plus(here.rules, sum.take());
    }

    private Sum.Value plus(Sum.Value one, Sum.Value other) {
        sum.add(one);
        sum.add(other);
        return sum.take();
    }

    private void readMessages() throws IOException {
        each(SetName.PATCHES, Reading::message, patch -> patches.merge(key(patch), patch, Verifier::later));
        each(SetName.MESSAGES, Reading::message, this::addMessage);
        each(SetName.SERVICE_MESSAGES, Reading::message, this::addMessage);
    }

    private static String key(IncomingMessage message) {
        return message.conversation() + " " + message.timestamp() + " " + message.id();
    }

    private static IncomingMessage later(IncomingMessage one, IncomingMessage other) {
        return one.patchedAt() > other.patchedAt() ? one : other;
    }

    /// As it was when the archive last saw it.
    private IncomingMessage patched(IncomingMessage message) {
        IncomingMessage patch = patches.isEmpty() ? null : patches.get(key(message));
        return patch == null ? message : later(message, patch);
    }

    private void addMessage(IncomingMessage first) {
        IncomingMessage message = patched(first);
        Expected here = expected.get(message.conversation().value());
        if (here == null) {
            unusable++;
            return;
        }
        // Everybody who saw it brought it along.
        if (here.service && !serviceMessages.add(key(message))) return;
        Digest.addMessage(sum, message.id(), message.timestamp(), message.from(), message.content());
        here.messages = plus(here.messages, sum.take());
        if (here.first == 0 || message.timestamp() < here.first) here.first = message.timestamp();
        here.last = Math.max(here.last, message.timestamp());
    }

    private static void compare(Expected here, Digest there, List<String> differences) {
        List<String> parts = new ArrayList<>();
        if (!here.row.equals(there.row())) parts.add("its columns or members differ");
        if (here.messages.count() != there.messages().count())
            parts.add("the archive has " + here.messages.count() + " messages, the server "
                    + there.messages().count());
        else if (!here.messages.equals(there.messages())) parts.add("its messages differ");
        if (here.first != there.first() || here.last != there.last())
            parts.add("messages from " + here.first + " to " + here.last + " in the archive, from " + there.first()
                    + " to " + there.last() + " on the server");
        if (!here.rules.equals(there.rules())) parts.add("roles, silenced, blocked or subscribers differ");
        if (!parts.isEmpty()) differences.add("conversation " + there.id() + ": " + String.join("; ", parts));
    }

    private void compareClasses(List<String> differences) throws IOException {
        for (SetName set : archive.manifest().sets().keySet()) {
            if (!set.isClass() || set.equals(SetName.CONVERSATIONS) || set.equals(SetName.ROLES)) continue;
            Sum.Value here = classSum(set);
            Sum.Value there = target.rows(set.shortName());
            if (here.count() != there.count())
                differences.add("class " + set.shortName() + ": the archive has " + here.count() + " rows, the server "
                        + there.count());
            else if (!here.equals(there)) differences.add("class " + set.shortName() + ": rows differ");
        }
    }

    /// By their sizes: the bytes of a key never change.
    private void compareFiles(List<String> differences) throws IOException {
        archive.forEach(
                SetName.FILE_CONTENTS,
                line -> {
                    String key = line.json().path("key").asText();
                    long here = line.json().path("size").asLong();
                    long there = target.fileSize(key);
                    if (there < 0) differences.add("file " + key + " is missing");
                    else if (there != here)
                        differences.add(
                                "file " + key + " has " + here + " bytes in the archive, " + there + " on the server");
                },
                (damage, raw) -> unusable++);
    }

    /// A later line about the same object counts.
    private Sum.Value classSum(SetName set) throws IOException {
        AppId app = new AppId("any");
        Map<String, Sum.Value> rows = new HashMap<>();
        each(set, json -> Reading.row(app, set.shortName(), json), row -> {
            Digest.addRow(sum, row);
            rows.put(row.id(), sum.take());
        });
        rows.values().forEach(sum::add);
        return sum.take();
    }
}
