package io.parley.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Calls of the REST API that belong together, as a file writes them, in an app of their own. The format:
///
/// - `== name` begins a scene, `# text` names the call below it; `settings {…}` sets what the app shall be like.
/// - `login Tom`, `logout Tom`, `join Tom <room>`: what a client does on its socket.
/// - `let name = md5 text`, `let name = repeat x 5121`, `let name = clients 21`: a name for a long value.
/// - A call begins a line: who calls (`master`, `app`, `nobody`), method, path, and perhaps a body.
/// - Below it, by two spaces, headers of the request (`+ name: value`), the answer (status and body, or status and
///   `!code` with words of the error, parted by `|`), and headers of the response (`- name: value`).
///   A line that begins with four spaces continues the one before.
///
/// `'` stands for `"`. What a [JsonPattern] kept, and what `let` named, is used as `<name>`.
record RestScene(String file, String name, String settings, List<Step> steps) {
    private static final Pattern CALL = Pattern.compile("(master|app|nobody) ([A-Z]+) (\\S+)(?: (.+))?");
    private static final Pattern LET = Pattern.compile("let (\\S+) = (md5|repeat|clients) (.+)");
    private static final Pattern SOCKET = Pattern.compile("(login|logout|join) (\\S+)(?: (\\S+))?");

    sealed interface Step {
        String label();
    }

    record Let(String name, String how, String what) implements Step {
        @Override
        public String label() {
            return "let " + name;
        }
    }

    record Socket(String deed, String client, String conversation) implements Step {
        @Override
        public String label() {
            return (deed + " " + client + " " + conversation).strip();
        }
    }

    /// @param path with its query string, whose values are not encoded yet
    record Example(
            String label,
            String caller,
            String method,
            String path,
            Optional<String> body,
            Map<String, String> headers,
            Answer answer)
            implements Step {}

    /// @param error the error's code, or empty when `body` is what is expected
    /// @param words that the error's text contains
    record Answer(int status, String body, Optional<Integer> error, List<String> words, Map<String, String> headers) {}

    /// All scenes of a folder, in the order of its files.
    static List<RestScene> readAll(Path folder) {
        List<RestScene> scenes = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) scenes.addAll(new RestSceneReader(file).scenes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return scenes;
    }

    static Optional<Matcher> call(String line) {
        return matched(CALL, line);
    }

    static Optional<Step> other(String line) {
        Optional<Matcher> let = matched(LET, line);
        if (let.isPresent()) return let.map(found -> new Let(found.group(1), found.group(2), found.group(3)));
        return matched(SOCKET, line)
                .map(found -> new Socket(
                        found.group(1),
                        found.group(2),
                        Optional.ofNullable(found.group(3)).orElse("")));
    }

    private static Optional<Matcher> matched(Pattern pattern, String line) {
        Matcher matcher = pattern.matcher(line);
        return matcher.matches() ? Optional.of(matcher) : Optional.empty();
    }
}
