/// SQL behind core's storage interfaces. Entry class: [io.parley.store.SqliteStorage].
/// Knows core's interfaces only; never a socket or a wire format.
@NullMarked
package io.parley.store;

import org.jspecify.annotations.NullMarked;
