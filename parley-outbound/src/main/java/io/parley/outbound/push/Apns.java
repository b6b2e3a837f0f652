package io.parley.outbound.push;

import com.eatthepath.pushy.apns.ApnsClient;
import com.eatthepath.pushy.apns.ApnsClientBuilder;
import com.eatthepath.pushy.apns.ApnsPushNotification;
import com.eatthepath.pushy.apns.DeliveryPriority;
import com.eatthepath.pushy.apns.PushNotificationResponse;
import com.eatthepath.pushy.apns.PushType;
import com.eatthepath.pushy.apns.auth.ApnsSigningKey;
import com.eatthepath.pushy.apns.util.SimpleApnsPushNotification;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netty.channel.EventLoopGroup;
import io.parley.core.push.Notification;
import io.parley.core.push.PushResult;
import io.parley.core.push.Target;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Apple's push service, by the key of a team (.p8) or by the certificate of an app (.p12), over HTTP/2 with Pushy.
/// Thread-safe; blocks. Source: developer.apple.com, "Sending notification requests to APNs" and "Handling notification
/// responses from APNs".
final class Apns implements Provider {
    private static final Set<String> INVALID = Set.of("Unregistered", "ExpiredToken");
    private static final String BAD_TOKEN = "BadDeviceToken";
    private static final Set<String> DENIED = Set.of(
            "BadCertificate",
            "BadCertificateEnvironment",
            "ExpiredProviderToken",
            "Forbidden",
            "InvalidProviderToken",
            "MissingProviderToken",
            "UnrelatedKeyIdInToken",
            "BadEnvironmentKeyIdInToken");
    private static final Set<String> BUSY = Set.of(
            "TooManyRequests",
            "TooManyProviderTokenUpdates",
            "InternalServerError",
            "ServiceUnavailable",
            "Shutdown",
            "IdleTimeout");

    /// Apple takes no larger one.
    private static final int MAX_COLLAPSE_ID = 64;

    private final Optional<String> team;
    private final Optional<Boolean> onlyDevelopment;
    private final Optional<String> topic;
    private final Duration timeout;
    private final Maker maker;
    private @Nullable ApnsClient production; // both under this object's monitor
    private @Nullable ApnsClient development;

    private interface Maker {
        ApnsClient make(boolean development) throws DeniedException;
    }

    private Apns(
            Optional<String> team,
            Optional<Boolean> onlyDevelopment,
            Optional<String> topic,
            Duration timeout,
            Maker maker) {
        this.team = team;
        this.onlyDevelopment = onlyDevelopment;
        this.topic = topic;
        this.timeout = timeout;
        this.maker = maker;
    }

    static Apns of(Credentials credentials, EventLoopGroup threads) throws DeniedException {
        boolean byKey = credentials.has("keyFile");
        Maker maker = byKey ? keyed(credentials, threads) : certified(credentials, threads);
        Apns apns = new Apns(
                byKey ? Optional.of(credentials.text("teamId")) : Optional.empty(),
                byKey ? Optional.empty() : Optional.of(credentials.flag("development")),
                credentials.find("topic"),
                credentials.timeout(),
                maker);
        apns.client(!byKey && credentials.flag("development")); // a wrong key shows now, not with the first message
        return apns;
    }

    private static Maker keyed(Credentials credentials, EventLoopGroup threads) throws DeniedException {
        Path file = credentials.path("keyFile");
        byte[] pem = Credentials.bytes(file);
        ApnsSigningKey key;
        try {
            key = ApnsSigningKey.loadFromInputStream(
                    new ByteArrayInputStream(pem), credentials.text("teamId"), credentials.text("keyId"));
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            throw new DeniedException(
                    file + " is no key of Apple's: " + e.getClass().getSimpleName(), e);
        }
        return development -> build(credentials, threads, development, new ApnsClientBuilder().setSigningKey(key));
    }

    private static Maker certified(Credentials credentials, EventLoopGroup threads) throws DeniedException {
        Path file = credentials.path("certificateFile");
        byte[] p12 = Credentials.bytes(file);
        String password = credentials.has("passwordFile")
                ? new String(Credentials.bytes(credentials.path("passwordFile")), StandardCharsets.UTF_8).strip()
                : credentials.find("password").orElse("");
        return development -> {
            try {
                return build(
                        credentials,
                        threads,
                        development,
                        new ApnsClientBuilder().setClientCredentials(new ByteArrayInputStream(p12), password));
            } catch (IOException e) {
                throw new DeniedException(file + " is no certificate with key, or its password is another one", e);
            }
        };
    }

