/// Notifications of devices whose client is offline: what they say, which devices get them, what became of them.
/// Entry class: [io.parley.core.push.Push]. Knows no vendor's wire.
@NullMarked
package io.parley.core.push;

import org.jspecify.annotations.NullMarked;
