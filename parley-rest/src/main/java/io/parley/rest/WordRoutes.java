package io.parley.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.core.command.AppId;
import io.parley.core.filter.WordFilter;
import java.util.ArrayList;
import java.util.List;

/// The list of words that an app does not want to see in messages. With the master key only. Source: rest 25 for the
/// prefix.
public final class WordRoutes {
    private final WordFilter filter;

    public WordRoutes(WordFilter filter) {
        this.filter = filter;
    }

    public void mount(RestServer server) {
        server.get("/x/words", call -> Answer.ok(list(call.master().id())));
        server.put("/x/words", call -> {
            AppId app = call.master().id();
            filter.replace(app, words(call));
            return Answer.ok(Json.object().put("words", filter.given(app).size()));
        });
    }

    private ObjectNode list(AppId app) {
        ArrayNode words = Json.array();
        filter.given(app).forEach(words::add);
        return Json.object().set("words", words);
    }

    private static List<String> words(Call call) {
        JsonNode given = call.body().path("words");
        if (!given.isArray()) throw HttpRefusal.badRequest("give the whole list: {\"words\":[\"one\",\"two\"]}");
        List<String> words = new ArrayList<>();
        for (JsonNode word : given) {
            if (!word.isTextual()) throw HttpRefusal.badRequest("a word is a text; got " + word);
            words.add(word.textValue());
        }
        return words;
    }
}
