/// What follows an accepted message, from the outbox: the application is told, and whoever was offline is notified.
/// Entry class: [io.parley.core.aftermath.Consequences]. Knows neither how the application is reached nor how a
/// device is.
@NullMarked
package io.parley.core.aftermath;

import org.jspecify.annotations.NullMarked;
