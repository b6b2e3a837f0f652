/// Words that an app does not want to see in messages. Entry class: [io.parley.core.filter.WordFilter]. Knows text
/// only, no conversation.
@NullMarked
package io.parley.core.filter;

import org.jspecify.annotations.NullMarked;
