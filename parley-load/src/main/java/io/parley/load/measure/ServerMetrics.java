package io.parley.load.measure;

import io.parley.load.client.ServerPages;
import java.io.IOException;
import java.net.URI;

/// What a server says of itself at `/metrics`, in the text format of Prometheus.
public final class ServerMetrics {
    private ServerMetrics() {}

    /// Bytes of the Java heap in use, with what only waits for collection; NaN when the server does not tell.
    /// Blocks.
    public static double heapBytes(URI server) throws InterruptedException {
        try {
            return ServerPages.get(server, "/metrics")
                    .map(ServerMetrics::sumOfHeap)
                    .orElse(Double.NaN);
        } catch (IOException noMetrics) {
            return Double.NaN;
        }
    }

    static double sumOfHeap(String exposition) {
        return exposition
                .lines()
                .filter(line -> line.startsWith("jvm_memory_used_bytes{") && line.contains("area=\"heap\""))
                .map(line -> line.substring(line.indexOf('}') + 1).strip())
                .mapToDouble(Double::parseDouble)
                .reduce(Double::sum)
                .orElse(Double.NaN);
    }
}
