package io.parley.migrate.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// The files in a tar archive, one after the other: as much of the format as exports use, long names included. Used
/// by one thread.
final class TarReader {
    private static final int BLOCK = 512;
    private static final int MAX_NAME = 64 * 1024;

    private final InputStream in;
    private String name = "";
    private char type;
    private long left;
    private long padding;

    TarReader(InputStream in) {
        this.in = in;
    }

    /// Goes to the next entry.
    ///
    /// @return false at the end
    boolean next() throws IOException {
        String longName = "";
        while (true) {
            in.skipNBytes(left + padding);
            left = 0;
            padding = 0;
            byte[] header = in.readNBytes(BLOCK);
            if (header.length < BLOCK || header[0] == 0) return false;
            long size = size(header);
            left = size;
            padding = (BLOCK - size % BLOCK) % BLOCK;
            type = (char) header[156];
            switch (type) {
                case 'L' -> longName = text(content().readNBytes(MAX_NAME)); // the next entry's name
                case 'x' -> longName = path(text(content().readNBytes(MAX_NAME)), longName);
                case 'g' -> {} // says something of all entries; none of it matters here
                default -> {
                    String prefix = text(header, 345, 155);
                    String own = text(header, 0, 100);
                    name = !longName.isEmpty() ? longName : prefix.isEmpty() ? own : prefix + "/" + own;
                    return true;
                }
            }
        }
    }

    String name() {
        return name;
    }

    boolean isFile() {
        return type == '0' || type == 0;
    }

    /// Ends where the entry ends.
    InputStream content() {
        return new FilterInputStream(in) {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] target, int from, int length) throws IOException {
                if (left == 0) return -1;
                int n = in.read(target, from, (int) Math.min(length, left));
                if (n < 0) throw new EOFException("the tar archive ends in the middle of " + name);
                left -= n;
                return n;
            }

            @Override
            public void close() {
                // The archive goes on.
            }
        };
    }

    private static long size(byte[] header) throws IOException {
        try {
            return Long.parseLong(text(header, 124, 12).strip(), 8);
        } catch (NumberFormatException e) {
            throw new IOException("not a tar archive");
        }
    }

    /// Records `length key=value\n`.
    private static String path(String records, String otherwise) {
        for (String record : records.split("\n")) {
            int key = record.indexOf(" path=");
            if (key >= 0) return record.substring(key + " path=".length());
        }
        return otherwise;
    }

    private static String text(byte[] header, int from, int length) {
        int end = from;
        while (end < from + length && header[end] != 0) end++;
        return new String(header, from, end - from, UTF_8);
    }

    private static String text(byte[] bytes) {
        return text(bytes, 0, bytes.length);
    }
}
