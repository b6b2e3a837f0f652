package io.parley.conformance.sdk;

import io.parley.testing.ParleyServer;
import io.parley.testing.TestApp;
import java.net.URI;
import java.util.List;

/// A run of a program on the storage part of an SDK. The program prints a
/// line for each of its steps: "ok" and its name, or why it failed.
public final class StorageRun {
    private StorageRun() {}

    public static List<String> ofJavaScript(ParleyServer server) {
        return ofJavaScript(server, "storage.js");
    }

    /// @param script of the folder of programs on the storage part
    public static List<String> ofJavaScript(ParleyServer server, String script) {
        return run(SdkPrograms.javaScriptStorage(script), server.url());
    }

    /// The Java SDK finds its chat only through TLS.
    public static List<String> ofJava() {
        TestAuthority authority = TestAuthority.create(SdkPrograms.emptyFolder("tls"));
        ProcessBuilder program = SdkPrograms.javaStorage(authority)
                .directory(SdkPrograms.emptyFolder("storage").toFile());
        try (ServerUnderTest server = ServerUnderTest.withTls(authority, List.of())) {
            return run(program, server.url());
        }
    }

    private static List<String> run(ProcessBuilder program, URI server) {
        program.environment().put("APP_ID", TestApp.ID);
        program.environment().put("APP_KEY", TestApp.KEY);
        program.environment().put("MASTER_KEY", TestApp.MASTER_KEY);
        program.environment().put("SERVER_URL", server.toString());
        return Application.run(program)
                .lines()
                .filter(line -> line.startsWith("ok ") || line.startsWith("failed"))
                .toList();
    }
}
