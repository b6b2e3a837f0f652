/// Conversations as documents: creation, unique lookup, attributes, search.
/// Entry class: [io.parley.core.conversation.Conversations]. Knows no message content.
@NullMarked
package io.parley.core.conversation;

import org.jspecify.annotations.NullMarked;
