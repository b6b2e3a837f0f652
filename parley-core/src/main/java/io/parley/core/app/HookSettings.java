package io.parley.core.app;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Which code of the application is asked and told, and how. Source: semantics 10.
///
/// @param engineUrl base address of the application's cloud functions; empty: it has none
/// @param key what hook code compares with its `LEANCLOUD_APP_HOOK_KEY`; also signs calls. Empty: the master key signs
/// @param urls `_messageReceived=https://…`: an address for one hook, instead of the engine
/// @param timeout how long a hook may take
/// @param timeouts `_messageReceived=5s`: another time for one hook
/// @param failClosed names of hooks whose failure refuses what they were asked about, or `all`; otherwise it goes on
///     as if there was no hook
/// @param bodySignature put `__sign` into bodies, for engine libraries of 2015 to 2018
/// @param uplinkUrl where messages to service conversations go; empty: nowhere
/// @param attempts so often a hook that is told afterwards is tried
public record HookSettings(
        String engineUrl,
        String key,
        List<String> urls,
        Duration timeout,
        List<String> timeouts,
        List<String> failClosed,
        boolean bodySignature,
        String uplinkUrl,
        int attempts) {
    private static final String ALL = "all";
    private static final Duration LONGEST = Duration.ofSeconds(10);
    private static final Pattern TIME = Pattern.compile("([0-9]{1,6})(ms|s)");

    // After the constants that its checks use.
    public static final HookSettings DEFAULT =
            new HookSettings("", "", List.of(), Duration.ofSeconds(3), List.of(), List.of(), false, "", 12);

    public HookSettings {
        urls = List.copyOf(urls);
        timeouts = List.copyOf(timeouts);
        failClosed = List.copyOf(failClosed);
        engineUrl = withoutSlash(checkUrl("engineUrl", engineUrl));
        checkUrl("uplinkUrl", uplinkUrl);
        for (String entry : urls) checkUrl("urls", split("urls", entry)[1]);
        checkTime(timeout);
        for (String entry : timeouts) checkTime(time(split("timeouts", entry)[1]));
        for (String name : failClosed) if (!name.equals(ALL)) hook("failClosed", name);
        if (attempts < 1) throw new IllegalArgumentException("attempts must be at least 1");
    }

    private static String checkUrl(String setting, String url) {
        if (!url.isEmpty() && !url.startsWith("http://") && !url.startsWith("https://"))
            throw new IllegalArgumentException(setting + " must begin with http:// or https://; got \"" + url + "\"");
        return url;
    }

    private static String withoutSlash(String url) {
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    private static String[] split(String setting, String entry) {
        String[] parts = entry.split("=", 2);
        if (parts.length < 2)
            throw new IllegalArgumentException(
                    setting + " has entries like _messageReceived=value; got \"" + entry + "\"");
        hook(setting, parts[0]);
        return parts;
    }

    private static Hook hook(String setting, String name) {
        return Hook.of(name)
                .orElseThrow(() -> new IllegalArgumentException(
                        setting + " names no hook with \"" + name + "\"; there are " + Hook.names()));
    }

    private static Duration time(String text) {
        Matcher matcher = TIME.matcher(text);
        if (!matcher.matches())
            throw new IllegalArgumentException("a time of timeouts looks like 500ms or 5s; got \"" + text + "\"");
        long amount = Long.parseLong(matcher.group(1));
        return matcher.group(2).equals("s") ? Duration.ofSeconds(amount) : Duration.ofMillis(amount);
    }

    private static void checkTime(Duration time) {
        if (!time.isPositive() || time.compareTo(LONGEST) > 0)
            throw new IllegalArgumentException("a hook may take up to 10s; got " + time);
    }

    /// Whether there may be any hook at all: the quick way out for apps that have none.
    public boolean any() {
        return !engineUrl.isEmpty() || !urls.isEmpty();
    }

    /// The address that is set for one hook.
    public Optional<String> url(Hook hook) {
        return value(urls, hook);
    }

    public Duration timeout(Hook hook) {
        return value(timeouts, hook).map(HookSettings::time).orElse(timeout);
    }

    public boolean failsClosed(Hook hook) {
        return failClosed.contains(ALL) || failClosed.contains(hook.function());
    }

    private static Optional<String> value(List<String> entries, Hook hook) {
        for (String entry : entries) {
            int name = hook.function().length();
            if (entry.startsWith(hook.function()) && entry.startsWith("=", name))
                return Optional.of(entry.substring(name + 1));
        }
        return Optional.empty();
    }

    @Override
    public String toString() {
        return "HookSettings[" + engineUrl + "]"; // the key never reaches a log
    }
}
