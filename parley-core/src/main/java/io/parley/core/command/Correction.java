package io.parley.core.command;

import java.util.OptionalInt;

/// Why a message reads otherwise than its sender wrote it. Source: semantics 6.8.
///
/// @param code negative for reasons of ours, positive for those of the application; absent when it gave none
public record Correction(OptionalInt code, String reason) {
    /// Words were replaced.
    public static final Correction BY_FILTER = new Correction(OptionalInt.of(-4408), "MESSAGE_MODIFIED_BY_CENSORSHIP");
}
