package io.parley.core.installation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.core.app.App;
import io.parley.core.app.StorageSettings.Operation;
import io.parley.core.command.AppId;
import io.parley.core.command.ErrorCode;
import io.parley.core.command.Refusal;
import io.parley.core.record.ClassNames;
import io.parley.core.record.Columns;
import io.parley.core.record.Index;
import io.parley.core.record.Permissions;
import io.parley.core.record.RecordKey;
import io.parley.core.record.RecordStore;
import io.parley.core.record.RecordStore.By;
import io.parley.core.record.RecordStore.Walk;
import io.parley.core.record.Records;
import io.parley.core.record.Requester;
import io.parley.core.record.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Rows of `_Installation`: one per device and app on it, with the channels it listens to; a client that logs in
/// there is one of them. Thread-safe; may block. Source: rest 15, migration 2.5.
public final class Installations {
    private static final String DEVICE_TYPE = "deviceType";
    private static final String VALID = "valid";
    private static final Pattern DEVICE_TOKEN = Pattern.compile("[A-Za-z0-9_:%.+/=-]{1,1024}");

    /// The id of a client is a channel too, and may look as it likes.
    private static final int MAX_CHANNEL = 128;

    private static final int ATTEMPTS = 5;

    private final Records records;
    private final RecordStore store;

    public Installations(Records records, RecordStore store) {
        this.records = records;
        this.store = store;
    }

    /// Adds a device; if it is known by its installation id or device token, its row is changed instead.
    public Records.Written save(App app, ObjectNode body, Requester requester) {
        Permissions.check(app, ClassNames.INSTALLATION, Operation.CREATE, requester);
        Columns columns = Columns.of(body);
        ObjectNode wanted = columns.create();
        check(wanted);
        if (wanted.path(DEVICE_TYPE).asText("").isEmpty())
            throw Refusal.of(ErrorCode.COLUMN_MISSING, "an installation needs a deviceType");
        if (wanted.path(Index.INSTALLATION_ID).asText("").isEmpty()
                && wanted.path(Index.DEVICE_TOKEN).asText("").isEmpty())
            throw Refusal.of(ErrorCode.COLUMN_MISSING, "an installation needs an installationId or a deviceToken");
        for (int attempt = 1; ; attempt++) {
            Optional<Row> known = known(app.id(), wanted);
            try {
                Row row = known.isPresent()
                        ? records.change(app, known.get().key(), revived(body), Optional.empty(), requester)
                        : records.insert(app, ClassNames.INSTALLATION, fresh(wanted));
                return Records.written(row, columns, requester);
            } catch (Refusal taken) {
                // The same device was added a moment ago, or its token belongs to a row with another installation id.
                if (taken.code() != ErrorCode.DUPLICATE_VALUE || attempt == ATTEMPTS) throw taken;
                forgetToken(app.id(), wanted, known);
            }
        }
    }

    private Optional<Row> known(AppId app, ObjectNode wanted) {
        for (String index : List.of(Index.INSTALLATION_ID, Index.DEVICE_TOKEN)) {
            String value = wanted.path(index).asText("");
            if (value.isEmpty()) continue;
            Optional<Row> row = store.findBy(app, ClassNames.INSTALLATION, index, List.of(value)).stream()
                    .findFirst();
            if (row.isPresent()) return row;
        }
        return Optional.empty();
    }

    private static ObjectNode fresh(ObjectNode wanted) {
        if (!wanted.has(VALID)) wanted.put(VALID, true);
        return wanted;
    }

    /// Who says hello again can be reached again.
    private static Columns revived(ObjectNode body) {
        ObjectNode more = body.deepCopy();
        if (!more.has(VALID)) more.put(VALID, true);
        return Columns.of(more);
    }

    /// A token moves with the device: after a reinstallation another row still has it.
    private void forgetToken(AppId app, ObjectNode wanted, Optional<Row> owner) {
        String token = wanted.path(Index.DEVICE_TOKEN).asText("");
        if (token.isEmpty() || owner.isEmpty()) return;
        for (Row row : store.findBy(app, ClassNames.INSTALLATION, Index.DEVICE_TOKEN, List.of(token)))
            if (!row.key().equals(owner.get().key()))
                store.update(row.key(), data -> {
                    data.remove(Index.DEVICE_TOKEN);
                    return data.put(VALID, false);
                });
    }

    public Records.Written update(
            App app, String id, ObjectNode body, Optional<ObjectNode> where, Requester requester) {
        Permissions.check(app, ClassNames.INSTALLATION, Operation.UPDATE, requester);
        Columns columns = Columns.of(body);
        ObjectNode plain = JsonNodeFactory.instance.objectNode();
        body.properties().forEach(entry -> {
            if (!entry.getValue().has("__op")) plain.set(entry.getKey(), entry.getValue());
        });
        check(plain);
        Row row = records.change(app, key(app.id(), id), columns, where, requester);
        return Records.written(row, columns, requester);
    }

    private static void check(ObjectNode data) {
        for (String column : List.of(DEVICE_TYPE, Index.INSTALLATION_ID, Index.DEVICE_TOKEN, "vendor", "timeZone")) {
            JsonNode value = data.path(column);
            if (!value.isMissingNode() && !value.isNull() && !value.isTextual())
                throw Refusal.of(ErrorCode.INCORRECT_TYPE, "the column %s holds String", column);
        }
        String token = data.path(Index.DEVICE_TOKEN).asText("");
        if (!token.isEmpty() && !DEVICE_TOKEN.matcher(token).matches())
            throw Refusal.of(ErrorCode.INVALID_DEVICE_TOKEN, "this is no device token");
        JsonNode channels = data.path(Index.CHANNELS);
        if (channels.isMissingNode() || channels.has("__op")) return;
        if (!channels.isArray()) throw Refusal.of(ErrorCode.INCORRECT_TYPE, "the column channels holds Array");
        for (JsonNode channel : channels)
            if (!channel.isTextual() || channel.textValue().length() > MAX_CHANNEL)
                throw Refusal.of(
                        ErrorCode.INVALID_CHANNEL, "a channel is a text of at most %d characters", MAX_CHANNEL);
    }

    public void delete(App app, String id, Optional<ObjectNode> where, Requester requester) {
        records.delete(app, key(app.id(), id), where, requester);
    }

    /// Deletes the devices that were not heard of for so long.
    ///
    /// @return how many
    public int expire(AppId app, Duration unheardOf, Instant now) {
        Instant limit = now.minus(unheardOf);
        List<RecordKey> old = new ArrayList<>();
        store.visit(app, ClassNames.INSTALLATION, new Walk(By.UPDATED, false, Optional.empty()), row -> {
            boolean isOld = row.updatedAt().isBefore(limit);
            if (isOld) old.add(row.key());
            return isOld && old.size() < 10_000;
        });
        int deleted = 0;
        for (RecordKey key : old) {
            try {
                boolean gone = store.delete(key, row -> {
                            if (!row.updatedAt().isBefore(limit)) throw Refusal.of(ErrorCode.NO_EFFECT);
                        })
                        .isPresent();
                if (gone) deleted++;
            } catch (Refusal backAgain) {
                if (backAgain.code() != ErrorCode.NO_EFFECT) throw backAgain;
            }
        }
        return deleted;
    }

    private static RecordKey key(AppId app, String id) {
        return new RecordKey(app, ClassNames.INSTALLATION, id);
    }
}
