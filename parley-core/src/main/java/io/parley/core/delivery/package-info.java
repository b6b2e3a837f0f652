/// Who gets an event, on which sessions and in which order. Entry class: [io.parley.core.delivery.Delivery].
/// Knows no wire format; it hands the same [io.parley.core.session.Outgoing] to everybody.
@NullMarked
package io.parley.core.delivery;

import org.jspecify.annotations.NullMarked;
