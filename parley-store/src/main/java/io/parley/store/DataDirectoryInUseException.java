package io.parley.store;

import java.nio.file.Path;
import java.util.OptionalLong;

/// Another server, or another store of this one, has the data directory open. Two writers would destroy each other's
/// data, so the second is refused.
public final class DataDirectoryInUseException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Path directory;
    private final long holder;

    DataDirectoryInUseException(Path directory, OptionalLong holder) {
        super("the data directory " + directory + " is in use by "
                + (holder.isPresent() ? "process " + holder.getAsLong() : "another process")
                + ": stop that one first, or choose another directory");
        this.directory = directory;
        this.holder = holder.orElse(-1);
    }

    public Path directory() {
        return directory;
    }

    /// Id of the process that has the directory open, when it is known.
    public OptionalLong holder() {
        return holder < 0 ? OptionalLong.empty() : OptionalLong.of(holder);
    }
}
