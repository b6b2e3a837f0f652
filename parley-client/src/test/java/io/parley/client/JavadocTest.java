package io.parley.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Everything public is documented whole: what it is, each parameter, each result, each exception. The check is apart
/// from the build's own compilation, whose other warnings must not hide it.
class JavadocTest {
    private static final Path SOURCES = Path.of("src", "main", "java", "io", "parley", "client");

    @TempDir
    Path classes;

    /// What is missing or wrong in the comments of these files.
    private List<String> complaints(Iterable<? extends JavaFileObject> files) throws IOException {
        JavaCompiler compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler());
        DiagnosticCollector<JavaFileObject> said = new DiagnosticCollector<>();
        try (var standard = compiler.getStandardFileManager(said, Locale.ROOT, StandardCharsets.UTF_8)) {
            List<String> options = List.of(
                    "-Xdoclint:all/protected",
                    "-Xdoclint/package:io.parley.client",
                    "-Xlint:none",
                    "-Xmaxwarns",
                    "1000",
                    "-proc:none",
                    "--release",
                    "11",
                    "-d",
                    classes.toString(),
                    "-cp",
                    System.getProperty("java.class.path"));
            compiler.getTask(new StringWriter(), standard, said, options, null, files)
                    .call();
        }
        return said.getDiagnostics().stream()
                .filter(found -> found.getKind() != Diagnostic.Kind.NOTE)
                .map(found ->
                        (found.getSource() == null ? "" : found.getSource().getName()) + ":" + found.getLineNumber()
                                + " " + found.getMessage(Locale.ROOT))
                .toList();
    }

    @Test
    void the_public_api_is_documented_whole() throws IOException {
        JavaCompiler compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler());
        try (var standard = compiler.getStandardFileManager(null, Locale.ROOT, StandardCharsets.UTF_8);
                Stream<Path> files = Files.list(SOURCES)) {
            List<Path> sources =
                    files.filter(file -> file.toString().endsWith(".java")).toList();

            assertThat(complaints(standard.getJavaFileObjectsFromPaths(sources)))
                    .isEmpty();
        }
    }

    @Test
    void a_comment_that_is_missing_is_noticed() throws IOException {
        String source = "package io.parley.client; /** Adds. */ public final class Sum { private Sum() {}"
                + " /** Adds. @param a one */ public static int of(int a, int b) { return a + b; }"
                + " public static void nothing() {} }";

        assertThat(complaints(
                        List.of(new SimpleJavaFileObject(URI.create("mem:///Sum.java"), JavaFileObject.Kind.SOURCE) {
                            @Override
                            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                                return source;
                            }
                        })))
                .anyMatch(complaint -> complaint.contains("no @param for b"))
                .anyMatch(complaint -> complaint.contains("no @return"))
                .anyMatch(complaint -> complaint.contains("no comment"));
    }
}
