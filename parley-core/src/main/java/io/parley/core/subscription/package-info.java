/// Who subscribes to which service conversation. Entry class: [io.parley.core.subscription.Subscriptions].
/// Subscribers are no members: there is no limit to them, and a conversation's snapshot does not hold them.
@NullMarked
package io.parley.core.subscription;

import org.jspecify.annotations.NullMarked;
