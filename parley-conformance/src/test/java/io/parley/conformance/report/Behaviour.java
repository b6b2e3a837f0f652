package io.parley.conformance.report;

import io.parley.conformance.sdk.Feature;
import io.parley.conformance.sdk.Sdk;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/// What a client can expect of the server, and which SDKs can show it. The columns and rows of docs/compatibility.md.
@SuppressWarnings("ImmutableEnumChecker") // both sets are made by Set.of
public enum Behaviour {
    CREATE("create", "The first client creates a conversation with the second, which is told."),
    SEND("send", "Each sends to the other; text, attributes, sender and time arrive as sent."),
    RAW("untyped", "Text that is no typed message arrives byte for byte."),
    DELIVERED("delivered", "The sender who asked for a receipt is told that the message was delivered."),
    READ("read", "The sender is told that the message was read.", Set.of(Feature.READING), Set.of(Feature.READING)),
    HISTORY("history", "The second client pages through what the first one sent, newest page first."),
    QUERY("query", "The second client finds the conversation by its members, with its last message."),
    UNREAD(
            "unread",
            "Back from a time offline, the second client is told how many messages wait, and reads them from history.",
            Set.of(),
            Set.of(Feature.UNREAD_COUNTS)),
    PUSHED(
            "pushed",
            "Back from a time offline, the second client is sent the messages themselves, once.",
            Set.of(),
            Set.of(Feature.PUSHED_MESSAGES)),
    EDIT("edit", "The sender changes a message; the other is told and finds the new text in history.", Feature.EDITING),
    RECALL(
            "recall",
            "The sender takes a message back; the other is told and finds the fact in history.",
            Feature.RECALLING),

    DISCOVERY("finds the server by its compiled-in host names, when they lead here", Feature.COMPILED_IN_NAMES),
    MEMBERSHIP("add, remove, join, leave: everybody concerned is told"),
    COUNT("number of members", Feature.COUNTING),
    SORTED_QUERY("query: sort, limit, skip, by name"),
    RECEIPT_TIMES("until when the other has read, on request", Feature.READING),
    UNIQUE("the unique conversation of a set of members"),
    FORWARD_HISTORY("history from old to new, between two messages, by type", Feature.FORWARD_HISTORY),
    ATTRIBUTES("name and attributes of a conversation changed", Feature.ATTRIBUTES),
    CHANGE_NOTICES("told when another client changes name or attributes", Feature.CHANGE_NOTICES),
    BURST("a burst of messages arrives complete and in order"),
    TRANSIENT("transient message: delivered, not stored"),
    BINARY("binary message", Feature.BINARY_MESSAGES),
    MENTIONS("mentions of some and of all", Feature.MENTIONS),
    MUTE("mute and unmute", Feature.MUTING),
    PRESENCE("who is online"),
    DEVICES("several devices of one client kept in step"),
    UNREAD_CLEARED("reading on one device clears the count on the other", Feature.UNREAD_COUNTS),
    CONFLICT("the older device with the same tag is told why and closed", Feature.TAGS),
    AUTOMATIC_LOGIN("an automatic login does not push out a newer device", Feature.AUTOMATIC_LOGIN),
    SHARED_CONNECTION("several clients on one socket", Feature.SHARED_CONNECTION),
    RECONNECT("a lost socket: back by itself, nothing missed", Feature.SELF_HEALING),
    RESUME("back after a pause with its session token", Feature.UNREAD_COUNTS),
    REPLAYED_NOTICES("membership notices missed while away arrive on return", Feature.REPLAYED_NOTICES),
    PATCH_SYNC("edits and recalls made while away arrive on return", Feature.EDITING),
    TEXT_FRAMES("base64 text frames instead of binary", Feature.TEXT_FRAMES),
    REFUSAL("a refused operation reports its code, and the client goes on"),
    LONG_TEXT("Chinese, emoji and a message of the largest size"),
    ROOM("chat room: join, talk, leave, read its history"),
    ROOM_RETURN("back in its chat room after a lost socket", Feature.SELF_HEALING),
    TEMPORARY("temporary conversation", Feature.TEMPORARY_CONVERSATIONS),
    ROLES("owner, manager, member", Feature.MODERATION),
    SILENCE("members silenced and heard again", Feature.MODERATION),
    BLACKLIST("members blocked and let in again", Feature.MODERATION),
    SIGNATURES("logins and conversations signed by the application's server"),
    BLACKLIST_SIGNATURES("blocking signed by the application's server", Feature.MODERATION),
    WILL("a message left for the case that the connection drops", Feature.WILLS);

    private final String title;
    private final String meaning;
    private final boolean betweenTwo;
    private final Set<Feature> first;
    private final Set<Feature> second;

    /// Between two clients of any SDKs.
    Behaviour(String title, String meaning, Set<Feature> first, Set<Feature> second) {
        this.title = title;
        this.meaning = meaning;
        this.betweenTwo = true;
        this.first = first;
        this.second = second;
    }

    Behaviour(String title, String meaning, Feature first) {
        this(title, meaning, Set.of(first), Set.of());
    }

    Behaviour(String title, String meaning) {
        this(title, meaning, Set.of(), Set.of());
    }

    /// Of one SDK.
    Behaviour(String title, Feature... needed) {
        this.title = title;
        this.meaning = title;
        this.betweenTwo = false;
        this.first = Set.of(needed);
        this.second = Set.of();
    }

    public String title() {
        return title;
    }

    public String meaning() {
        return meaning;
    }

    public boolean isBetweenTwo() {
        return betweenTwo;
    }

    public boolean appliesTo(Sdk one) {
        return !betweenTwo && first.stream().allMatch(one::has);
    }

    public boolean appliesTo(Sdk sender, Sdk receiver) {
        return betweenTwo
                && first.stream().allMatch(sender::has)
                && second.stream().allMatch(receiver::has);
    }

    /// Every combination of SDKs that can show it: lists of one or of two.
    public List<List<Sdk>> casts() {
        List<List<Sdk>> casts = new ArrayList<>();
        for (Sdk one : Sdk.values()) {
            if (appliesTo(one)) casts.add(List.of(one));
            Arrays.stream(Sdk.values())
                    .filter(other -> appliesTo(one, other))
                    .forEach(other -> casts.add(List.of(one, other)));
        }
        return casts;
    }
}
