package io.parley.core.file;

import java.util.Optional;

/// Makes previews of uploaded images. Thread-safe; may block for some seconds.
@FunctionalInterface
public interface Previews {
    /// Nothing when the file is no image, one that is too large or of a format that is not known, or when there is
    /// too much to do: then the client gets the file itself.
    Optional<Preview> of(Files.Download file, Preview.Wish wish);
}
