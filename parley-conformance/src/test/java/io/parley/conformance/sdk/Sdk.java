package io.parley.conformance.sdk;

import static io.parley.conformance.sdk.Feature.ATTRIBUTES;
import static io.parley.conformance.sdk.Feature.AUTOMATIC_LOGIN;
import static io.parley.conformance.sdk.Feature.BINARY_MESSAGES;
import static io.parley.conformance.sdk.Feature.CATCHING_UP;
import static io.parley.conformance.sdk.Feature.CHANGE_NOTICES;
import static io.parley.conformance.sdk.Feature.COMPILED_IN_NAMES;
import static io.parley.conformance.sdk.Feature.COUNTING;
import static io.parley.conformance.sdk.Feature.EDITING;
import static io.parley.conformance.sdk.Feature.FORWARD_HISTORY;
import static io.parley.conformance.sdk.Feature.MENTIONS;
import static io.parley.conformance.sdk.Feature.MODERATION;
import static io.parley.conformance.sdk.Feature.MUTING;
import static io.parley.conformance.sdk.Feature.OWN_JOINING;
import static io.parley.conformance.sdk.Feature.PUSHED_MESSAGES;
import static io.parley.conformance.sdk.Feature.READING;
import static io.parley.conformance.sdk.Feature.RECALLING;
import static io.parley.conformance.sdk.Feature.REPLAYED_NOTICES;
import static io.parley.conformance.sdk.Feature.SELF_HEALING;
import static io.parley.conformance.sdk.Feature.SHARED_CONNECTION;
import static io.parley.conformance.sdk.Feature.TAGS;
import static io.parley.conformance.sdk.Feature.TEMPORARY_CONVERSATIONS;
import static io.parley.conformance.sdk.Feature.TEXT_FRAMES;
import static io.parley.conformance.sdk.Feature.UNREAD_COUNTS;
import static io.parley.conformance.sdk.Feature.WILLS;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// The official SDK generations the server is tried with, unmodified, as their registries deliver them; two of them run
/// in a browser, too. And Parley's own client SDK.
@SuppressWarnings("ImmutableEnumChecker") // the collections are copies that nobody can change
public enum Sdk {
    JS2(
            "JS 2.4.0",
            "npm `leancloud-realtime` 2.4.0",
            EnumSet.of(PUSHED_MESSAGES, ATTRIBUTES, COUNTING, SELF_HEALING, COMPILED_IN_NAMES, OWN_JOINING),
            "It tries once to come back after a lost socket, five seconds later. If that fails, the application must"
                    + " call `open` again."),
    JS3(
            "JS 3.5.7",
            "npm `leancloud-realtime` 3.5.7",
            EnumSet.complementOf(EnumSet.of(
                    BINARY_MESSAGES,
                    MENTIONS,
                    FORWARD_HISTORY,
                    CHANGE_NOTICES,
                    AUTOMATIC_LOGIN,
                    CATCHING_UP,
                    REPLAYED_NOTICES,
                    TEMPORARY_CONVERSATIONS,
                    MODERATION)),
            "Missed messages are pushed with the option `pushOfflineMessages`, counted without it. The same holds for"
                    + " JS 4.3.1."),
    JS4(
            "JS 4.3.1",
            "npm `leancloud-realtime` 4.3.1",
            EnumSet.complementOf(EnumSet.of(AUTOMATIC_LOGIN, CATCHING_UP)),
            "Its option `isReconnect` throws inside the SDK, before anything is sent. The same holds for JS 5.0.0-rc.8."),
    JS5(
            "JS 5.0.0-rc.8",
            "npm `leancloud-realtime` 5.0.0-rc.8",
            EnumSet.complementOf(EnumSet.of(PUSHED_MESSAGES, AUTOMATIC_LOGIN, CATCHING_UP)),
            "`createConversation` makes unique conversations unless it is told `unique: false`."),
    JS2_BROWSER(JS2, "dist/AV.realtime.min.js"),
    JS5_BROWSER(JS5, "dist/im-browser.min.js"),
    JAVA6(
            "Java 6.0.5",
            "Maven `cn.leancloud:realtime-core` 6.0.5",
            EnumSet.of(
                    READING,
                    UNREAD_COUNTS,
                    EDITING,
                    RECALLING,
                    BINARY_MESSAGES,
                    MENTIONS,
                    MUTING,
                    TAGS,
                    AUTOMATIC_LOGIN,
                    FORWARD_HISTORY,
                    SHARED_CONNECTION,
                    CHANGE_NOTICES,
                    TEMPORARY_CONVERSATIONS,
                    MODERATION,
                    OWN_JOINING,
                    WILLS),
            "It writes changed attributes as something that is no JSON: the server refuses them with 4306.",
            "Its callback for the number of members fails on every answer.",
            "Its option to be sent missed messages has no effect, they are always counted.",
            "After a lost socket the application calls `AVConnectionManager.getInstance().startConnection`; clients then"
                    + " log in again by themselves. On Android the SDK's service does that.",
            "Its lists of silenced and of blocked members fail on every answer.",
            "`AVInstallation.saveInBackground` changes nothing in the object it is called on: the `objectId` is in the object"
                    + " that it emits.",
            "Receipts need `-Dfastjson.parser.autoTypeSupport=true`."),
    PARLEY(
            "Parley Java",
            "Maven `io.parley:parley-client` of this version",
            EnumSet.complementOf(EnumSet.of(COMPILED_IN_NAMES, OWN_JOINING, TEXT_FRAMES)),
            "It is no official SDK, but Parley's own: see [The Java client SDK](java-sdk.md).");

    private final String title;
    private final String packageName;
    private final Set<Feature> features;
    private final List<String> remarks;
    private final Optional<Sdk> onNode;
    private final String script;

    Sdk(String title, String packageName, Set<Feature> features, String... remarks) {
        this.title = title;
        this.packageName = packageName;
        this.features = Set.copyOf(features);
        this.remarks = List.of(remarks);
        this.onNode = Optional.empty();
        this.script = "";
    }

    /// The same package in a page of Chromium.
    ///
    /// @param script of the package, which the page loads by a script tag
    Sdk(Sdk onNode, String script) {
        this.title = onNode.title + " in Chromium";
        this.packageName = onNode.packageName + ", `" + script + "`";
        this.features = onNode.features;
        this.remarks = List.of();
        this.onNode = Optional.of(onNode);
        this.script = script;
    }

    public boolean has(Feature feature) {
        return features.contains(feature);
    }

    public boolean isJavaScript() {
        return this != JAVA6 && this != PARLEY;
    }

    /// Whether it runs in the process of the tests.
    boolean isOwn() {
        return this == PARLEY;
    }

    public boolean isInBrowser() {
        return onNode.isPresent();
    }

    /// The generation, wherever it runs.
    public Sdk generation() {
        return onNode.orElse(this);
    }

    /// What a page loads by a script tag, inside the package; empty for programs that are no page.
    String script() {
        return script;
    }

    /// Name of its folder under `src/test/sdk`.
    String folder() {
        return generation().name().toLowerCase(Locale.ROOT);
    }

    /// What a user of this generation should know, in Markdown.
    public List<String> remarks() {
        return remarks;
    }

    /// As its registry calls it, in Markdown.
    public String packageName() {
        return packageName;
    }

    @Override
    public String toString() {
        return title;
    }
}
