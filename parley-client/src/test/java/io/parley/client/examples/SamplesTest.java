package io.parley.client.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.client.AVIMRealtime;
import io.parley.testing.ParleyServer;
import io.parley.testing.TestApp;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.StringWriter;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/// The sample projects in `examples`, which are built by their users.
class SamplesTest {
    private static final Path EXAMPLES = Path.of("..", "examples");

    @RegisterExtension
    static final ParleyServer server = ParleyServer.with().create();

    @TempDir
    Path classes;

    private void compiles(Stream<Path> sources, String extraPath) throws Exception {
        JavaCompiler compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler());
        StringWriter said = new StringWriter();
        try (var files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            String path = System.getProperty("java.class.path") + extraPath;
            boolean done = compiler.getTask(
                            said,
                            files,
                            null,
                            List.of("--release", "11", "-d", classes.toString(), "-cp", path, "-proc:none"),
                            null,
                            files.getJavaFileObjectsFromPaths(sources.toList()))
                    .call();
            assertThat(done).as(said.toString()).isTrue();
        }
    }

    @Test
    @ResourceLock(Resources.SYSTEM_OUT)
    void the_terminal_chat_says_what_is_typed_and_shows_what_was_said() throws Exception {
        compiles(Stream.of(EXAMPLES.resolve(Path.of("terminal", "src", "TerminalChat.java"))), "");

        runs("Tom", "Jerry", "hello Jerry\n");

        assertThat(runs("Jerry", "Tom", "\n")).contains("Tom: hello Jerry");
    }

    private String runs(String me, String other, String typed) throws Exception {
        InputStream keyboard = System.in;
        PrintStream screen = System.out;
        ByteArrayOutputStream shown = new ByteArrayOutputStream();
        try (URLClassLoader loader = new URLClassLoader(
                new URL[] {classes.toUri().toURL()}, getClass().getClassLoader())) {
            System.setIn(new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)));
            System.setOut(new PrintStream(shown, true, StandardCharsets.UTF_8));
            Method main = loader.loadClass("TerminalChat").getMethod("main", String[].class);
            main.invoke(null, (Object) new String[] {server.url().toString(), TestApp.ID, TestApp.KEY, me, other});
        } finally {
            System.setIn(keyboard);
            System.setOut(screen);
            AVIMRealtime.getDefault().shutdown();
        }
        return shown.toString(StandardCharsets.UTF_8);
    }

    /// What the sample uses of Android 7 that is younger than the classes of Android that are published as a library.
    private static final Map<String, String> YOUNGER = Map.of(
            "Network",
            "public class Network {}",
            "ConnectivityManager",
            "public class ConnectivityManager { public void registerDefaultNetworkCallback(NetworkCallback c) {}"
                    + " public static class NetworkCallback {"
                    + " public void onAvailable(Network n) {} public void onLost(Network n) {} } }");

    @Test
    void the_android_app_fits_the_api_of_the_sdk() throws Exception {
        List<Path> sources = new ArrayList<>();
        for (var type : YOUNGER.entrySet()) {
            Path source = classes.resolve(type.getKey() + ".java");
            sources.add(Files.writeString(source, "package android.net; " + type.getValue()));
        }
        try (Stream<Path> app = Files.walk(EXAMPLES.resolve("android"))) {
            app.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
        }

        compiles(sources.stream(), File.pathSeparator + Path.of("target", "android", "android.jar"));

        for (String name : List.of("ChatActivity", "NetworkWatcher", "AndroidDatabase"))
            assertThat(classes.resolve(Path.of("com", "example", "chat", name + ".class")))
                    .exists();
    }
}
