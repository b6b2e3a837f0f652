/// Durable work for later: what must still happen when the process dies in between. Entry classes:
/// [io.parley.core.outbox.Outbox], where it is kept, and [io.parley.core.outbox.Couriers], which see to it that it is
/// done. Knows nothing of what the work is.
@NullMarked
package io.parley.core.outbox;

import org.jspecify.annotations.NullMarked;
