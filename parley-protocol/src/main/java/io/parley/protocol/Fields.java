package io.parley.protocol;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.parley.core.command.ClientId;
import io.parley.core.command.Content;
import io.parley.core.command.ConversationId;
import io.parley.core.command.ErrorCode;
import io.parley.core.command.Mentions;
import io.parley.core.command.MessageId;
import io.parley.core.command.Refusal;
import io.parley.core.command.Signature;
import io.parley.protocol.proto.JsonObjectMessage;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Fields that several commands share, from the wire's types to the model's and back.
final class Fields {
    /// Ids that clients make up themselves, such as tags and tokens.
    private static final int MAX_ID_LENGTH = 256;

    /// Always three digits and a capital Z: Swift and C# parse by a fixed pattern. Source: protocol 0.2.
    private static final DateTimeFormatter ISO =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private Fields() {}

    static Optional<String> text(String value) {
        return value.isEmpty() ? Optional.empty() : Optional.of(value);
    }

    /// @param code of the refusal when the value is longer than any client makes them
    static String bounded(String name, String value, ErrorCode code) {
        if (value.length() > MAX_ID_LENGTH)
            throw Refusal.of(code, "%s has at most %d characters; got %d", name, MAX_ID_LENGTH, value.length());
        return value;
    }

    static ConversationId conversation(String cid) {
        return conversation(cid, ErrorCode.CONVERSATION_NOT_FOUND);
    }

    /// @param code of the refusal when there is none, or one that cannot exist
    static ConversationId conversation(String cid, ErrorCode code) {
        if (cid.isEmpty()) throw Refusal.of(code, "the command names no conversation");
        try {
            return new ConversationId(cid);
        } catch (Refusal malformed) {
            throw Refusal.of(code, malformed.detail());
        }
    }

    static List<ConversationId> conversations(List<String> cids) {
        return cids.stream().map(Fields::conversation).toList();
    }

    static List<ClientId> clients(List<String> pids) {
        List<ClientId> clients = new ArrayList<>(pids.size());
        for (String pid : pids) clients.add(new ClientId(pid));
        return clients;
    }

    /// Leaves out what cannot be a client: nobody of that name can be meant.
    static List<ClientId> possibleClients(List<String> pids) {
        if (pids.isEmpty()) return List.of();
        List<ClientId> clients = new ArrayList<>(pids.size());
        for (String pid : pids)
            if (!pid.isEmpty() && pid.codePointCount(0, pid.length()) <= ClientId.MAX_LENGTH)
                clients.add(new ClientId(pid));
        return clients;
    }

    static List<String> names(List<ClientId> clients) {
        List<String> names = new ArrayList<>(clients.size());
        for (ClientId client : clients) names.add(client.value());
        return names;
    }

    static Optional<MessageId> message(String mid) {
        return mid.isEmpty() ? Optional.empty() : Optional.of(new MessageId(mid));
    }

    /// JS writes `mentionAll` as false and an empty list when nobody is mentioned. Source: protocol 4.5.1.
    static Mentions mentions(boolean all, List<String> pids) {
        return Mentions.of(all, possibleClients(pids));
    }

    /// A message is exactly one of text and bytes; an empty byte field beside a text means nothing. Source: protocol
    /// 10.1, 4.
    static Optional<Content> content(boolean hasText, String text, ByteString bytes, boolean hasBytes) {
        if (!bytes.isEmpty()) return Optional.of(new Content.Binary(bytes.toByteArray()));
        return hasText || hasBytes ? Optional.of(new Content.Text(text)) : Optional.empty();
    }

    /// The bytes of a message are never changed, so that they need not be copied.
    static ByteString bytes(Content.Binary content) {
        return UnsafeByteOperations.unsafeWrap(content.value());
    }

    /// @param time the timestamp as it was signed
    static Optional<Signature> signature(String signature, String time, String nonce) {
        return signature.isEmpty() ? Optional.empty() : Optional.of(new Signature(signature, time, nonce));
    }

    static String iso(Instant time) {
        return ISO.format(time);
    }

    static int seconds(Duration ttl) {
        return (int) Math.min(ttl.toSeconds(), Integer.MAX_VALUE);
    }

    static JsonObjectMessage json(String text) {
        return JsonObjectMessage.newBuilder().setData(text).build();
    }
}
