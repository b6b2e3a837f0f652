package io.parley.client.internal;

import io.parley.client.internal.proto.ConvCommand;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A conversation as the server described it: its document, with what notices changed since. Immutable. Source: protocol
 * 5.1.
 */
public final class ConversationData {
    /** Keys that are the server's; everything else is the application's. */
    private static final Set<String> BUILT_IN = Set.of(
            "objectId",
            "name",
            "c",
            "m",
            "mu",
            "lm",
            "createdAt",
            "updatedAt",
            "attr",
            "tr",
            "sys",
            "temp",
            "ttl",
            "tempConv",
            "tempConvTTL",
            "unique",
            "uniqueId",
            "conv_type",
            "joined",
            "joinedAt",
            "muted",
            "msg",
            "bin",
            "msg_mid",
            "msg_from",
            "msg_timestamp",
            "patch_timestamp",
            "mention_all",
            "mention_pids",
            "ACL");

    private static final String TEMPORARY_PREFIX = "_tmp:";

    private final Map<String, Object> document;
    private final boolean complete;

    private ConversationData(Map<String, Object> document, boolean complete) {
        this.document = Collections.unmodifiableMap(document);
        this.complete = complete;
    }

    /** From a document of the server. */
    public static ConversationData of(Map<String, Object> document) {
        return new ConversationData(new LinkedHashMap<>(document), true);
    }

    /** Of which nothing is known but its id. */
    public static ConversationData unknown(String id) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("objectId", id);
        return new ConversationData(document, false);
    }

    /** The document: what the cache keeps. */
    public Map<String, Object> document() {
        return document;
    }

    /** Whether the server has described it. */
    public boolean isComplete() {
        return complete;
    }

    // ---- changed copies

    private ConversationData with(String key, Object value) {
        Map<String, Object> changed = new LinkedHashMap<>(document);
        changed.put(key, value);
        return new ConversationData(changed, complete);
    }

    /** A newer document; the last message stays when the document does not tell it. */
    public ConversationData refreshed(Map<String, Object> newer) {
        Map<String, Object> changed = new LinkedHashMap<>();
        // A compact document has no members, but the conversation has.
        if (!newer.containsKey("m") && document.containsKey("m")) changed.put("m", members());
        if (!newer.containsKey("msg_mid"))
            document.forEach((key, value) -> {
                if (key.startsWith("msg") || key.equals("bin")) changed.put(key, value);
            });
        changed.putAll(newer);
        return new ConversationData(changed, true);
    }

    public ConversationData withMembers(List<String> more) {
        Set<String> members = new LinkedHashSet<>(members());
        members.addAll(more);
        return with("m", new ArrayList<>(members));
    }

    public ConversationData withoutMembers(List<String> gone) {
        List<String> members = new ArrayList<>(members());
        members.removeAll(gone);
        return with("m", members);
    }

    public ConversationData withMuted(String client, boolean muted) {
        if (isService()) return with("muted", muted);
        Set<String> all = new LinkedHashSet<>(mutedMembers());
        if (muted) all.add(client);
        else all.remove(client);
        return with("mu", new ArrayList<>(all));
    }

    public ConversationData withLastMessageAt(long millis) {
        return millis <= lastMessageAt() ? this : with("lm", millis);
    }

    /**
     * After an update.
     *
     * @param keys what was changed, perhaps as paths with dots
     * @param results new values, nested; a key without one was deleted. Source: protocol 4.3.3
     * @param updatedAt empty when not told
     */
    public ConversationData updated(Set<String> keys, Map<String, Object> results, String updatedAt) {
        Map<String, Object> changed = new LinkedHashMap<>(document);
        for (String key : keys) {
            String[] path = key.split("\\.");
            changed = put(changed, path, 0, find(results, path));
        }
        if (!updatedAt.isEmpty()) changed.put("updatedAt", updatedAt);
        return new ConversationData(changed, complete);
    }

    private static @Nullable Object find(Map<String, Object> nested, String[] path) {
        Object value = nested;
        for (String step : path) value = value instanceof Map ? ((Map<?, ?>) value).get(step) : null;
        return value;
    }

    private static Map<String, Object> put(Map<String, Object> map, String[] path, int depth, @Nullable Object value) {
        Map<String, Object> changed = new LinkedHashMap<>(map);
        String step = path[depth];
        if (depth < path.length - 1) changed.put(step, put(Json.object(map, step), path, depth + 1, value));
        else if (value == null) changed.remove(step);
        else changed.put(step, value);
        return changed;
    }

    /** What a notice tells of a conversation that is not known yet. */
    public ConversationData hinted(ConvCommand notice) {
        Map<String, Object> changed = new LinkedHashMap<>(document);
        if (notice.getTransient()) changed.put("tr", true);
        if (notice.getTempConv()) changed.put("temp", true);
        return new ConversationData(changed, complete);
    }

    public ConversationData hintedKind(int kind) {
        return kind == 0 || document.containsKey("conv_type") ? this : with("conv_type", kind);
    }

    // ---- what it is

    public String id() {
        return Json.string(document, "objectId");
    }

    public String name() {
        return Json.string(document, "name");
    }

    public String creator() {
        return Json.string(document, "c");
    }

    public List<String> members() {
        return Json.strings(document, "m");
    }

    public List<String> mutedMembers() {
        return Json.strings(document, "mu");
    }

    public boolean isMutedBy(String client) {
        return isService()
                ? Boolean.TRUE.equals(document.get("muted"))
                : mutedMembers().contains(client);
    }

    /** The {@code attr} object, and what other SDKs keep beside it. */
    public Map<String, Object> attributes() {
        Map<String, Object> all = new LinkedHashMap<>();
        document.forEach((key, value) -> {
            if (!BUILT_IN.contains(key)) all.put(key, value);
        });
        all.putAll(Json.object(document, "attr"));
        return all;
    }

    public boolean isRoom() {
        return isKind("tr", 2);
    }

    public boolean isService() {
        return isKind("sys", 3);
    }

    public boolean isTemporary() {
        return id().startsWith(TEMPORARY_PREFIX) || isKind("temp", 4);
    }

    private boolean isKind(String flag, int number) {
        return Boolean.TRUE.equals(document.get(flag)) || Json.number(document, "conv_type") == number;
    }

    public boolean isUnique() {
        return Boolean.TRUE.equals(document.get("unique"));
    }

    public String uniqueId() {
        return Json.string(document, "uniqueId");
    }

    /** Seconds. */
    public long timeToLive() {
        return Json.number(document, "ttl");
    }

    /** Milliseconds since the epoch, 0 if not known. */
    public long createdAt() {
        return Iso.millis(document.get("createdAt"));
    }

    /** Milliseconds since the epoch, 0 if not known. */
    public long updatedAt() {
        return Iso.millis(document.get("updatedAt"));
    }

    /** Milliseconds since the epoch, 0 if there was no message. */
    public long lastMessageAt() {
        return Iso.millis(document.get("lm"));
    }
}
