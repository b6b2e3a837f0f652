package io.parley.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

/// What applications compile against is written down in `api.txt`. Who changes it on purpose writes it anew by
/// `-Dparley.api.write=true`, and shows the change to the reviewer by that.
class ApiTest {
    private static final Path CLASSES = Path.of("target", "classes");
    private static final Path WRITTEN = Path.of("api.txt");
    private static final long MOST_BYTES = 400 * 1024;

    @Test
    void the_public_api_is_as_it_is_written_down() throws IOException {
        List<String> api = api();
        if (Boolean.getBoolean("parley.api.write")) Files.write(WRITTEN, api);

        assertThat(api)
                .as("a change of the public API: write it down by -Dparley.api.write=true when it is meant")
                .isEqualTo(Files.readAllLines(WRITTEN));
    }

    @Test
    void the_public_api_shows_nothing_of_what_is_behind_it() throws IOException {
        assertThat(api()).isNotEmpty().noneMatch(line -> line.contains(".internal.") || line.contains("com.google."));
    }

    @Test
    void the_jar_stays_small() throws IOException {
        Path jar = Files.createTempFile("parley-client", ".jar");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar));
                Stream<Path> files = Files.walk(CLASSES)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                zip.putNextEntry(new ZipEntry(CLASSES.relativize(file).toString()));
                Files.copy(file, zip);
            }
        }
        long size = Files.size(jar);
        Files.delete(jar);

        assertThat(size).as("bytes of the jar without its dependencies").isLessThan(MOST_BYTES);
    }

    private static List<String> api() throws IOException {
        Path folder = CLASSES.resolve(Path.of("io", "parley", "client"));
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".class") && !name.equals("package-info.class"))
                    .map(name -> load("io.parley.client." + name.substring(0, name.length() - ".class".length())))
                    .filter(ApiTest::isPublic)
                    .sorted((a, b) -> a.getName().compareTo(b.getName()))
                    .flatMap(type -> describe(type).stream())
                    .toList();
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, ApiTest.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new UncheckedIOException(new IOException(e));
        }
    }

    private static boolean isPublic(Class<?> type) {
        Class<?> outer = type.getEnclosingClass();
        return Modifier.isPublic(type.getModifiers()) && (outer == null || isPublic(outer));
    }

    private static List<String> describe(Class<?> type) {
        List<String> lines = new ArrayList<>();
        String above = Stream.concat(
                        Stream.ofNullable(type.getGenericSuperclass()), Stream.of(type.getGenericInterfaces()))
                .map(Type::getTypeName)
                .filter(name -> !name.equals("java.lang.Object"))
                .collect(Collectors.joining(", "));
        lines.add(type.toGenericString() + (above.isEmpty() ? "" : " : " + above));
        Stream<String> members = Stream.of(
                        type.getDeclaredFields(), type.getDeclaredConstructors(), type.getDeclaredMethods())
                .flatMap(Arrays::stream)
                .map(Member.class::cast)
                .filter(member -> !member.isSynthetic())
                .filter(member -> (member.getModifiers() & (Modifier.PUBLIC | Modifier.PROTECTED)) != 0)
                .map(ApiTest::describe);
        members.sorted().map(line -> "    " + line).forEach(lines::add);
        return lines;
    }

    private static String describe(Member member) {
        return switch (member) {
            case Field field -> field.toGenericString();
            case Method method -> method.toGenericString();
            case Constructor<?> constructor -> constructor.toGenericString();
            case Executable executable -> executable.toGenericString();
            default -> member.toString();
        };
    }
}
