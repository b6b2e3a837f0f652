/// Servers for tests. Entry classes: [io.parley.testing.ParleyServer], which runs inside the test's process, and
/// [io.parley.testing.ParleyProcess], which can be killed.
@NullMarked
package io.parley.testing;

import org.jspecify.annotations.NullMarked;
