/// A stand-in for the REST side of LeanCloud, with its quirks and its bad days. Entry class:
/// [io.parley.migrate.standin.StandIn].
@NullMarked
package io.parley.migrate.standin;

import org.jspecify.annotations.NullMarked;
