package io.parley.store;

import io.parley.core.command.AppId;
import io.parley.core.command.ClientId;
import io.parley.core.command.ConversationKey;
import io.parley.core.command.Kind;
import io.parley.core.command.Role;
import io.parley.core.intake.IncomingRule;
import io.parley.core.intake.IntakeStore.Outcome;
import io.parley.store.SqliteIntakeStore.Place;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/// Adds roles, silenced and blocked clients, and subscriptions of other servers. Runs on the writer's thread.
final class IncomingRules {
    private IncomingRules() {}

    static Outcome take(Db db, AppId app, IncomingRule rule) throws SQLException {
        Optional<Place> place = Place.find(db, new ConversationKey(app, rule.conversation()));
        if (place.isEmpty()) return Outcome.NO_CONVERSATION;
        long number = place.get().number();
        boolean service = place.get().kind() == Kind.SERVICE;
        return switch (rule) {
            case IncomingRule.HasRole(var conversation, var client, var role) ->
                service ? Outcome.WRONG_KIND : role(db, number, client, role);
            case IncomingRule.IsSilenced(var conversation, var client) ->
                add(db, "INSERT OR IGNORE INTO silenced (conversation, client) VALUES (?, ?)", number, client);
            case IncomingRule.IsBlocked(var conversation, var client) ->
                add(db, "INSERT OR IGNORE INTO blocked (conversation, client) VALUES (?, ?)", number, client);
            case IncomingRule.Subscribes(var conversation, var client, var since) ->
                service ? subscribe(db, app, number, client, since) : Outcome.WRONG_KIND;
        };
    }

    /// The owner is the creator, everybody else a member, and no row says so. When a role was given is taken to be when
    /// the conversation changed last.
    private static Outcome role(Db db, long number, ClientId client, Role role) throws SQLException {
        boolean creator =
                db.number("SELECT count(*) FROM conversation WHERE number = ? AND creator = ?", number, client.value())
                        > 0;
        if (role == Role.MEMBER || (role == Role.OWNER && creator)) {
            int gone =
                    db.update("DELETE FROM member_role WHERE conversation = ? AND client = ?", number, client.value());
            return gone > 0 ? Outcome.CHANGED : Outcome.KNOWN;
        }
        int changed = db.update(
                "INSERT INTO member_role (conversation, client, role, created_at, updated_at)"
                        + " SELECT number, ?2, ?3, updated_at, updated_at FROM conversation WHERE number = ?1"
                        + " ON CONFLICT (conversation, client) DO UPDATE SET role = ?3, updated_at = excluded.updated_at"
                        + " WHERE role <> ?3",
                number,
                client.value(),
                role.wireName());
        return changed > 0 ? Outcome.ADDED : Outcome.KNOWN;
    }

    private static Outcome add(Db db, String sql, long number, ClientId client) throws SQLException {
        return db.update(sql, number, client.value()) > 0 ? Outcome.ADDED : Outcome.KNOWN;
    }

    private static Outcome subscribe(Db db, AppId app, long number, ClientId client, Instant since)
            throws SQLException {
        ServiceSeat.ensure(db, app.value(), number, client);
        int changed = db.update(
                "UPDATE service_client SET joined_at = ? WHERE conversation = ? AND client = ? AND joined_at IS NULL",
                since.toEpochMilli(),
                number,
                client.value());
        return changed > 0 ? Outcome.ADDED : Outcome.KNOWN;
    }
}
