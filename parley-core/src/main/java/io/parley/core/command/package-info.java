/// The vocabulary of the chat: ids, commands, replies, events and refusals, as plain records.
/// Entry types: [io.parley.core.command.Command], [io.parley.core.command.Reply], [io.parley.core.command.Event].
/// Knows no feature, no wire format and no storage.
@NullMarked
package io.parley.core.command;

import org.jspecify.annotations.NullMarked;
