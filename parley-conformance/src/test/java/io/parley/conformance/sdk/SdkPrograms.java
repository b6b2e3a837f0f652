package io.parley.conformance.sdk;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Builds the programs under `src/test/sdk` with the package managers their users have, once: a marker says what
/// is there already. Everything lands in `target/sdk`.
final class SdkPrograms {
    private static final Path SOURCES = Path.of("src", "test", "sdk").toAbsolutePath();
    private static final Path HOME = Path.of("target", "sdk").toAbsolutePath();

    private SdkPrograms() {}

    /// A folder that belongs to this run of the tests.
    static Path emptyFolder(String name) {
        try {
            return Files.createTempDirectory(Files.createDirectories(HOME.resolve("run")), name + "-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// How to start the program of this SDK, installing it first if need be.
    static ProcessBuilder command(Sdk sdk, TestAuthority authority) {
        install(sdk);
        return sdk.isJavaScript()
                ? node(HOME.resolve(sdk.folder()).resolve("driver.js"), authority)
                : java(sdk, authority, "io.parley.conformance.java6.Driver");
    }

    /// How to start an application of one's own on this SDK.
    ///
    /// @param files name to text
    /// @param main name of the file to run, without its ending
    static ProcessBuilder application(Sdk sdk, TestAuthority authority, Map<String, String> files, String main) {
        install(sdk);
        Path folder = HOME.resolve(sdk.folder()).resolve("application");
        try {
            Files.createDirectories(folder);
            for (Map.Entry<String, String> file : files.entrySet())
                Files.writeString(folder.resolve(file.getKey()), file.getValue());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Path source = folder.resolve(main + (sdk.isJavaScript() ? ".js" : ".java"));
        ProcessBuilder application =
                sdk.isJavaScript() ? node(source, authority) : java(sdk, authority, source.toString());
        return application.directory(folder.toFile());
    }

    /// How to start a program on the storage part of the JavaScript SDKs.
    static ProcessBuilder javaScriptStorage(String script) {
        install("storage", true);
        return new ProcessBuilder(
                "node", HOME.resolve(Path.of("storage", script)).toString());
    }

    /// How to start the program on the storage part of the Java SDK.
    static ProcessBuilder javaStorage(TestAuthority authority) {
        install(Sdk.JAVA6);
        return java(Sdk.JAVA6, authority, "io.parley.conformance.java6.StorageProgram");
    }

    /// How to run the tests that the SDK 2.4.0 brings with it, unmodified. They print a report in JSON.
    static ProcessBuilder ownTests(TestAuthority authority) {
        install(Sdk.JS2);
        Path modules = HOME.resolve(Sdk.JS2.folder()).resolve("node_modules");
        ProcessBuilder mocha = node(modules.resolve(Path.of("mocha", "bin", "mocha.js")), authority);
        mocha.command().add(1, "--require");
        mocha.command().add(2, HOME.resolve(Path.of("common", "redirected.js")).toString());
        mocha.command().addAll(List.of("--exit", "--reporter", "json"));
        mocha.command()
                .add(modules.resolve(Path.of("leancloud-realtime", "test", "specs.js"))
                        .toString());
        return mocha;
    }

    /// The address of a page with the program of this SDK, below the address of [#home].
    static String page(Sdk sdk) {
        install(sdk);
        return "/browser/page.html?driver=../" + sdk.folder() + "/driver.js&sdk=../" + sdk.folder()
                + "/node_modules/leancloud-realtime/" + sdk.script();
    }

    /// Everything that was built.
    static Path home() {
        return HOME;
    }

    private static ProcessBuilder node(Path script, TestAuthority authority) {
        ProcessBuilder program = new ProcessBuilder("node", script.toString());
        program.environment().put("NODE_EXTRA_CA_CERTS", authority.certificate().toString());
        return program;
    }

    /// @param main a class, or a source file
    private static ProcessBuilder java(Sdk sdk, TestAuthority authority, String main) {
        Path target = HOME.resolve(sdk.folder()).resolve("target");
        String classpath = target.resolve("classes") + File.pathSeparator + read(target.resolve("classpath"));
        return new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                // Without it the SDK never tells of a receipt (protocol, trap 54).
                "-Dfastjson.parser.autoTypeSupport=true",
                "-Djavax.net.ssl.trustStore=" + authority.trustStore(),
                "-Djavax.net.ssl.trustStorePassword=" + TestAuthority.PASSWORD,
                "-cp",
                classpath.strip(),
                main);
    }

    private static void install(Sdk sdk) {
        install(sdk.folder(), sdk.isJavaScript());
    }

    private static void install(String program, boolean javaScript) {
        try {
            Files.createDirectories(HOME);
            try (FileChannel channel = FileChannel.open(
                            HOME.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                copy(SOURCES.resolve("common"), HOME.resolve("common"));
                copy(SOURCES.resolve("browser"), HOME.resolve("browser"));
                copy(SOURCES.resolve(program), HOME.resolve(program));
                build(program, javaScript, HOME.resolve(program));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot prepare the program for " + program, e);
        }
    }

    private static void build(String program, boolean javaScript, Path folder) throws IOException {
        String wanted = javaScript
                ? digest(folder.resolve("package-lock.json"))
                : digest(folder.resolve("pom.xml"), folder.resolve("src"));
        Path marker = HOME.resolve(program + ".installed");
        if (Files.exists(marker) && read(marker).equals(wanted)) return;
        Path log = HOME.resolve(program + ".install.log");
        run(javaScript ? npm() : maven(), folder, log);
        Files.writeString(marker, wanted);
    }

    private static List<String> npm() {
        return List.of("npm", "ci", "--ignore-scripts");
    }

    /// The same Maven and local repository as of the build that runs this test.
    private static List<String> maven() {
        String home = System.getProperty("parley.maven.home", "");
        List<String> command = new ArrayList<>();
        command.add(home.isEmpty() ? "mvn" : Path.of(home, "bin", "mvn").toString());
        command.addAll(
                List.of("-B", "-q", "compile", "dependency:build-classpath", "-Dmdep.outputFile=target/classpath"));
        String repository = System.getProperty("parley.maven.repository", "");
        if (!repository.isEmpty()) command.add("-Dmaven.repo.local=" + repository);
        return command;
    }

    private static void run(List<String> command, Path folder, Path log) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process =
                builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
        try {
            int code = process.waitFor();
            if (code != 0) throw new IOException(command + " ended with " + code + ":\n" + read(log));
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted during " + command, e);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = to.resolve(from.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private static String digest(Path... roots) throws IOException {
        MessageDigest digest = sha256();
        for (Path root : roots) {
            try (Stream<Path> files = Files.walk(root)) {
                for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                    digest.update(root.relativize(file).toString().getBytes(StandardCharsets.UTF_8));
                    digest.update(Files.readAllBytes(file));
                }
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
