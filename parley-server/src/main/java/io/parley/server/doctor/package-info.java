/// Looks at a machine before a server runs on it and names what is wrong. Entry class:
/// [io.parley.server.doctor.Checkup]. Changes nothing.
@NullMarked
package io.parley.server.doctor;

import org.jspecify.annotations.NullMarked;
