/// What the application does with service conversations: make them, write to clients, read what one client sees.
/// Entry class: [io.parley.core.service.ServiceConversations]. Clients come in through `subscription` and
/// `message`.
@NullMarked
package io.parley.core.service;

import org.jspecify.annotations.NullMarked;
