package io.parley.conformance.sdk;

import io.parley.conformance.browser.Chromium;
import io.parley.conformance.own.OwnProgram;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/// What all conformance tests with the same settings share: one server behind its own TLS, and one program per SDK,
/// each started when first asked for. Thread-safe. JUnit closes it after the last test.
final class Lab implements AutoCloseable {
    private static final Namespace NAMESPACE = Namespace.create(Lab.class);

    private final ServerUnderTest server;
    private final Map<Sdk, Program> programs = new EnumMap<>(Sdk.class);
    private final AtomicInteger numbers = new AtomicInteger();
    private @Nullable BrowserNetwork network; // guarded by this

    Lab() {
        this(List.of());
    }

    /// @param settings of the server, as in [WithSettings]
    Lab(List<String> settings) {
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
    synchronized Program program(Sdk sdk) {
        return programs.computeIfAbsent(sdk, this::start);
    }

    /// A program of a test's own, for what concerns the whole program. The test closes it.
    Program start(Sdk sdk) {
        Program program = new Program(
                sdk, ear -> sdk.isOwn() ? own(ear) : sdk.isInBrowser() ? page(sdk, ear) : process(sdk, ear));
        program.call("configure", server.configuration());
        return program;
    }

    private Host own(Host.Ear ear) {
        Dispatcher unlimited = new Dispatcher();
        unlimited.setMaxRequests(Integer.MAX_VALUE);
        unlimited.setMaxRequestsPerHost(Integer.MAX_VALUE);
        OkHttpClient http = new OkHttpClient.Builder()
                .sslSocketFactory(
                        authority().clientContext().getSocketFactory(),
                        authority().trust())
                .dispatcher(unlimited)
                .connectionPool(new ConnectionPool(0, 1, TimeUnit.SECONDS))
                .build();
        return new OwnHost(new OwnProgram(http, ear::line));
    }

    private Host process(Sdk sdk, Host.Ear ear) {
        Path place = SdkPrograms.emptyFolder(sdk.folder()); // SDKs that keep files keep them apart, as on two devices
        return new ProcessHost(
                SdkPrograms.command(sdk, authority()).directory(place.toFile()), place.resolve("log"), ear);
    }

    private synchronized Host page(Sdk sdk, Host.Ear ear) {
        if (network == null) network = BrowserNetwork.leadingTo(server.url(), authority());
        return new PageHost(Chromium.shared().newWindow(network.proxy()), network.pages() + SdkPrograms.page(sdk), ear);
    }

    /// Makes names unique in this run.
    int number() {
        return numbers.incrementAndGet();
    }

    @Override
    public synchronized void close() {
        programs.values().forEach(Program::close);
        if (network != null) network.close();
        server.close();
    }
}
