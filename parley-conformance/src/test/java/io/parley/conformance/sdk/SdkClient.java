package io.parley.conformance.sdk;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;

/// One logged-in client of an official SDK, driven by a test. Operations wait for the SDK's answer. Thread-safe.
public final class SdkClient {
    private final Program process;
    private final String handle;
    private final String id;
    private final Map<String, ?> options;
    private final Recorder recorder;

    /// @param handle names this login inside its program
    SdkClient(Program process, String handle, String id, Map<String, ?> options) {
        this.process = process;
        this.handle = handle;
        this.id = id;
        this.options = options;
        this.recorder = process.recorder(handle);
    }

    public Sdk sdk() {
        return process.sdk();
    }

    Program program() {
        return process;
    }

    /// What the login was made with.
    Map<String, ?> options() {
        return options;
    }

    /// The client id.
    public String id() {
        return id;
    }

    // ---- being there

    public void closes() {
        call("close");
    }

    /// The application says that the network is gone.
    public void goesOffline() {
        call("offline");
    }

    /// The application says that the network is back; returns when the SDK has logged in again.
    public void comesBack() {
        call("online");
    }

    /// The socket ends without a word.
    public void losesItsSocket() {
        call("cut");
    }

    public List<String> asksWhoIsOnline(String... clients) {
        return strings(call("whoIsOnline", "clients", List.of(clients)));
    }

    // ---- conversations

    public String startsConversationWith(SdkClient... others) {
        return startsConversation(Map.of(), others);
    }

    /// @param options of the SDK's own call: `name`, `topic`, `unique`
    public String startsConversation(Map<String, ?> options, SdkClient... others) {
        Map<String, Object> args = new HashMap<>(options);
        args.put("members", ids(others));
        return Conversation.of(call("create", args)).id();
    }

    /// The conversation as the server describes it now.
    public Conversation fetches(String conversation) {
        return Conversation.of(call("conversation", Map.of("cid", conversation, "fresh", true)));
    }

    /// The conversation as the SDK knows it.
    public Conversation knows(String conversation) {
        return Conversation.of(call("conversation", Map.of("cid", conversation)));
    }

    /// @param query `members`, `ids`, `name`, `ascending`, `descending`, `limit`, `skip`, `compact`,
    ///     `lastMessages`
    public List<Conversation> finds(Map<String, ?> query) {
        return StreamSupport.stream(call("find", query).spliterator(), false)
                .map(Conversation::of)
                .toList();
    }

    public void adds(String conversation, SdkClient... others) {
        call("add", Map.of("cid", conversation, "members", ids(others)));
    }

    public void removes(String conversation, SdkClient... others) {
        call("remove", Map.of("cid", conversation, "members", ids(others)));
    }

    public void joins(String conversation) {
        call("join", "cid", conversation);
    }

    public void leaves(String conversation) {
        call("quit", "cid", conversation);
    }

    public void mutes(String conversation) {
        call("mute", "cid", conversation);
    }

    public void unmutes(String conversation) {
        call("unmute", "cid", conversation);
    }

    public int countsMembers(String conversation) {
        return call("count", "cid", conversation).asInt();
    }

    public void changes(String conversation, Map<String, ?> attributes) {
        call("update", Map.of("cid", conversation, "attributes", attributes));
    }

    // ---- messages

    public Message sends(String conversation, String text) {
        return sends(conversation, Map.of("text", text));
    }

    /// @param message `text` with `attributes`, or `content`, or `binary` in base64; `receipt`, `transient`,
    /// `mentions`,
    ///     `mentionAll`
    public Message sends(String conversation, Map<String, ?> message) {
        Map<String, Object> args = new HashMap<>(message);
        args.put("cid", conversation);
        return Message.of(call("send", args));
    }

    /// Sends without waiting for the answer.
    public CompletableFuture<Message> startsSending(String conversation, String text) {
        return process.start("send", Map.of("client", handle, "cid", conversation, "text", text))
                .thenApply(Message::of);
    }

    public void edits(Message message, String text) {
        call("edit", Map.of("cid", message.conversation(), "message", message.reference(), "text", text));
    }

    public void recalls(Message message) {
        call("recall", Map.of("cid", message.conversation(), "message", message.reference()));
    }

    /// The newest messages, in the order the SDK gives them.
    public List<Message> history(String conversation) {
        return history(conversation, Map.of());
    }

    /// @param range `limit`, `start`, `end`, `oldToNew`, `type`; see [#from]
    public List<Message> history(String conversation, Map<String, ?> range) {
        Map<String, Object> args = new HashMap<>(range);
        args.put("cid", conversation);
        return StreamSupport.stream(call("history", args).spliterator(), false)
                .map(Message::of)
                .toList();
    }

    /// A bound for [#history(String, Map)].
    public static Map<String, Object> from(Message message, boolean closed) {
        Map<String, Object> bound = new HashMap<>(message.reference());
        bound.put("closed", closed);
        return bound;
    }

    public void reads(String conversation) {
        call("read", "cid", conversation);
    }

    /// When the newest message the other member acknowledged was sent to it, and until when it has read; 0 if never.
    public Receipts asksForReceipts(String conversation) {
        JsonNode receipts = call("receipts", "cid", conversation);
        return new Receipts(
                receipts.path("delivered").asLong(), receipts.path("read").asLong());
    }

    /// Times in milliseconds since the epoch; 0 means never.
    public record Receipts(long delivered, long read) {}

    // ---- rooms and temporary conversations

