package io.parley.server.http;

import io.parley.server.config.ConfigException;
import io.parley.server.config.ServerConfig.Tls;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Certificate and key of a port, read again when the files change: renewed certificates need no restart.
final class TlsFiles implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(TlsFiles.class);
    private static final long LOOK_MILLIS = TimeUnit.SECONDS.toMillis(10);

    private final Tls files;
    private final Vertx vertx;
    private volatile long timer = -1;
    private volatile List<FileTime> seen;

    TlsFiles(Tls files, Vertx vertx) {
        this.files = files;
        this.vertx = vertx;
        this.seen = times();
    }

    PemKeyCertOptions read() {
        return new PemKeyCertOptions().addCertValue(read(files.certificate())).addKeyValue(read(files.key()));
    }

    /// What to tell the operator when the port does not open with them.
    ConfigException unusable(Throwable cause) {
        return new ConfigException("TLS: " + files.certificate() + " and " + files.key()
                + " cannot be used as certificate and key in PEM form: " + cause.getMessage());
    }

    /// Looks every few seconds whether the files changed, and uses the new ones for new connections.
    void watch(List<HttpServer> servers) {
        timer = vertx.setPeriodic(
                LOOK_MILLIS, tick -> Thread.ofVirtual().name("tls-files").start(() -> reloadWhenChanged(servers)));
    }

    private synchronized void reloadWhenChanged(List<HttpServer> servers) {
        try {
            List<FileTime> now = times();
            if (now.equals(seen)) return;
            seen = now;
            var options = new ServerSSLOptions().setKeyCertOptions(read()).setUseAlpn(false);
            for (HttpServer server : servers)
                server.updateSSLOptions(options.copy()).await(30, TimeUnit.SECONDS);
            log.info("TLS certificate read again certificate={}", files.certificate());
        } catch (RuntimeException | TimeoutException e) {
            log.warn(
                    "TLS certificate changed but cannot be used; the old one stays certificate={}",
                    files.certificate(),
                    e);
        }
    }

    private List<FileTime> times() {
        return List.of(time(files.certificate()), time(files.key()));
    }

    private static FileTime time(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            throw new ConfigException("TLS: cannot read " + file);
        }
    }

    private static Buffer read(Path file) {
        try {
            return Buffer.buffer(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new ConfigException("TLS: cannot read " + file);
        }
    }

    @Override
    public void close() {
        vertx.cancelTimer(timer);
    }
}
