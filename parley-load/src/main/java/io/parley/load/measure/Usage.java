package io.parley.load.measure;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Optional;

/// Processor time used so far by both ends, and the server's memory, at one moment.
///
/// @param serverCpuSeconds NaN when the server's process is not known
/// @param serverResidentBytes 0 when it is not known
public record Usage(double serverCpuSeconds, long serverResidentBytes, double toolCpuSeconds) {
    public static Usage now(Optional<ServerProcess> server) {
        OperatingSystemMXBean tool = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return new Usage(
                server.map(ServerProcess::cpuSeconds).orElse(Double.NaN),
                server.map(ServerProcess::residentBytes).orElse(0L),
                tool.getProcessCpuTime() / 1e9);
    }
}
