/// The archive: a folder of compressed JSON Lines with a manifest, described in docs/archive-format.md. Entry classes:
/// [io.parley.migrate.archive.ArchiveWriter] and [io.parley.migrate.archive.ArchiveReader]. Knows neither servers nor
/// stores.
@NullMarked
package io.parley.migrate.archive;

import org.jspecify.annotations.NullMarked;
