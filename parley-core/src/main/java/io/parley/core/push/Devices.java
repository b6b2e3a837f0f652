package io.parley.core.push;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.core.command.AppId;
import io.parley.core.command.ClientId;
import io.parley.core.query.Filter;
import io.parley.core.record.ClassNames;
import io.parley.core.record.Index;
import io.parley.core.record.RecordKey;
import io.parley.core.record.RecordStore;
import io.parley.core.record.RecordStore.By;
import io.parley.core.record.RecordStore.Position;
import io.parley.core.record.RecordStore.Walk;
import io.parley.core.record.Row;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// Rows of `_Installation` as a push needs them. Thread-safe; may block. Source: semantics 13.4.
final class Devices {
    /// Devices that were not heard of for longer get nothing.
    static final Duration HEARD_OF = Duration.ofDays(90);

    private static final String VALID = "valid";
    private static final int PORTION = 500;

    /// Rows that are looked at in one go, so that a claim does not run out over a condition that few match.
    private static final int LOOKED_AT = 20_000;

    private final RecordStore records;
    private final Clock clock;

    Devices(RecordStore records, Clock clock) {
        this.records = records;
        this.clock = clock;
    }

    private boolean isReachable(Row row) {
        return row.data().path(VALID).asBoolean(true)
                && !row.updatedAt().isBefore(clock.instant().minus(HEARD_OF))
                && !Platform.ofInstallation(row.data()).token(row.data()).isEmpty();
    }

    /// The devices that listen to one of the clients.
    List<Row> ofClients(AppId app, Collection<ClientId> clients) {
        List<String> channels = clients.stream().map(ClientId::value).toList();
        return records.findBy(app, ClassNames.INSTALLATION, Index.CHANNELS, channels).stream()
                .filter(this::isReachable)
                .toList();
    }

    /// Those with one of these ids that can still be reached.
    Map<String, Row> byId(AppId app, Collection<String> ids) {
        Map<String, Row> rows = new LinkedHashMap<>();
        for (Row row : records.find(app, ClassNames.INSTALLATION, ids)) if (isReachable(row)) rows.put(row.id(), row);
        return rows;
    }

    /// @param next where the next portion begins; absent: there is none
    record Portion(List<Row> rows, Optional<String> next) {}

    Portion portion(AppId app, Audience.Matching audience, Optional<String> after) {
        Filter filter = Filter.compile(audience.where(), Filter.Rules.RECORDS);
        Set<String> channels = Set.copyOf(audience.channels());
        return portion(app, row -> listens(row.data(), channels) && filter.matches(searchable(row)), after);
    }

    private static boolean listens(ObjectNode installation, Set<String> channels) {
        if (channels.isEmpty()) return true;
        for (var channel : installation.path(Index.CHANNELS)) if (channels.contains(channel.asText())) return true;
        return false;
    }

    private static ObjectNode searchable(Row row) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.setAll(row.data());
        return document.put("objectId", row.id())
                .put("createdAt", row.createdAt().toString())
                .put("updatedAt", row.updatedAt().toString());
    }

    private Portion portion(AppId app, Predicate<Row> wanted, Optional<String> after) {
        List<Row> found = new ArrayList<>();
        var last = new Object() {
            int seen;
            Optional<String> id = Optional.empty();
        };
        var from = new Walk(By.ID, false, after.map(id -> new Position(Instant.EPOCH, id)));
        records.visit(app, ClassNames.INSTALLATION, from, row -> {
            if (isReachable(row) && wanted.test(row)) found.add(row);
            boolean full = found.size() == PORTION || ++last.seen == LOOKED_AT;
            if (full) last.id = Optional.of(row.id());
            return !full;
        });
        return new Portion(found, last.id);
    }

    /// Devices named by what vendors and SDKs know them by.
    List<Row> named(AppId app, Audience.Devices audience) {
        Map<String, Row> rows = new LinkedHashMap<>();
        for (String index : List.of(Index.DEVICE_TOKEN, Index.INSTALLATION_ID, Index.REGISTRATION_ID))
            for (Row row : records.findBy(app, ClassNames.INSTALLATION, index, audience.ids())) rows.put(row.id(), row);
        return rows.values().stream()
                .filter(row -> isReachable(row) && fits(row.data(), audience))
                .toList();
    }

    private static boolean fits(ObjectNode installation, Audience.Devices audience) {
        boolean ios = Platform.ofInstallation(installation) == Platform.IOS;
        return ios == audience.ios()
                && audience.vendor()
                        .filter(vendor -> !vendor.equalsIgnoreCase(
                                installation.path("vendor").asText("")))
                        .isEmpty()
                && audience.profile()
                        .filter(profile -> !profile.equals(profile(installation)))
                        .isEmpty();
    }

    static String profile(ObjectNode installation) {
        String profile = installation.path("deviceProfile").asText("");
        return profile.isEmpty() ? Target.DEFAULT_PROFILE : profile;
    }

    /// Makes a device unreachable, unless it has another token by now.
    void retire(RecordKey device, String token) {
        records.update(device, data -> {
            boolean same = Platform.ofInstallation(data).token(data).equals(token);
            return same ? data.put(VALID, false) : data;
        });
    }

    /// Counts on the badge of a device and tells the new number.
    int incrementBadge(RecordKey device) {
        return records.update(
                        device,
                        data -> data.put(
                                PushContent.BADGE, data.path(PushContent.BADGE).asInt(0) + 1))
                .map(row -> row.data().path(PushContent.BADGE).asInt(1))
                .orElse(1);
    }

    /// Remembers what the badge shows, so that the next increment counts from there.
    void setBadge(Row device, int badge) {
        if (device.data().path(PushContent.BADGE).asInt(0) != badge)
            records.update(device.key(), data -> data.put(PushContent.BADGE, badge));
    }
}
