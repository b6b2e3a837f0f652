package io.parley.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.core.command.AppId;
import io.parley.core.filter.WordStore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Lists of words on SQLite. Thread-safe.
final class SqliteWordStore implements WordStore {
    private final Writer writer;
    private final Readers readers;

    SqliteWordStore(Writer writer, Readers readers) {
        this.writer = writer;
        this.readers = readers;
    }

    @Override
    public Map<AppId, List<String>> all() {
        return readers.read("reading lists of words", db -> {
            Map<AppId, List<String>> lists = new HashMap<>();
            db.each("SELECT app, words FROM word_list", row -> {
                lists.put(
                        new AppId(row.getString(1)),
                        Json.parse(row.getString(2))
                                .path("words")
                                .valueStream()
                                .map(JsonNode::asText)
                                .toList());
                return true;
            });
            return lists;
        });
    }

    @Override
    public void replace(AppId app, List<String> words) {
        ObjectNode list = Json.object();
        ArrayNode array = list.putArray("words");
        words.forEach(array::add);
        String text = list.toString();
        writer.run(Step.of(
                "replacing the list of words of " + app,
                db -> words.isEmpty()
                        ? db.update("DELETE FROM word_list WHERE app = ?", app.value())
                        : db.update("INSERT OR REPLACE INTO word_list (app, words) VALUES (?, ?)", app.value(), text)));
    }
}
