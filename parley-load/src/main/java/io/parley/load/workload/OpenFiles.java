package io.parley.load.workload;

import com.sun.management.UnixOperatingSystemMXBean;
import io.parley.load.measure.ServerProcess;
import java.lang.management.ManagementFactory;
import java.util.Optional;

/// Whether both ends may open as many sockets as a load needs, asked before it starts.
final class OpenFiles {
    private static final int OTHER_FILES = 200;

    private OpenFiles() {}

    static void check(int sockets, Optional<ServerProcess> server) {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system) {
            require("this tool", system.getMaxFileDescriptorCount(), sockets);
        }
        server.ifPresent(process -> process.maxOpenFiles()
                .ifPresent(max -> require("the server (pid " + process.pid() + ")", max, sockets)));
    }

    private static void require(String who, long limit, int sockets) {
        if (limit < sockets + OTHER_FILES) {
            throw new SetupException(sockets + " connections need an open-file limit of " + (sockets + OTHER_FILES)
                    + ", but " + who + " has " + limit + ". Raise it with 'ulimit -n' where it is started.");
        }
    }
}
