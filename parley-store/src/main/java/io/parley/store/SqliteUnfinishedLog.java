package io.parley.store;

import io.parley.core.command.AppId;
import io.parley.core.command.ConversationId;
import io.parley.core.command.ConversationKey;
import io.parley.core.command.MessageId;
import io.parley.core.message.UnfinishedLog;
import java.util.List;

/// Messages that still grow, on SQLite. Thread-safe.
final class SqliteUnfinishedLog implements UnfinishedLog {
    private final Writer writer;
    private final Readers readers;

    SqliteUnfinishedLog(Writer writer, Readers readers) {
        this.writer = writer;
        this.readers = readers;
    }

    @Override
    public void add(Unfinished message) {
        writer.run(Step.of(
                "noting that " + message.message() + " grows",
                db -> db.update(
                        "INSERT INTO unfinished (app, conversation, id, timestamp) VALUES (?, ?, ?, ?)"
                                + " ON CONFLICT DO NOTHING",
                        message.conversation().app().value(),
                        message.conversation().id().value(),
                        message.message().value(),
                        message.timestamp())));
    }

    @Override
    public void remove(Unfinished message) {
        writer.run(Step.of(
                "noting that " + message.message() + " is whole",
                db -> db.update(
                        "DELETE FROM unfinished WHERE app = ? AND conversation = ? AND id = ?",
                        message.conversation().app().value(),
                        message.conversation().id().value(),
                        message.message().value())));
    }

    @Override
    public List<Unfinished> all() {
        return readers.read(
                "reading messages that grow",
                db -> db.list(
                        "SELECT app, conversation, id, timestamp FROM unfinished",
                        row -> new Unfinished(
                                new ConversationKey(new AppId(row.getString(1)), new ConversationId(row.getString(2))),
                                new MessageId(row.getString(3)),
                                row.getLong(4))));
    }
}
