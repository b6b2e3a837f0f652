/// The calls the server makes. Entry class: [io.parley.outbound.Outbound]. Knows core, and no socket that clients
/// connect to.
@NullMarked
package io.parley.outbound;

import org.jspecify.annotations.NullMarked;
