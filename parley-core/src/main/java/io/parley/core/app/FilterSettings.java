package io.parley.core.app;

/// What becomes of words that are not wanted. Source: semantics 12.
///
/// @param file UTF-8 text, one word a line, on the server's own disk; empty: only words given over REST
/// @param oneToOne also in conversations of two
/// @param action what happens to a message with such a word
public record FilterSettings(String file, boolean oneToOne, Action action) {
    public static final FilterSettings DEFAULT = new FilterSettings("", false, Action.REPLACE);

    public enum Action {
        /// Each word becomes `***`, and the sender is told.
        REPLACE,
        REFUSE
    }
}
