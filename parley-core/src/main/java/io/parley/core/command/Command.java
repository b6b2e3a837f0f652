package io.parley.core.command;

/// What a client asks for, whatever wire it came by. One file per feature, all in this package, so that a switch over
/// commands is checked by the compiler.
public sealed interface Command
        permits SessionCommand, ConversationCommand, MemberCommand, ModerationCommand, MessageCommand, ReceiptCommand {}
