/// Sockets: upgrade, frames, lanes, heartbeats, back-pressure. Entry class: [io.parley.gateway.Gateway].
/// Knows core and the wire; never storage or HTTP routes.
@NullMarked
package io.parley.gateway;

import org.jspecify.annotations.NullMarked;
