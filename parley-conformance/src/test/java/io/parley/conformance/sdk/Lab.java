package io.parley.conformance.sdk;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/// What all conformance tests with the same settings share: one server behind its own TLS, and one program per SDK,
/// each started when
/// first asked for. Thread-safe. JUnit closes it after the last test.
final class Lab implements AutoCloseable {
    private static final Namespace NAMESPACE = Namespace.create(Lab.class);

    private final ServerUnderTest server;
    private final Map<Sdk, SdkProcess> programs = new EnumMap<>(Sdk.class);
    private final AtomicInteger numbers = new AtomicInteger();

    Lab() {
        this(List.of());
    }

    /// @param settings of the server, as in [WithSettings]
    private Lab(List<String> settings) {
        server = ServerUnderTest.withTls(authority(), settings);
    }

    static Lab of(ExtensionContext context) {
        List<String> settings = context.getTestClass()
                .map(type -> type.getAnnotation(WithSettings.class))
                .map(wanted -> List.of(wanted.value()))
                .orElse(List.of());
        return context.getRoot().getStore(NAMESPACE).getOrComputeIfAbsent(settings, Lab::new, Lab.class);
    }

    ServerUnderTest server() {
        return server;
    }

    /// One for all labs: making certificates takes longer than starting a server.
    TestAuthority authority() {
        return Authority.SHARED;
    }

    private static final class Authority {
        static final TestAuthority SHARED = TestAuthority.create(SdkPrograms.emptyFolder("tls"));
    }

    /// The program of this SDK that all tests share.
    synchronized SdkProcess program(Sdk sdk) {
        return programs.computeIfAbsent(sdk, this::start);
    }

    /// A program of a test's own, for what concerns the whole program. The test closes it.
    SdkProcess start(Sdk sdk) {
        Path place = SdkPrograms.emptyFolder(sdk.folder()); // SDKs that keep files keep them apart, as on two devices
        SdkProcess program = new SdkProcess(
                sdk, SdkPrograms.command(sdk, authority()).directory(place.toFile()), place.resolve("log"));
        program.call("configure", server.configuration());
        return program;
    }

    /// Makes names unique in this run.
    int number() {
        return numbers.incrementAndGet();
    }

    @Override
    public void close() {
        programs.values().forEach(SdkProcess::close);
        server.close();
    }
}
