package io.parley.core.filter;

import io.parley.core.app.App;
import io.parley.core.app.Apps;
import io.parley.core.app.FilterSettings;
import io.parley.core.command.AppId;
import io.parley.core.command.Content;
import io.parley.core.command.ErrorCode;
import io.parley.core.command.Refusal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Replaces or refuses words that an app does not want. Its list is what was given over REST and what its file holds,
/// together. Thread-safe; only [#replace] and [#reload] block. Costs one look into a map when an app has no list.
public final class WordFilter {
    private static final Logger log = LoggerFactory.getLogger(WordFilter.class);

    public static final int MAX_WORDS = 100_000;
    public static final int MAX_LENGTH = 100;

    private final Apps apps;
    private final WordStore store;
    private final Map<AppId, List<String>> given;
    private final Map<AppId, Words> words = new ConcurrentHashMap<>();
    private final Map<AppId, Source> sources = new ConcurrentHashMap<>();

    /// What a list was read from.
    private record Source(String file, FileTime modified) {}

    public WordFilter(Apps apps, WordStore store) {
        this.apps = apps;
        this.store = store;
        given = new ConcurrentHashMap<>(store.all());
        for (AppId app : given.keySet()) prepare(app, List.of());
        reload();
    }

    /// The content as it may be seen by others. A refusal when the app wants that. Only text is looked at.
    ///
    /// @return the content itself when there is nothing to change
    public Content check(App app, Content content) {
        Words unwanted = words.get(app.id());
        if (unwanted == null || !(content instanceof Content.Text text)) return content;
        Optional<String> masked = MessageText.replace(text.value(), unwanted::mask);
        if (masked.isEmpty()) return content;
        if (app.settings().filter().action() == FilterSettings.Action.REFUSE)
            throw Refusal.of(
                    ErrorCode.MESSAGE_REJECTED_BY_APP, "the message holds a word that this app does not allow");
        return new Content.Text(masked.get());
    }

    /// The list that was given over REST.
    public List<String> given(AppId app) {
        return given.getOrDefault(app, List.of());
    }

    /// Replaces the list that was given over REST, at once and for good.
    public synchronized void replace(AppId app, List<String> list) {
        if (list.size() > MAX_WORDS)
            throw Refusal.of(ErrorCode.BAD_REQUEST, "a list has at most %d words; got %d", MAX_WORDS, list.size());
        for (String word : list)
            if (word.isBlank() || word.length() > MAX_LENGTH)
                throw Refusal.of(ErrorCode.BAD_REQUEST, "a word has 1 to %d characters; got \"%s\"", MAX_LENGTH, word);
        store.replace(app, list);
        given.put(app, List.copyOf(list));
        sources.remove(app);
        prepare(app, List.of());
        reload();
    }

    /// Reads the files that are new or have changed. A file that cannot be read leaves the list as it was.
    public synchronized void reload() {
        for (App app : apps.all()) {
            String file = app.settings().filter().file();
            Source known = sources.get(app.id());
            if (file.isEmpty()) {
                if (sources.remove(app.id()) != null) prepare(app.id(), List.of());
                continue;
            }
            try {
                Source now = new Source(file, Files.getLastModifiedTime(Path.of(file)));
                if (now.equals(known)) continue;
                List<String> lines = Files.readAllLines(Path.of(file), StandardCharsets.UTF_8).stream()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty())
                        .toList();
                prepare(app.id(), lines);
                sources.put(app.id(), now);
                log.info("words read app={} words={}", app.id(), lines.size());
            } catch (IOException e) {
                log.error("the list of words cannot be read: the old one stays app={} file={}", app.id(), file, e);
            }
        }
    }

    private void prepare(AppId app, List<String> ofFile) {
        List<String> all = new ArrayList<>(given(app));
        all.addAll(ofFile);
        Words prepared = new Words(all);
        if (prepared.count() == 0) words.remove(app);
        else words.put(app, prepared);
    }
}
