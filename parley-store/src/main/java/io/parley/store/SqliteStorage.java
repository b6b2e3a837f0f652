package io.parley.store;

import io.micrometer.core.instrument.MeterRegistry;
import io.parley.core.Storage;
import io.parley.core.app.AppStore;
import io.parley.core.conversation.ConversationStore;
import io.parley.core.filter.WordStore;
import io.parley.core.intake.IntakeStore;
import io.parley.core.message.MessageLog;
import io.parley.core.message.ServiceLog;
import io.parley.core.message.UnfinishedLog;
import io.parley.core.moderation.ModerationStore;
import io.parley.core.notice.NoticeLog;
import io.parley.core.outbox.Outbox;
import io.parley.core.push.PushLog;
import io.parley.core.receipt.CursorStore;
import io.parley.core.record.RecordStore;
import io.parley.core.room.RoomStore;
import io.parley.core.session.KickStore;
import io.parley.core.signature.UsedSignatures;
import io.parley.core.subscription.SubscriptionStore;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Everything Parley keeps, in one SQLite database of a directory that this process has to itself. Thread-safe.
///
/// One thread writes, see [Writer]; a few read, see [Readers]; one does what can wait, see [Housekeeping].
public final class SqliteStorage implements Storage {
    private static final Logger log = LoggerFactory.getLogger(SqliteStorage.class);
    private static final int READERS = 3;

    private final Path directory;
    private final DirectoryLock lock;
    private final Db writing;
    final Writer writer;
    private final Readers readers;
    private final Housekeeping housekeeping;
    private final AppStore apps;
    private final ConversationStore conversations;
    private final ModerationStore moderation;
    private final RoomStore rooms;
    private final SubscriptionStore subscriptions;
    private final SqliteServiceLog services;
    private final MessageLog messages;
    private final UnfinishedLog unfinished;
    private final CursorStore cursors;
    private final NoticeLog notices;
    private final UsedSignatures usedSignatures;
    private final RecordStore records;
    private final IntakeStore intake;
    private final Outbox outbox;
    private final WordStore words;
    private final PushLog pushes;
    private final KickStore kicks;

    /// Opens the store, making directory and database when they do not exist, and bringing an older database to the
    /// newest layout.
    ///
    /// @param clock tells the times of messages, changes and notices; not used for waiting
    /// @throws DataDirectoryInUseException when a process, this one included, has the directory open
    /// @throws StorageFailedException when the database cannot be used; the message says why
    public static SqliteStorage open(Path directory, Clock clock, MeterRegistry meters) {
        Path real = DirectoryLock.prepare(directory);
        DirectoryLock lock = DirectoryLock.take(real);
        try {
            return new SqliteStorage(real, lock, clock, meters);
        } catch (SQLException e) {
            lock.close();
            throw new StorageFailedException("cannot open the database in " + real + ": " + e.getMessage(), e);
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private SqliteStorage(Path directory, DirectoryLock lock, Clock clock, MeterRegistry meters) throws SQLException {
        this.directory = directory;
        this.lock = lock;
        SqliteFile file = new SqliteFile(directory.resolve("parley.db"));
        List<Db> opened = new ArrayList<>();
        try {
            writing = file.openForWriting();
            opened.add(writing);
            Schema.migrate(writing);
            OutboxRows.releaseAll(writing);
            byte[] secret = SqliteAppStore.secret(writing);
            for (int i = 0; i < READERS; i++) opened.add(file.openForReading());
            readers = new Readers(List.copyOf(opened.subList(1, opened.size())));
            Db checkpointing = file.openForCheckpoints();
            opened.add(checkpointing);

            Heads heads = new Heads();
            var announcer = new SqliteOutbox.Announcer();
            Appender appender = new Appender(clock, heads, new RecentTokens(clock.millis()), announcer, meters);
            Patches patches = new Patches(clock, Patches.newest(writing));
            writer = new Writer(writing, appender, new WriterHealth(directory), meters);
            KnownConversations known = new KnownConversations(readers);
            DeliveryMarks marks = new DeliveryMarks(known, readers);
            ServiceMarks serviceMarks = new ServiceMarks();
            services = new SqliteServiceLog(writer, readers, known, clock);
            housekeeping = new Housekeeping(
                    marks,
                    new MarkFlush(readers, writer),
                    serviceMarks,
                    services,
                    readers,
                    patches,
                    new Checkpoints(checkpointing, writer),
                    writer,
                    clock);

            apps = new SqliteAppStore(writer, readers, secret);
            conversations = new SqliteConversationStore(writer, readers, known, marks, heads, clock, announcer);
            rooms = new SqliteRoomStore(writer, readers);
            moderation = new SqliteModerationStore(writer, readers, known, clock);
            kicks = new SqliteKickStore(writer, readers);
            subscriptions = new SqliteSubscriptionStore(writer, readers, known, heads, clock);
            messages = new SqliteMessageLog(writer, readers, known, marks, appender, heads, patches, clock);
            unfinished = new SqliteUnfinishedLog(writer, readers);
            cursors = new SqliteCursorStore(writer, readers, known, marks, serviceMarks, clock);
            notices = new SqliteNoticeLog(writer, readers, clock, SqliteNoticeLog.newest(writing));
            intake = new SqliteIntakeStore(writer, readers, known, marks, heads, appender);
            usedSignatures = new SqliteUsedSignatures(writer);
            records = new SqliteRecordStore(writer, readers, clock);
            words = new SqliteWordStore(writer, readers);
            outbox = new SqliteOutbox(writer, readers, clock, announcer);
            pushes = new SqlitePushLog(writer, readers, clock, announcer);
        } catch (SQLException | RuntimeException e) {
            for (Db db : opened) db.close();
            throw e;
        }
        // From here on `writing` belongs to the writer's thread.
        writer.start();
        housekeeping.start();
        log.info("store opened directory={}", directory);
    }

    @Override
    public AppStore apps() {
        return apps;
    }

    @Override
    public ConversationStore conversations() {
        return conversations;
    }

    @Override
    public MessageLog messages() {
        return messages;
    }

    @Override
    public UnfinishedLog unfinished() {
        return unfinished;
    }

    @Override
    public ModerationStore moderation() {
        return moderation;
    }

    @Override
    public RoomStore rooms() {
        return rooms;
    }

    @Override
    public SubscriptionStore subscriptions() {
        return subscriptions;
    }

    @Override
    public ServiceLog services() {
        return services;
    }

    @Override
    public CursorStore cursors() {
        return cursors;
    }

    @Override
    public NoticeLog notices() {
        return notices;
    }

    @Override
    public IntakeStore intake() {
        return intake;
    }

    @Override
    public UsedSignatures usedSignatures() {
        return usedSignatures;
    }

    @Override
    public RecordStore records() {
        return records;
    }

    @Override
    public WordStore words() {
        return words;
    }

    @Override
    public Outbox outbox() {
        return outbox;
    }

    @Override
    public PushLog pushes() {
        return pushes;
    }

    @Override
    public KickStore kicks() {
        return kicks;
    }

    @Override
    public synchronized void close() {
        // Closed from the last to the first, each whatever happened to the others. The last connection to go copies the
        // write-ahead log into the database.
        try (lock;
                writing;
                readers;
                writer;
                housekeeping) {
            log.debug("closing store directory={}", directory);
        } catch (SQLException e) {
            throw new StorageFailedException("the database in " + directory + " was not closed cleanly", e);
        }
        log.info("store closed directory={}", directory);
    }
}
