package io.parley.migrate.source;

import io.parley.migrate.archive.ArchiveWriter;
import io.parley.migrate.archive.Damage;
import io.parley.migrate.archive.DamagedArchive;
import io.parley.migrate.archive.SetName;
import java.io.IOException;

/// One part of a crawl: fills a set, or goes on filling it where the last run ended.
interface Step {
    SetName set();

    void run(RestClient rest, ArchiveWriter archive, Watcher watcher) throws IOException;

    /// What was written already must be readable, or a resumed crawl would leave holes.
    static void refuseDamage(Damage damage, String raw) throws IOException {
        throw new DamagedArchive(damage);
    }
}
