/// Compares archives with servers. Entry class: [io.parley.migrate.verify.Verifier].
@NullMarked
package io.parley.migrate.verify;

import org.jspecify.annotations.NullMarked;
