package io.parley.outbound.push;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.parley.core.app.App;
import io.parley.core.app.PushSettings;
import io.parley.core.push.Notification;
import io.parley.core.push.Platform;
import io.parley.core.push.PushProviders;
import io.parley.core.push.PushResult;
import io.parley.core.push.Target;
import io.parley.outbound.HttpCaller;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// All vendors, with the accounts of all apps. Thread-safe; blocks.
public final class Vendors implements PushProviders, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Vendors.class);

    private final Http http;
    private final InstantSource clock;
    private final Map<Place, Slot<?>> slots = new ConcurrentHashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable EventLoopGroup appleThreads; // under the lock; most servers never need it

    private record Place(Platform vendor, Platform platform, Path file) {}

    public Vendors(HttpCaller caller, InstantSource clock) {
        this.http = new Http(caller, clock);
        this.clock = clock;
    }

    private static List<Account> accounts(PushSettings settings, Platform vendor) {
        List<String> entries = switch (vendor) {
            case IOS -> settings.apns();
            case FCM -> settings.fcm();
            case HUAWEI -> settings.huawei();
            case XIAOMI -> settings.xiaomi();
            case OPPO -> settings.oppo();
            case VIVO -> settings.vivo();
            case MEIZU -> settings.meizu();
            case HONOR -> settings.honor();
            case ANDROID, OTHER -> settings.webhook();
        };
        return entries.stream().map(Account::of).toList();
    }

    @Override
    public boolean reaches(App app, Platform platform) {
        return !accounts(app.settings().push(), platform).isEmpty()
                || !app.settings().push().webhook().isEmpty();
    }

    @Override
    public List<PushResult> send(App app, Platform platform, Notification notification, List<Target> targets) {
        PushSettings settings = app.settings().push();
        List<Account> accounts = accounts(settings, platform);
        if (!accounts.isEmpty() && platform == Platform.IOS) return apple(accounts, notification, targets);
        Platform vendor = accounts.isEmpty() ? Platform.OTHER : platform;
        if (accounts.isEmpty()) accounts = accounts(settings, vendor);
        if (accounts.isEmpty())
            return Chunks.all(targets, new PushResult.Rejected("no provider is set up for " + platform.key()));
        Map<String, Slot<?>> byProfile = new LinkedHashMap<>();
        for (Account account : accounts) byProfile.put(account.profile(), slot(vendor, platform, account.file()));
        return grouped(targets, target -> Optional.ofNullable(byProfile.get(target.profile())), notification);
    }

    private interface Choice {
        Optional<Slot<?>> of(Target target) throws DeniedException;
    }

    /// Each provider gets its devices together; the results come back in the order of the devices.
    private static List<PushResult> grouped(List<Target> targets, Choice choice, Notification notification) {
        @Nullable PushResult[] results = new PushResult[targets.size()];
        Map<Slot<?>, List<Integer>> groups = new LinkedHashMap<>();
        for (int i = 0; i < results.length; i++) {
            Target target = targets.get(i);
            try {
                Optional<Slot<?>> slot = choice.of(target);
                if (slot.isEmpty()) results[i] = new PushResult.Rejected("no account fits profile " + target.profile());
                else
                    groups.computeIfAbsent(slot.get(), any -> new ArrayList<>()).add(i);
            } catch (DeniedException e) {
                results[i] = new PushResult.Unauthorized(e.reason());
            }
        }
        groups.forEach((slot, places) -> {
            List<PushResult> answers =
                    send(slot, notification, places.stream().map(targets::get).toList());
            for (int i = 0; i < answers.size(); i++) results[places.get(i)] = answers.get(i);
        });
        return Arrays.stream(results)
                .<PushResult>map(result -> result == null ? new PushResult.Later("no answer") : result)
                .toList();
    }

    private static List<PushResult> send(Slot<?> slot, Notification notification, List<Target> targets) {
        List<PushResult> results;
        try {
            results = slot.get().send(notification, targets);
        } catch (DeniedException e) {
            results = Chunks.all(targets, new PushResult.Unauthorized(e.reason()));
        }
        slot.heard(results);
        return results;
    }

    /// A key is preferred to certificates, as is the account that a device names. Source: semantics 13.4.
    private List<PushResult> apple(List<Account> accounts, Notification notification, List<Target> targets) {
        return grouped(
                targets,
                target -> {
                    Optional<String> team = notification.team().or(target::team);
                    Optional<Slot<?>> certificate = Optional.empty();
                    Optional<DeniedException> failure = Optional.empty();
                    for (Account account : accounts) {
                        Slot<Apns> slot = apns(account.file());
                        try {
                            Apns apns = slot.get();
                            boolean named = account.profile().equals(target.profile());
                            if (!named && !account.profile().equals(Target.DEFAULT_PROFILE)) continue;
                            if (!apns.fits(team, notification.development())) continue;
                            if (apns.isKeyed()) return Optional.of(slot);
                            if (certificate.isEmpty() || named) certificate = Optional.of(slot);
                        } catch (DeniedException e) {
                            failure = Optional.of(e);
                        }
                    }
                    if (certificate.isEmpty() && failure.isPresent()) throw failure.get();
                    return certificate;
                },
                notification);
    }

    @SuppressWarnings("unchecked")
    private Slot<Apns> apns(Path file) {
        return (Slot<Apns>) slot(Platform.IOS, Platform.IOS, file);
    }

    /// @param platform of the devices: the webhook tells it
    private Slot<?> slot(Platform vendor, Platform platform, Path file) {
        return slots.computeIfAbsent(
                new Place(vendor, vendor == Platform.OTHER || vendor == Platform.ANDROID ? platform : vendor, file),
                place -> new Slot<>(name(vendor), file, credentials -> provider(place, credentials), clock));
    }

    private static String name(Platform vendor) {
        return vendor.isWithoutVendor() ? "webhook" : vendor.key();
    }

    private Provider provider(Place place, Credentials credentials) throws DeniedException {
        return switch (place.vendor) {
            case IOS -> Apns.of(credentials, appleThreads());
            case FCM -> Fcm.of(credentials, http);
            case HUAWEI -> Huawei.of(credentials, http);
            case XIAOMI -> Xiaomi.of(credentials, http);
            case OPPO -> Oppo.of(credentials, http);
            case VIVO -> Vivo.of(credentials, http);
            case MEIZU -> Meizu.of(credentials, http);
            case HONOR -> Honor.of(credentials, http);
            case ANDROID, OTHER -> Webhook.of(credentials, http, place.platform);
        };
    }

    @SuppressWarnings("deprecation") // Pushy knows groups by their class, and not yet the class that is to be used now
    private EventLoopGroup appleThreads() {
        lock.lock();
        try {
            EventLoopGroup known = appleThreads;
            if (known == null)
                appleThreads = known = new NioEventLoopGroup(1, new DefaultThreadFactory("parley-apns", true));
            return known;
        } finally {
            lock.unlock();
        }
    }

    /// What is set up, and whether its files can be used; nobody is called for it.
    ///
    /// @param problem absent: it looks well
    public record Status(String provider, String profile, Path file, Optional<String> problem) {}

    public List<Status> status(PushSettings settings) {
        List<Status> all = new ArrayList<>();
        for (Platform vendor : Platform.values()) {
            if (vendor == Platform.ANDROID) continue; // the webhook once
            for (Account account : accounts(settings, vendor))
                all.add(new Status(
                        name(vendor),
                        account.profile(),
                        account.file(),
                        problem(slot(vendor, vendor, account.file()))));
        }
        return all;
    }

    private static Optional<String> problem(Slot<?> slot) {
        try {
            slot.get();
            return Optional.empty();
        } catch (DeniedException e) {
            return Optional.of(e.reason());
        }
    }

    /// Says in the log which providers an app has. What is wrong with them is said there too.
    public void announce(App app) {
        for (Status status : status(app.settings().push()))
            if (status.problem().isEmpty())
                log.info(
                        "push provider ready app={} provider={} profile={}",
                        app.id(),
                        status.provider(),
                        status.profile());
    }

    @Override
    public void close() {
        slots.values().forEach(Slot::close);
        EventLoopGroup threads = appleThreads;
        if (threads != null) threads.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }
}
