/// Proof that a chat kept its promises: a seeded chat that survives the server's death, a record of what every
/// device saw, and rules that the record must obey. Entry classes: [io.parley.load.history.ChatLoad],
/// [io.parley.load.history.HistoryChecker]. Knows the server's promises, not how it keeps them.
@NullMarked
package io.parley.load.history;

import org.jspecify.annotations.NullMarked;
