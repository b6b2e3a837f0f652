package io.parley.client.internal;

import io.parley.client.internal.proto.DirectCommand;
import io.parley.client.internal.proto.LogItem;
import io.parley.client.internal.proto.PatchItem;
import io.parley.client.internal.proto.UnreadTuple;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A message as the server knows it, whatever frame told of it. Immutable. */
public final class StoredMessage {
    private final String conversation;
    private final String id;
    private final String from;
    private final long timestamp;
    private final String content;
    private final byte @Nullable [] bytes;
    private final long patchTimestamp;
    private final long ackAt;
    private final long readAt;
    private final List<String> mentions;
    private final boolean mentionsAll;
    private final boolean isTransient;

    private StoredMessage(Builder from) {
        this.conversation = from.conversation;
        this.id = from.id;
        this.from = from.from;
        this.timestamp = from.timestamp;
        this.content = from.content;
        this.bytes = from.bytes;
        this.patchTimestamp = from.patchTimestamp;
        this.ackAt = from.ackAt;
        this.readAt = from.readAt;
        this.mentions = from.mentions;
        this.mentionsAll = from.mentionsAll;
        this.isTransient = from.isTransient;
    }

    /** Begins one. */
    public static Builder builder(String conversation, String id, String from, long timestamp) {
        return new Builder(conversation, id, from, timestamp);
    }

    /** Puts one together. */
    public static final class Builder {
        private final String conversation;
        private final String id;
        private final String from;
        private final long timestamp;
        private String content = "";
        private byte @Nullable [] bytes;
        private long patchTimestamp;
        private long ackAt;
        private long readAt;
        private List<String> mentions = List.of();
        private boolean mentionsAll;
        private boolean isTransient;

        private Builder(String conversation, String id, String from, long timestamp) {
            this.conversation = conversation;
            this.id = id;
            this.from = from;
            this.timestamp = timestamp;
        }

        public Builder content(String text) {
            content = text;
            return this;
        }

        public Builder bytes(byte @Nullable [] binary) {
            bytes = binary;
            return this;
        }

        public Builder patched(long at) {
            patchTimestamp = at;
            return this;
        }

        public Builder received(long delivered, long read) {
            ackAt = delivered;
            readAt = read;
            return this;
        }

        public Builder mentions(List<String> clients, boolean all) {
            mentions = List.copyOf(clients);
            mentionsAll = all;
            return this;
        }

        Builder forNow(boolean only) {
            isTransient = only;
            return this;
        }

        public StoredMessage build() {
            return new StoredMessage(this);
        }
    }

    // ---- from frames

    public static StoredMessage of(DirectCommand direct) {
        return builder(direct.getCid(), direct.getId(), direct.getFromPeerId(), direct.getTimestamp())
                .content(direct.getMsg())
                .bytes(direct.hasBinaryMsg() ? direct.getBinaryMsg().toByteArray() : null)
                .patched(direct.getPatchTimestamp())
                .mentions(direct.getMentionPidsList(), direct.getMentionAll())
                .forNow(direct.getTransient())
                .build();
    }

    public static StoredMessage of(String conversation, LogItem item) {
        return builder(conversation, item.getMsgId(), item.getFrom(), item.getTimestamp())
                .content(item.getBin() ? "" : item.getData())
                .bytes(item.getBin() ? Base64.getDecoder().decode(item.getData()) : null)
                .patched(item.getPatchTimestamp())
                .received(item.getAckAt(), item.getReadAt())
                .mentions(item.getMentionPidsList(), item.getMentionAll())
                .build();
    }

    public static StoredMessage of(PatchItem patch) {
        return builder(patch.getCid(), patch.getMid(), patch.getFrom(), patch.getTimestamp())
                .content(patch.getData())
                .bytes(patch.hasBinaryMsg() ? patch.getBinaryMsg().toByteArray() : null)
                .patched(patch.getPatchTimestamp())
                .mentions(patch.getMentionPidsList(), patch.getMentionAll())
                .build();
    }

