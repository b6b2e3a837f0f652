/// A server that is killed in the middle of its work, and what must be true afterwards. Entry class:
/// [io.parley.conformance.crash.CrashTest].
@NullMarked
package io.parley.conformance.crash;

import org.jspecify.annotations.NullMarked;
