package io.parley.store;

import java.nio.file.Path;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// Whether the database can be written, and what the operator is told when not. Owned by the writer's thread.
///
/// A full disk or a lock held by a foreign program fails the batch; the next one tries again, so that service resumes
/// when the cause is gone. After an input/output error or damage nothing is tried any more: what a later sync would
/// report about data lost by an earlier one is up to the operating system, so the truth is what a restart reads.
final class WriterHealth {
    private static final Logger log = LoggerFactory.getLogger(WriterHealth.class);

    private final Path directory;
    private boolean failing; // told the operator; not again before something works
    private @Nullable StorageFailedException broken;

    WriterHealth(Path directory) {
        this.directory = directory;
    }

    /// @throws StorageFailedException when writing was given up
    void check() {
        if (broken != null) throw new StorageFailedException(String.valueOf(broken.getMessage()), broken);
    }

    void committed() {
        if (!failing) return;
        failing = false;
        log.info("the database can be written again directory={}", directory);
    }

    /// Takes note of a lost transaction and makes the exception for those who waited for it.
    RuntimeException failed(Throwable cause) {
        if (broken != null && cause instanceof StorageFailedException known) return known;
        return switch (primaryCode(cause)) {
            case SQLITE_FULL ->
                retryable("the disk is full: nothing is stored until there is room in " + directory, cause);
            case SQLITE_BUSY, SQLITE_LOCKED ->
                retryable("another program holds a lock on the database in " + directory + ": end it", cause);
            case SQLITE_READONLY, SQLITE_CANTOPEN, SQLITE_PERM ->
                retryable("the files in " + directory + " cannot be written: check owner and permissions", cause);
            case SQLITE_IOERR, SQLITE_CORRUPT, SQLITE_NOTADB -> broken("writing", cause);
            default -> retryable("a batch could not be written to " + directory + "; please report this", cause);
        };
    }

    private StorageFailedException retryable(String message, Throwable cause) {
        if (!failing) log.error("{}", message, cause);
        failing = true;
        return new StorageFailedException(message, cause);
    }

    /// Gives up writing until the program is started again.
    StorageFailedException broken(String doing, Throwable cause) {
        String message = doing + " failed, the database in " + directory
                + " may be damaged: nothing more is stored; check the disk, then start again";
        log.error("{}", message, cause);
        broken = new StorageFailedException(message, cause);
        return broken;
    }

    /// Whether SQLite may have rolled the transaction back, or the whole batch is doomed anyway.
    static boolean endsTransaction(Throwable failure) {
        return switch (primaryCode(failure)) {
            case SQLITE_FULL,
                    SQLITE_IOERR,
                    SQLITE_CORRUPT,
                    SQLITE_NOTADB,
                    SQLITE_NOMEM,
                    SQLITE_BUSY,
                    SQLITE_READONLY,
                    SQLITE_CANTOPEN -> true;
            default -> false;
        };
    }

    private static SQLiteErrorCode primaryCode(Throwable failure) {
        if (failure instanceof SQLiteException exception) {
            SQLiteErrorCode code = exception.getResultCode();
            // Extended codes keep the primary one in their low byte.
            return code.code > 0xff ? SQLiteErrorCode.getErrorCode(code.code & 0xff) : code;
        }
        return failure instanceof SQLException sql
                ? SQLiteErrorCode.getErrorCode(sql.getErrorCode() & 0xff)
                : SQLiteErrorCode.UNKNOWN_ERROR;
    }
}
