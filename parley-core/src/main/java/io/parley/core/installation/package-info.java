/// Devices that may get pushes. Entry class: [io.parley.core.installation.Installations]. Knows no vendor and no
/// connection.
@NullMarked
package io.parley.core.installation;

import org.jspecify.annotations.NullMarked;
