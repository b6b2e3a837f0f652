package io.parley.load.measure;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/// What a server says of itself at `/metrics`, in the text format of Prometheus.
public final class ServerMetrics {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private ServerMetrics() {}

    /// Bytes of the Java heap in use, with what only waits for collection; NaN when the server does not tell.
    /// Blocks.
    public static double heapBytes(URI server) throws InterruptedException {
        URI metrics = URI.create(server.toString().replaceAll("/$", "") + "/metrics");
        try (HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(PATIENCE)
                .build()) {
            HttpRequest request =
                    HttpRequest.newBuilder(metrics).timeout(PATIENCE).build();
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            return response.statusCode() == 200 ? sumOfHeap(response.body()) : Double.NaN;
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
