package io.parley.core.push;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.core.app.App;
import io.parley.core.command.ClientId;
import io.parley.core.outbox.Job;
import io.parley.core.push.PushJob.Receiver;
import io.parley.core.push.PushJob.Send;
import io.parley.core.record.Row;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// Makes jobs for single platforms of the devices that were found. Thread-safe; may block.
final class Plan {
    /// Devices of one job: few enough that a claim does not run out, many enough that a vendor's bulk calls pay.
    static final int PER_JOB = 200;

    private final Devices devices;
    private final PushProviders providers;

    Plan(Devices devices, PushProviders providers) {
        this.devices = devices;
        this.providers = providers;
    }

    /// @param push its id, content and time
    /// @param clients whose devices these are; empty when it does not matter
    /// @param lane jobs of a platform and lane follow each other
    List<Job> of(App app, PushJob push, List<Row> rows, Set<ClientId> clients, String lane) {
        JsonNode badge = push.content().on(Platform.IOS).path(PushContent.BADGE);
        Map<Platform, List<Receiver>> byPlatform = new EnumMap<>(Platform.class);
        for (Row row : rows) {
            Platform platform = Platform.ofInstallation(row.data());
            // Where nobody set up the webhook, such devices just have no push. A vendor that is not set up is told.
            if (platform.isWithoutVendor() && !providers.reaches(app, platform)) continue;
            byPlatform
                    .computeIfAbsent(platform, any -> new ArrayList<>())
                    .add(new Receiver(
                            row.id(),
                            client(row, clients),
                            platform == Platform.IOS ? badge(row, badge) : OptionalInt.empty()));
        }
        List<Job> jobs = new ArrayList<>();
        byPlatform.forEach((platform, receivers) -> {
            for (int from = 0; from < receivers.size(); from += PER_JOB)
                jobs.add(new Send(
                                push.id(),
                                push.content(),
                                push.expiresAt(),
                                push.detailed(),
                                platform,
                                receivers.subList(from, Math.min(receivers.size(), from + PER_JOB)))
                        .job(app.id(), lane + " " + platform.key()));
        });
        return jobs;
    }

    private static Optional<ClientId> client(Row row, Set<ClientId> clients) {
        if (clients.isEmpty()) return Optional.empty();
        for (JsonNode channel : row.data().path("channels")) {
            String name = channel.asText("");
            if (name.isEmpty()) continue;
            for (ClientId client : clients) if (client.value().equals(name)) return Optional.of(client);
        }
        return Optional.empty();
    }

    private OptionalInt badge(Row row, JsonNode badge) {
        if (badge.asText("").equals(PushContent.INCREMENT)) return OptionalInt.of(devices.incrementBadge(row.key()));
        if (!badge.isIntegralNumber()) return OptionalInt.empty();
        devices.setBadge(row, badge.intValue());
        return OptionalInt.of(badge.intValue());
    }
}
