package io.parley.load.measure;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/// The server's process on this machine, watched through `/proc`. Thread-safe.
public final class ServerProcess {
    private static final double TICKS_PER_SECOND = 100; // USER_HZ: fixed in the interface of the kernel
    private static final String LISTENING = "0A";

    private final long pid;

    public ServerProcess(long pid) {
        this.pid = pid;
    }

    /// The process that listens on a TCP port; empty when there is none here, or it belongs to somebody else.
    public static Optional<ServerProcess> listeningOn(int port) {
        return inodeOfListener(port).flatMap(ServerProcess::ownerOf);
    }

    public long pid() {
        return pid;
    }

    /// User and system time since the process began. Steps of 10 ms.
    public double cpuSeconds() {
        String stat = read("stat");
        // The second field is the command's name in parentheses and may hold anything.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
    }

    public long residentBytes() {
        return read("status")
                .lines()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                .findFirst()
                .orElse(0);
    }

    public OptionalLong maxOpenFiles() {
        return read("limits")
                .lines()
                .filter(line -> line.startsWith("Max open files"))
                .map(line -> line.split(" {2,}", -1)[1])
                .filter(soft -> !soft.equals("unlimited"))
                .mapToLong(Long::parseLong)
                .findFirst();
    }

    private String read(String file) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(pid), file));
        } catch (IOException gone) {
            throw new IllegalStateException("the server process " + pid + " cannot be read", gone);
        }
    }

    private static Optional<String> inodeOfListener(int port) {
        String local = String.format(Locale.ROOT, ":%04X", port);
        for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
            try {
                for (String line : Files.readAllLines(Path.of(table))) {
                    String[] fields = line.strip().split("\\s+", -1);
                    if (fields.length > 9 && fields[1].endsWith(local) && fields[3].equals(LISTENING)) {
                        return Optional.of(fields[9]);
                    }
                }
            } catch (IOException absent) {
                // A kernel without IPv6 has no second table; a system that is not Linux has neither.
            }
        }
        return Optional.empty();
    }

    private static Optional<ServerProcess> ownerOf(String inode) {
        Path wanted = Path.of("socket:[" + inode + "]");
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : processes) {
                if (holds(process, wanted)) {
                    return Optional.of(new ServerProcess(
                            Long.parseLong(process.getFileName().toString())));
                }
            }
        } catch (IOException unreadable) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    private static boolean holds(Path process, Path socket) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(process.resolve("fd"))) {
            for (Path file : files) {
                if (Files.isSymbolicLink(file) && Files.readSymbolicLink(file).equals(socket)) {
                    return true;
                }
            }
        } catch (IOException foreignOrGone) {
            return false;
        }
        return false;
    }
}
