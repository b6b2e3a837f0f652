package io.parley.core;

import io.parley.core.app.App;
import io.parley.core.app.Apps;
import io.parley.core.app.StorageSettings;
import io.parley.core.file.BlobStore;
import io.parley.core.file.Files;
import io.parley.core.installation.Installations;
import io.parley.core.record.Records;
import io.parley.core.user.Users;
import java.time.Clock;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What applications keep beside the chat: records, users, devices, files. Thread-safe. Deletes by and by what
/// nobody will ask for again.
public final class Backend implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Backend.class);
    private static final long UPKEEP_MINUTES = 60;

    private final Apps apps;
    private final Clock clock;
    private final Records records;
    private final Users users;
    private final Installations installations;
    private final Files files;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("parley-upkeep").factory());

    public Backend(Apps apps, Storage storage, BlobStore blobs, Clock clock) {
        this.apps = apps;
        this.clock = clock;
        this.records = new Records(storage.records(), clock);
        this.users = new Users(records, storage.records(), clock);
        this.installations = new Installations(records, storage.records());
        this.files = new Files(records, storage.records(), blobs, storage.apps().secret(), clock);
        timer.scheduleWithFixedDelay(this::upkeep, 1, UPKEEP_MINUTES, TimeUnit.MINUTES);
    }

    public Records records() {
        return records;
    }

    public Users users() {
        return users;
    }

    public Installations installations() {
        return installations;
    }

    public Files files() {
        return files;
    }

    private void upkeep() {
        for (App app : apps.all()) {
            try {
                StorageSettings settings = app.settings().storage();
                int devices = installations.expire(app.id(), settings.installationTtl(), clock.instant());
                int uploads = files.forgetUnfinished(app.id(), settings.uploadTtl());
                if (devices + uploads > 0)
                    log.info("deleted what is old app={} installations={} uploads={}", app.id(), devices, uploads);
            } catch (RuntimeException e) {
                log.warn("cannot delete what is old, trying again later app={}", app.id(), e);
            }
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
