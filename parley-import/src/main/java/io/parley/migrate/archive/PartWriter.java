package io.parley.migrate.archive;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;

/// Writes one part under a temporary name, and gives it its own name when it is finished. Used by one thread.
final class PartWriter implements AutoCloseable {
    private final Path target;
    private final String file;
    private final Path fresh;
    private final FileChannel channel;
    private final DigestOutputStream digest;
    private final GZIPOutputStream gzip;
    private final BufferedOutputStream out;
    private long lines;
    private long text;
    private long from = Long.MAX_VALUE;
    private long to;

    PartWriter(Path archive, String file) throws IOException {
        this.file = file;
        target = archive.resolve(file);
        fresh = archive.resolve(file + ".tmp");
        Files.createDirectories(archive.resolve(file.substring(0, file.lastIndexOf('/'))));
        channel = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
        digest = new DigestOutputStream(Channels.newOutputStream(channel), Checksums.sha256());
        gzip = new GZIPOutputStream(digest, 64 * 1024);
        out = new BufferedOutputStream(gzip, 64 * 1024);
    }

    void add(byte[] line, long timestamp) throws IOException {
        out.write(line);
        out.write('\n');
        lines++;
        text += line.length + 1L;
        if (timestamp == 0) return;
        from = Math.min(from, timestamp);
        to = Math.max(to, timestamp);
    }

    /// Bytes before compression.
    long text() {
        return text;
    }

    Part finish() throws IOException {
        out.flush();
        gzip.finish();
        long size = channel.position();
        channel.force(true);
        channel.close();
        Durable.publish(fresh, target);
        String sha256 = HexFormat.of().formatHex(digest.getMessageDigest().digest());
        return new Part(file, lines, size, sha256, to == 0 ? 0 : from, to);
    }

    /// Gives up what is not finished.
    @Override
    public void close() throws IOException {
        if (!channel.isOpen()) return;
        channel.close();
        Files.deleteIfExists(fresh);
    }
}
