package io.parley.conformance.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Links of the documents to each other and to the repository's files. Other sites are not asked.
class DocsTest {
    private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
    private static final Pattern ELSEWHERE = Pattern.compile("^[a-z]+:.*");
    private static final Pattern CODE = Pattern.compile("```.*?```|`[^`\n]*`", Pattern.DOTALL);
    private static final Pattern HEADING = Pattern.compile("^#+ (.+)$", Pattern.MULTILINE);

    @Test
    void every_link_leads_to_a_file_and_a_heading_that_exist() throws IOException {
        List<String> broken = new ArrayList<>();
        int links = 0;
        for (Path document : documents())
            for (String target : targets(document)) {
                links++;
                if (!leadsSomewhere(document, target)) broken.add(REPOSITORY.relativize(document) + ": " + target);
            }
        assertThat(links).isPositive();
        assertThat(broken).isEmpty();
    }

    private static List<Path> documents() throws IOException {
        List<Path> documents = new ArrayList<>();
        try (Stream<Path> top = Files.list(REPOSITORY)) {
            top.filter(file -> file.toString().endsWith(".md")).forEach(documents::add);
        }
        try (Stream<Path> all = Files.walk(REPOSITORY.resolve("docs"))) {
            all.filter(file -> file.toString().endsWith(".md")).forEach(documents::add);
        }
        return documents;
    }

    private static List<String> targets(Path document) throws IOException {
        return LINK.matcher(prose(document))
                .results()
                .map(found -> found.group(1))
                .filter(target -> !ELSEWHERE.matcher(target).matches())
                .toList();
    }

    private static String prose(Path document) throws IOException {
        return CODE.matcher(Files.readString(document)).replaceAll("");
    }

    private static boolean leadsSomewhere(Path document, String target) throws IOException {
        int mark = target.indexOf('#');
        String name = mark < 0 ? target : target.substring(0, mark);
        Path file = name.isEmpty() ? document : document.resolveSibling(name).normalize();
        if (!file.startsWith(REPOSITORY) || !Files.exists(file)) return false;
        return mark < 0 || !file.toString().endsWith(".md") || anchors(file).contains(target.substring(mark + 1));
    }

    /// As GitHub makes them of headings.
    private static Set<String> anchors(Path document) throws IOException {
        String text = Pattern.compile("```.*?```", Pattern.DOTALL)
                .matcher(Files.readString(document))
                .replaceAll("");
        Set<String> anchors = new HashSet<>();
        HEADING.matcher(text)
                .results()
                .forEach(heading -> anchors.add(heading.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-')));
        return anchors;
    }
}
