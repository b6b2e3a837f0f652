package io.parley.load.history;

/// A message as a device saw it.
///
/// @param timestamp milliseconds since the epoch, by the server's clock
/// @param text unique within a recording: what tells one message from another, whatever id the server gives it
public record Message(String id, long timestamp, String from, String text) {}
