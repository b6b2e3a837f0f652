/// What an operator may set, and where it may come from: flags, environment, a YAML file, defaults, in this order.
/// Entry class: [io.parley.server.config.ServerConfig]. Knows records only, nothing that runs.
@NullMarked
package io.parley.server.config;

import org.jspecify.annotations.NullMarked;
