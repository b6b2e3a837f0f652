/// Checks of signed operations. Entry class: [io.parley.core.signature.Signatures]. Knows no session.
@NullMarked
package io.parley.core.signature;

import org.jspecify.annotations.NullMarked;
