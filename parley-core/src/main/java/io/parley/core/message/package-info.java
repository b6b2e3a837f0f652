/// Messages: send, history, edit, recall. Entry class: [io.parley.core.message.Messages].
/// What needs an order gets it from [io.parley.core.message.MessageLog].
@NullMarked
package io.parley.core.message;

import org.jspecify.annotations.NullMarked;
