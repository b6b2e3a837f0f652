package io.parley.conformance.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The test classes of all modules, as text: most of them are not on the class path of this one.
final class TestSources {
    private static final Pattern TEST =
            Pattern.compile("^ +@(Test|ParameterizedTest|RepeatedTest|Proves)\\b", Pattern.MULTILINE);
    private static final Pattern DISABLED = Pattern.compile("^ *@Disabled\\b", Pattern.MULTILINE);

    /// Simple name of a class to its sources; modules may use a name twice.
    private final Map<String, List<String>> classes;

    private TestSources(Map<String, List<String>> classes) {
        this.classes = classes;
    }

    static TestSources of(Path repository) throws IOException {
        try (Stream<Path> modules = Files.list(repository)) {
            return new TestSources(modules.map(module -> module.resolve(Path.of("src", "test", "java")))
                    .filter(Files::isDirectory)
                    .flatMap(TestSources::files)
                    .collect(Collectors.groupingBy(
                            file -> file.getFileName().toString().replace(".java", ""),
                            Collectors.mapping(TestSources::text, Collectors.toList()))));
        }
    }

    private static Stream<Path> files(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Why this is no test that runs; empty when it is one.
    Optional<String> flaw(String className, String method) {
        List<String> sources = classes.getOrDefault(className, List.of());
        if (sources.isEmpty()) return Optional.of("there is no test class " + className);
        if (sources.stream().noneMatch(source -> runs(source, method)))
            return Optional.of(className + " has no test " + method + " that runs");
        if (sources.stream().allMatch(source -> source.contains("abstract class " + className + " "))
                && !isExtended(className)) return Optional.of("nothing extends " + className);
        return Optional.empty();
    }

    private static boolean runs(String source, String method) {
        Matcher declared = Pattern.compile("^ +(?:public )?void " + Pattern.quote(method) + "\\(", Pattern.MULTILINE)
                .matcher(source);
        if (!declared.find()) return false;
        String before = source.substring(0, declared.start());
        // Annotations stand between the end of the member before and the method.
        String annotations =
                before.substring(Math.max(before.lastIndexOf("\n    }\n"), before.lastIndexOf(";\n\n")) + 1);
        return TEST.matcher(annotations).find()
                && !DISABLED.matcher(annotations).find();
    }

    private boolean isExtended(String className) {
        String clause = " extends " + className + " ";
        return classes.values().stream().flatMap(List::stream).anyMatch(source -> source.contains(clause));
    }
}
