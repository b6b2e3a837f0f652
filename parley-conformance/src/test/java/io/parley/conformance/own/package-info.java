/// A program on Parley's own client SDK that does what the programs on the official SDKs do. Entry class:
/// [io.parley.conformance.own.OwnProgram].
@NullMarked
package io.parley.conformance.own;

import org.jspecify.annotations.NullMarked;
