package io.parley.core.filter;

import io.parley.core.command.AppId;
import java.util.List;
import java.util.Map;

/// Keeps the lists of words that were given over REST. Thread-safe; every method may block.
public interface WordStore {
    /// The lists of all apps that have one.
    Map<AppId, List<String>> all();

    /// Replaces the list of an app; an empty one is none. Durable on return.
    void replace(AppId app, List<String> words);
}