    private static ApnsClient build(
            Credentials credentials, EventLoopGroup threads, boolean development, ApnsClientBuilder builder)
            throws DeniedException {
        String host = development ? ApnsClientBuilder.DEVELOPMENT_APNS_HOST : ApnsClientBuilder.PRODUCTION_APNS_HOST;
        var address = credentials.address("endpoint", "https://" + host);
        int port = address.getPort() > 0 ? address.getPort() : ApnsClientBuilder.DEFAULT_APNS_PORT;
        try {
            if (credentials.has("trustedCertificates"))
                builder.setTrustedServerCertificateChain(
                        credentials.path("trustedCertificates").toFile());
            return builder.setApnsServer(address.getHost(), port)
                    .setEventLoopGroup(threads)
                    .setConnectionTimeout(Duration.ofSeconds(5))
                    .build();
        } catch (IOException | IllegalArgumentException e) {
            throw new DeniedException("the connection cannot be made: " + e.getMessage(), e);
        }
    }

    /// Whether this is the account for a device. Keys are good for both environments, certificates for one.
    boolean fits(Optional<String> wantedTeam, boolean wantedDevelopment) {
        if (onlyDevelopment.isPresent()) return onlyDevelopment.get() == wantedDevelopment;
        return wantedTeam.isEmpty() || wantedTeam.equals(team);
    }

    boolean isKeyed() {
        return team.isPresent();
    }

    private synchronized ApnsClient client(boolean forDevelopment) throws DeniedException {
        ApnsClient known = forDevelopment ? development : production;
        if (known != null) return known;
        ApnsClient made = maker.make(forDevelopment);
        if (forDevelopment) development = made;
        else production = made;
        return made;
    }

    @Override
    public List<PushResult> send(Notification notification, List<Target> targets) {
        ApnsClient client;
        try {
            client = client(notification.development());
        } catch (DeniedException e) {
            return Chunks.all(targets, new PushResult.Unauthorized(e.reason()));
        }
        List<@Nullable CompletableFuture<? extends PushNotificationResponse<?>>> answers = new ArrayList<>();
        for (Target target : targets) {
            Optional<String> app = notification.topic().or(target::topic).or(() -> topic);
            answers.add(app.isEmpty() ? null : client.sendNotification(notification(notification, target, app.get())));
        }
        long deadline = System.nanoTime() + timeout.toNanos();
        List<PushResult> results = new ArrayList<>(targets.size());
        for (var answer : answers)
            results.add(
                    answer == null
                            ? new PushResult.Rejected("the device tells no apnsTopic, and no topic is set up")
                            : result(answer, deadline, notification.development()));
        return results;
    }

    private static ApnsPushNotification notification(Notification notification, Target target, String topic) {
        ObjectNode content = notification.content();
        PushType type = pushType(content.path("apns-push-type").asText("alert"));
        boolean low = content.path("apns-priority").asInt(type == PushType.BACKGROUND ? 5 : 10) < 10;
        String collapse = content.path("collapse-id").asText("");
        String id = notification.id() + target.device();
        return new SimpleApnsPushNotification(
                target.token(),
                topic,
                ApnsPayload.of(content, target.badge()),
                notification.expiresAt(),
                low ? DeliveryPriority.CONSERVE_POWER : DeliveryPriority.IMMEDIATE,
                type,
                collapse.isEmpty() ? null : Shown.cut(collapse, MAX_COLLAPSE_ID),
                // The same for every attempt, so that Apple's log shows them together.
                UUID.nameUUIDFromBytes(id.getBytes(StandardCharsets.UTF_8)));
    }

    private static PushType pushType(String name) {
        for (PushType type : PushType.values()) if (type.getHeaderValue().equals(name)) return type;
        return PushType.ALERT;
    }

    private static PushResult result(
            CompletableFuture<? extends PushNotificationResponse<?>> answer, long deadline, boolean development) {
        PushNotificationResponse<?> response;
        try {
            response = answer.get(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            return new PushResult.Later("no answer in time");
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            return new PushResult.Later("no connection: " + cause.getClass().getSimpleName());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new PushResult.Later("interrupted");
        }
        if (response.isAccepted()) return new PushResult.Accepted();
        String reason = response.getRejectionReason().orElse("status " + response.getStatusCode());
        if (INVALID.contains(reason)) return new PushResult.InvalidToken(reason);
        // In the environment for development, tokens of released apps are bad, and no reason to retire them.
        if (reason.equals(BAD_TOKEN))
            return development ? new PushResult.Rejected(reason) : new PushResult.InvalidToken(reason);
        if (DENIED.contains(reason)) return new PushResult.Unauthorized(reason);
        boolean busy = BUSY.contains(reason) || Http.isBusy(response.getStatusCode());
        return busy ? new PushResult.Later(reason) : new PushResult.Rejected(reason);
    }

    @Override
    public synchronized void close() {
        if (production != null) production.close();
        if (development != null) development.close();
    }
}
