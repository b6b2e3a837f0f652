package io.parley.testing;

import io.parley.testing.RestScene.Answer;
import io.parley.testing.RestScene.Example;
import io.parley.testing.RestScene.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads a file of scenes. Used once, by one thread.
final class RestSceneReader {
    private static final Pattern HEADER = Pattern.compile("([\\w-]+): ?(.*)");
    private static final Pattern ANSWER = Pattern.compile("(\\d{3})(?: (?:!(\\d+)(?: (.*))?|(.+)))?");

    private final Path file;
    private final List<RestScene> scenes = new ArrayList<>();
    private List<Step> steps = new ArrayList<>();
    private String scene = "";
    private String settings = "{}";
    private String label = "";

    RestSceneReader(Path file) {
        this.file = file;
    }

    List<RestScene> scenes() throws IOException {
        List<List<String>> blocks = blocks(Files.readAllLines(file));
        for (List<String> block : blocks) {
            String first = block.getFirst();
            if (first.startsWith("== ")) {
                endScene();
                scene = first.substring(3);
            } else if (first.startsWith("# ")) {
                label = first.substring(2) + ": ";
            } else if (first.startsWith("settings ")) {
                settings = first.substring("settings ".length());
            } else {
                steps.add(RestScene.call(first)
                        .map(call -> example(call, block.subList(1, block.size())))
                        .or(() -> RestScene.other(first))
                        .orElseThrow(() -> new IllegalStateException(file.getFileName() + ": " + first)));
                label = "";
            }
        }
        endScene();
        return scenes;
    }

    private void endScene() {
        if (!steps.isEmpty())
            scenes.add(new RestScene(file.getFileName().toString(), scene, settings, List.copyOf(steps)));
        steps = new ArrayList<>();
        settings = "{}";
    }

    /// A line at the margin and those that belong to it.
    private static List<List<String>> blocks(List<String> lines) {
        List<List<String>> blocks = new ArrayList<>();
        for (String line : lines) {
            if (line.isBlank()) continue;
            if (!line.startsWith(" ")) {
                blocks.add(new ArrayList<>(List.of(line.strip())));
                continue;
            }
            List<String> block = blocks.getLast();
            if (line.startsWith("    ")) block.add(block.removeLast() + line.strip());
            else block.add(line.strip());
        }
        return blocks;
    }

    private Step example(Matcher call, List<String> lines) {
        Map<String, String> sent = new LinkedHashMap<>();
        Map<String, String> received = new LinkedHashMap<>();
        Optional<Matcher> answer = Optional.empty();
        for (String line : lines) {
            Matcher header = HEADER.matcher(line.substring(2));
            if (line.startsWith("+ ") && header.matches()) sent.put(header.group(1), header.group(2));
            else if (line.startsWith("- ") && header.matches()) received.put(header.group(1), header.group(2));
            else answer = Optional.of(ANSWER.matcher(line)).filter(Matcher::matches);
        }
        Matcher found = answer.orElseThrow(
                () -> new IllegalStateException(file.getFileName() + ": no answer to " + call.group()));
        return new Example(
                label + call.group(),
                call.group(1),
                call.group(2),
                call.group(3),
                Optional.ofNullable(call.group(4)),
                sent,
                new Answer(
                        Integer.parseInt(found.group(1)),
                        Optional.ofNullable(found.group(4)).orElse(""),
                        Optional.ofNullable(found.group(2)).map(Integer::valueOf),
                        words(found.group(3)),
                        received));
    }

    private static List<String> words(@org.jspecify.annotations.Nullable String text) {
        if (text == null) return List.of();
        List<String> words = new ArrayList<>();
        for (String word : text.split("\\|", -1)) words.add(word.strip());
        return words;
    }
}
