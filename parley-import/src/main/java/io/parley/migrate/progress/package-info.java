/// Progress of long work, for a person at a terminal or a log. Entry class:
/// [io.parley.migrate.progress.ProgressLine].
@NullMarked
package io.parley.migrate.progress;

import org.jspecify.annotations.NullMarked;
