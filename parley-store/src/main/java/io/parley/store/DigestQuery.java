package io.parley.store;

import io.parley.core.command.AppId;
import io.parley.core.command.ClientId;
import io.parley.core.command.Content;
import io.parley.core.command.ConversationId;
import io.parley.core.command.Kind;
import io.parley.core.command.Role;
import io.parley.core.conversation.Conversation;
import io.parley.core.intake.Digest;
import io.parley.core.intake.IncomingRule;
import io.parley.core.intake.Sum;
import io.parley.store.ConversationRows.Numbered;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Sums up what conversations hold. Temporary ones are not meant to last, and are left out.
final class DigestQuery {
    private DigestQuery() {}

    static List<Digest> run(Db db, AppId app, Optional<ConversationId> after, int limit) throws SQLException {
        List<Numbered> page = db.list(
                "SELECT " + ConversationRows.COLUMNS + " FROM conversation c WHERE app = ? AND id > ? AND kind <> "
                        + Kind.TEMPORARY.number() + " ORDER BY id LIMIT ?",
                ConversationRows::map,
                app.value(),
                after.map(ConversationId::value).orElse(""),
                limit);
        List<Digest> digests = new ArrayList<>();
        Sum sum = new Sum();
        for (Numbered numbered : page) digests.add(digest(db, ConversationRows.withMembers(db, numbered), sum));
        return digests;
    }

    private static Digest digest(Db db, Numbered numbered, Sum sum) throws SQLException {
        Conversation c = numbered.conversation();
        Digest.addConversation(
                sum, c.kind(), c.creator(), c.attributes(), c.members(), c.muted(), c.uniqueId(), c.createdAt());
        Sum.Value row = sum.take();
        addRules(db, numbered, sum);
        Sum.Value rules = sum.take();
        long[] times = {0, 0};
        db.each(
                "SELECT timestamp, id, sender, content FROM message WHERE conversation = ? ORDER BY timestamp",
                message -> {
                    long timestamp = message.getLong(1);
                    if (times[0] == 0) times[0] = timestamp;
                    times[1] = timestamp;
                    Content content = message.getObject(4) instanceof byte[] bytes
                            ? new Content.Binary(bytes)
                            : new Content.Text(message.getString(4));
                    Digest.addMessage(
                            sum,
                            MessageRows.id(numbered.number(), timestamp, message.getObject(2)),
                            timestamp,
                            new ClientId(message.getString(3)),
                            content);
                    return true;
                },
                numbered.number());
        return new Digest(c.id(), row, sum.take(), times[0], times[1], rules);
    }

    private static void addRules(Db db, Numbered numbered, Sum sum) throws SQLException {
        ConversationId id = numbered.conversation().id();
        long number = numbered.number();
        List<IncomingRule> rules = new ArrayList<>();
        db.each(
                "SELECT client, role FROM member_role WHERE conversation = ?",
                row -> {
                    ClientId client = new ClientId(row.getString(1));
                    Role.named(row.getString(2))
                            .ifPresent(role -> rules.add(new IncomingRule.HasRole(id, client, role)));
                    return true;
                },
                number);
        for (String client : clients(db, "SELECT client FROM silenced WHERE conversation = ?", number))
            rules.add(new IncomingRule.IsSilenced(id, new ClientId(client)));
        for (String client : clients(db, "SELECT client FROM blocked WHERE conversation = ?", number))
            rules.add(new IncomingRule.IsBlocked(id, new ClientId(client)));
        for (IncomingRule rule : rules) Digest.addRule(sum, rule);
        db.each(
                "SELECT client, joined_at FROM service_client WHERE conversation = ? AND joined_at IS NOT NULL",
                row -> {
                    Instant since = Instant.ofEpochMilli(row.getLong(2));
                    Digest.addRule(sum, new IncomingRule.Subscribes(id, new ClientId(row.getString(1)), since));
                    return true;
                },
                number);
    }

    private static List<String> clients(Db db, String sql, long number) throws SQLException {
        return db.list(sql, row -> row.getString(1), number);
    }
}