    /// @return its id
    public String startsRoom(String name) {
        return Conversation.of(call("createRoom", "name", name)).id();
    }

    public String startsTemporaryConversationWith(Duration ttl, SdkClient... others) {
        return Conversation.of(call("createTemporary", "ttl", ttl.toSeconds(), "members", ids(others)))
                .id();
    }

    /// Leaves a message to be delivered when the connection drops.
    public Message leavesWill(String conversation, String text) {
        return sends(conversation, Map.of("text", text, "will", true));
    }

    // ---- roles, silence, blacklist

    /// What came of an operation on several members.
    ///
    /// @param failures why each other one was left out, by client id
    public record Outcome(List<String> done, Map<String, Integer> failures) {
        private static Outcome of(JsonNode json) {
            Map<String, Integer> failures = new HashMap<>();
            for (JsonNode failure : json.path("failures"))
                for (String client : strings(failure.path("clients")))
                    failures.put(client, failure.path("code").asInt());
            return new Outcome(strings(json.path("done")), failures);
        }
    }

    /// A part of a list of clients.
    ///
    /// @param next where the next part begins; empty at the end
    public record Part(List<String> clients, String next) {
        private static Part of(JsonNode json) {
            return new Part(strings(json.path("clients")), json.path("next").asText(""));
        }
    }

    /// Removes those it may remove.
    public Outcome removesSome(String conversation, SdkClient... others) {
        return Outcome.of(call("removeSome", "cid", conversation, "members", ids(others)));
    }

    /// Adds those it may add.
    public Outcome addsSome(String conversation, SdkClient... others) {
        return Outcome.of(call("addSome", "cid", conversation, "members", ids(others)));
    }

    public void givesRole(String conversation, SdkClient other, String role) {
        call("setRole", "cid", conversation, "member", other.id(), "role", role);
    }

    /// Every member's role, by client id.
    public Map<String, String> asksForRoles(String conversation) {
        Map<String, String> roles = new HashMap<>();
        call("roles", "cid", conversation)
                .properties()
                .forEach(role -> roles.put(role.getKey(), role.getValue().asText()));
        return roles;
    }

    public Outcome silences(String conversation, SdkClient... others) {
        return Outcome.of(call("silence", "cid", conversation, "members", ids(others)));
    }

    public Outcome unsilences(String conversation, SdkClient... others) {
        return Outcome.of(call("unsilence", "cid", conversation, "members", ids(others)));
    }

    public Part asksForSilenced(String conversation, int limit, String next) {
        return Part.of(call("silenced", "cid", conversation, "limit", limit, "next", next));
    }

    public Outcome blocks(String conversation, SdkClient... others) {
        return Outcome.of(call("block", "cid", conversation, "members", ids(others)));
    }

    public Outcome unblocks(String conversation, SdkClient... others) {
        return Outcome.of(call("unblock", "cid", conversation, "members", ids(others)));
    }

    public Part asksForBlocked(String conversation, int limit, String next) {
        return Part.of(call("blocked", "cid", conversation, "limit", limit, "next", next));
    }

    // ---- being told

    /// Takes the next message told to this client in this conversation.
    public Message hears(String conversation) {
        return Message.of(expects("message", conversation).data());
    }

    /// Takes what the SDK tells of this client's own invitation.
    public SdkEvent expectsInvitation(String conversation) {
        SdkEvent invitation = expects("invited", conversation);
        if (sdk().has(Feature.OWN_JOINING)) expects("membersJoined", conversation);
        return invitation;
    }

    /// Takes the next event of that name in that conversation.
    public SdkEvent expects(String event, String conversation) {
        return expects(event, found -> found.conversation().equals(conversation));
    }

    /// Takes the next event of that name that passes the filter.
    public SdkEvent expects(String event, Predicate<SdkEvent> filter) {
        return recorder.next(event, found -> found.name().equals(event) && filter.test(found));
    }

    public SdkEvent expects(String event) {
        return expects(event, found -> true);
    }

    /// Waits until the SDK tells this number of unread messages.
    public Conversation expectsUnread(String conversation, int count) {
        return Conversation.of(expects(
                        "unread",
                        found -> found.conversation().equals(conversation)
                                && found.data().path("unread").asInt() == count)
                .data());
    }

    /// Everything told to this client so far, also what a test took.
    public List<SdkEvent> wasTold() {
        return recorder.all();
    }

    public List<SdkEvent> wasTold(String event) {
        return recorder.all().stream().filter(told -> told.name().equals(event)).toList();
    }

    // ---- how

    private JsonNode call(String operation, Object... pairs) {
        Map<String, Object> args = new HashMap<>();
        for (int i = 0; i < pairs.length; i += 2) args.put((String) pairs[i], pairs[i + 1]);
        return call(operation, args);
    }

    private JsonNode call(String operation, Map<String, ?> args) {
        Map<String, Object> all = new HashMap<>(args);
        all.put("client", handle);
        return process.call(operation, all);
    }

    /// Says goodbye without waiting for an answer, which a client without a session never gets.
    void abandons() {
        process.start("close", Map.of("client", handle));
    }

    private static List<String> ids(SdkClient... clients) {
        return Arrays.stream(clients).map(SdkClient::id).toList();
    }

    private static List<String> strings(JsonNode list) {
        List<String> strings = new ArrayList<>();
        list.forEach(item -> strings.add(item.asText()));
        return strings;
    }

    @Override
    public String toString() {
        return handle + " on " + sdk();
    }
}
