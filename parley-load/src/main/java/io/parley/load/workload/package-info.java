/// The loads that can be put on a server, each a sub-command of [io.parley.load.Bench]. Knows clients and
/// measurements.
@NullMarked
package io.parley.load.workload;

import org.jspecify.annotations.NullMarked;
