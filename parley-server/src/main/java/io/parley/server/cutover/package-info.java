/// Looks at a domain from outside, before and after clients are led to it. Entry class:
/// [io.parley.server.cutover.CutoverCheck].
@NullMarked
package io.parley.server.cutover;

import org.jspecify.annotations.NullMarked;
