/// What an operator or a load balancer sees of a server: health and metrics. Entry classes:
/// [io.parley.server.ops.Health] and [io.parley.server.ops.Metrics].
@NullMarked
package io.parley.server.ops;

import org.jspecify.annotations.NullMarked;
