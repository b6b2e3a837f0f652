/// Parley against the official SDKs: what applications see, not what is on the wire.
@NullMarked
package io.parley.conformance;

import org.jspecify.annotations.NullMarked;
