/// Where a message is, and what has become of it. Entry class: [io.parley.core.trace.Traces]. Only reads.
@NullMarked
package io.parley.core.trace;

import org.jspecify.annotations.NullMarked;
