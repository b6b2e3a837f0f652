/// How fast a client may send commands. Entry class: [io.parley.core.limit.RateLimits].
@NullMarked
package io.parley.core.limit;

import org.jspecify.annotations.NullMarked;
