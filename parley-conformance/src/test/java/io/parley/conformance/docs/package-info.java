/// The documents against the repository they speak of. Entry class: [io.parley.conformance.docs.SeedCoverageTest].
/// Needs no server and no SDK.
@NullMarked
package io.parley.conformance.docs;

import org.jspecify.annotations.NullMarked;
