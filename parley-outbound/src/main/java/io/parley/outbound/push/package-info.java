/// Vendors that bring notifications to devices. Entry class: [io.parley.outbound.push.Vendors]; each vendor's wire is
/// known to one class.
@NullMarked
package io.parley.outbound.push;

import org.jspecify.annotations.NullMarked;