    /** The last message of a conversation with unread ones; its id is empty when the server does not tell it. */
    public static StoredMessage of(UnreadTuple unread) {
        return builder(unread.getCid(), unread.getMid(), unread.getFrom(), unread.getTimestamp())
                .content(unread.getData())
                .bytes(unread.hasBinaryMsg() ? unread.getBinaryMsg().toByteArray() : null)
                .patched(unread.getPatchTimestamp())
                .build();
    }

    /** The last message in a conversation document; null when it has none. Source: protocol 5.1. */
    public static @Nullable StoredMessage ofDocument(Map<String, Object> document) {
        String id = Json.string(document, "msg_mid");
        if (id.isEmpty()) return null;
        boolean binary = Boolean.TRUE.equals(document.get("bin"));
        String content = Json.string(document, "msg");
        return builder(
                        Json.string(document, "objectId"),
                        id,
                        Json.string(document, "msg_from"),
                        Json.number(document, "msg_timestamp"))
                .content(binary ? "" : content)
                .bytes(binary ? Base64.getDecoder().decode(content) : null)
                .patched(Json.number(document, "patch_timestamp"))
                .mentions(Json.strings(document, "mention_pids"), Boolean.TRUE.equals(document.get("mention_all")))
                .build();
    }

    // ---- to and from the cache

    /** As it is cached. */
    public Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("cid", conversation);
        json.put("id", id);
        json.put("from", from);
        json.put("t", timestamp);
        if (bytes == null) json.put("msg", content);
        else json.put("bin", Base64.getEncoder().encodeToString(bytes));
        if (patchTimestamp > 0) json.put("patched", patchTimestamp);
        if (ackAt > 0) json.put("ackAt", ackAt);
        if (readAt > 0) json.put("readAt", readAt);
        if (!mentions.isEmpty()) json.put("mentions", mentions);
        if (mentionsAll) json.put("mentionsAll", true);
        return json;
    }

    /** As it was cached. */
    public static StoredMessage ofJson(Map<String, Object> json) {
        Object binary = json.get("bin");
        return builder(
                        Json.string(json, "cid"),
                        Json.string(json, "id"),
                        Json.string(json, "from"),
                        Json.number(json, "t"))
                .content(Json.string(json, "msg"))
                .bytes(binary instanceof String ? Base64.getDecoder().decode((String) binary) : null)
                .patched(Json.number(json, "patched"))
                .received(Json.number(json, "ackAt"), Json.number(json, "readAt"))
                .mentions(Json.strings(json, "mentions"), Boolean.TRUE.equals(json.get("mentionsAll")))
                .build();
    }

    // ---- changed copies

    private Builder copy() {
        return builder(conversation, id, from, timestamp)
                .content(content)
                .bytes(bytes)
                .patched(patchTimestamp)
                .received(ackAt, readAt)
                .mentions(mentions, mentionsAll)
                .forNow(isTransient);
    }

    public StoredMessage withBytes(byte[] binary) {
        return copy().content("").bytes(binary).build();
    }

    public StoredMessage withReceipts(long delivered, long read) {
        return copy().received(Math.max(ackAt, delivered), Math.max(readAt, read))
                .build();
    }

    // ---- what it is

    public String conversation() {
        return conversation;
    }

    public String id() {
        return id;
    }

    public String from() {
        return from;
    }

    /** Milliseconds since the epoch. */
    public long timestamp() {
        return timestamp;
    }

    /** Empty for binary messages. */
    public String content() {
        return content;
    }

    /** Null for messages of text. */
    public byte @Nullable [] bytes() {
        return bytes;
    }

    /** 0 if it was never changed. */
    public long patchTimestamp() {
        return patchTimestamp;
    }

    /** 0 if that is not known. */
    public long ackAt() {
        return ackAt;
    }

    /** 0 if that is not known. */
    public long readAt() {
        return readAt;
    }

    public List<String> mentions() {
        return mentions;
    }

    public boolean mentionsAll() {
        return mentionsAll;
    }

    public boolean isTransient() {
        return isTransient;
    }

    @Override
    public String toString() {
        return id + "@" + timestamp + " in " + conversation;
    }
}
