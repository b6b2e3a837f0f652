/// Logged-in clients: open, refresh, close, tags and conflicts, session tokens, who is online.
/// Entry class: [io.parley.core.session.Sessions]. Knows no conversation and no message.
@NullMarked
package io.parley.core.session;

import org.jspecify.annotations.NullMarked;
