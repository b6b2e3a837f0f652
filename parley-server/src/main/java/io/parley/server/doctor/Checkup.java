package io.parley.server.doctor;

import static io.parley.server.doctor.Finding.bad;
import static io.parley.server.doctor.Finding.doubtful;
import static io.parley.server.doctor.Finding.good;

import com.sun.management.UnixOperatingSystemMXBean;
import io.parley.server.config.ServerConfig;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// Everything that is looked at.
public final class Checkup {
    private static final int JAVA = 25;
    private static final long MANY_FILES = 10_000;

    /// No clock that is right shows an earlier time.
    private static final Instant WRITTEN = Instant.parse("2025-09-01T00:00:00Z");

    private final ServerConfig config;
    private final InstantSource clock;

    public Checkup(ServerConfig config, InstantSource clock) {
        this.config = config;
        this.clock = clock;
    }

    public List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        findings.add(java());
        findings.add(port(config.listen().host(), config.listen().port(), "--port"));
        config.listen()
                .plainPort()
                .ifPresent(port -> findings.add(port(config.listen().host(), port, "--plain-port")));
        findings.addAll(new DataFolder(config.data(), clock).findings());
        findings.add(TemporaryFolder.look());
        findings.add(openFiles());
        findings.add(clock());
        config.listen().tls().ifPresent(tls -> findings.add(new Certificate(tls, clock).look()));
        findings.addAll(PushAccounts.look(config));
        return findings;
    }

    private static Finding java() {
        int release = Runtime.version().feature();
        return release >= JAVA
                ? good("Java", String.valueOf(Runtime.version()))
                : bad("Java", release + " is too old; " + JAVA + " or newer is needed: see https://adoptium.net");
    }

    /// Opens the port for a moment.
    private static Finding port(String host, int port, String flag) {
        if (port == 0) return good("port", "a free one will be taken");
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName(host), port));
            return good("port", port + " is free");
        } catch (IOException e) {
            return bad(
                    "port",
                    "cannot listen on " + host + ":" + port + " (" + e.getMessage()
                            + "); stop the program that uses it, or " + "choose another one with " + flag);
        }
    }

    /// Each connection is an open file.
    private static Finding openFiles() {
        if (!(ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system))
            return good("open files", "no limit known on this system");
        long most = system.getMaxFileDescriptorCount();
        return most >= MANY_FILES
                ? good("open files", "up to " + most)
                : doubtful(
                        "open files",
                        "only " + most
                                + " are allowed, and each connection is one; raise it with \"ulimit -n 100000\" in "
                                + "the shell, or LimitNOFILE=100000 in a systemd unit");
    }

    private Finding clock() {
        Instant now = clock.instant();
        if (now.isBefore(WRITTEN))
            return bad(
                    "clock", "it says " + now + ", which is past; set it, for example with timedatectl set-ntp true");
        if (now.isAfter(WRITTEN.plus(Duration.ofDays(20 * 365))))
            return bad(
                    "clock",
                    "it says " + now + ", which is far ahead; set it, for example with timedatectl set-ntp true");
        return good("clock", now.toString());
    }
}
