package io.parley.server.doctor;

import static io.parley.server.doctor.Finding.bad;
import static io.parley.server.doctor.Finding.doubtful;
import static io.parley.server.doctor.Finding.good;

import io.parley.core.app.PushSettings;
import io.parley.outbound.HttpCaller;
import io.parley.outbound.OutboundSettings;
import io.parley.outbound.push.Vendors;
import io.parley.server.config.ConfiguredApp;
import io.parley.server.config.ServerConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Whether the credentials of push providers can be used. Calls no vendor.
final class PushAccounts {
    private PushAccounts() {}

    static List<Finding> look(ServerConfig config) {
        Set<PushSettings> settings = new LinkedHashSet<>();
        settings.add(config.appDefaults().push());
        for (ConfiguredApp app : config.apps()) app.settings().ifPresent(own -> settings.add(own.push()));
        List<Finding> findings = new ArrayList<>();
        try (var caller = new HttpCaller(OutboundSettings.DEFAULT);
                var vendors = new Vendors(caller, Clock.systemUTC())) {
            for (PushSettings some : settings)
                for (Vendors.Status status : vendors.status(some)) findings.add(finding(status));
        }
        return findings;
    }

    private static Finding finding(Vendors.Status status) {
        String subject = "push " + status.provider();
        if (status.problem().isPresent())
            return bad(subject, status.problem().get() + "; such devices will not be notified");
        if (isPublic(status.file()))
            return doubtful(subject, status.file() + " can be read by every user of the machine; chmod 600 it");
        return good(subject, "ready, profile " + status.profile());
    }

    private static boolean isPublic(Path file) {
        try {
            return Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ);
        } catch (IOException | UnsupportedOperationException e) {
            return false; // this system has no such rights
        }
    }
}
