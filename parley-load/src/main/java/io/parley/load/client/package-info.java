/// Clients of a few kilobytes each, many on one event loop. Entry class: [io.parley.load.client.LightClient].
/// Knows the wire; not what a workload does with it.
@NullMarked
package io.parley.load.client;

import org.jspecify.annotations.NullMarked;
