/// Archives into servers. Entry class: [io.parley.migrate.load.Importer]; where to is a
/// [io.parley.migrate.load.Target].
@NullMarked
package io.parley.migrate.load;

import org.jspecify.annotations.NullMarked;
