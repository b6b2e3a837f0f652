package io.parley.core.record;

import io.parley.core.command.AppId;

/// Where uploaded files are found by their key, from where the caller stands.
@FunctionalInterface
public interface FileLinks {
    String url(AppId app, String key);
}
