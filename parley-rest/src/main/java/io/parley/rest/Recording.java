package io.parley.rest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/// Format and length of a sound or film, from its headers: MP4 and its kin (m4a, mov, 3gp), and WAV. Reads a few
/// bytes here and there, whatever the file claims.
///
/// @param format as SDKs know it
record Recording(String format, double seconds) {
    /// Those of MP4 and its kin, told together by the tool whose answers SDKs expect.
    private static final String MP4 = "mov,mp4,m4a,3gp,3g2,mj2";

    private static final int HEADER = 16;

    /// Boxes or chunks that are looked at; real files have a dozen.
    private static final int MAX_PARTS = 64;

    /// Reads some bytes; fewer only at the end of the file.
    @FunctionalInterface
    interface Reader {
        byte[] read(long from, int length) throws IOException;
    }

    static Optional<Recording> of(Reader file, long size) throws IOException {
        ByteBuffer start = ByteBuffer.wrap(file.read(0, 12));
        if (start.limit() < 12) return Optional.empty();
        return switch (name(start, 4)) {
            case "ftyp", "moov", "wide", "free", "skip", "mdat" -> mp4(file, size);
            default ->
                name(start, 0).equals("RIFF") && name(start, 8).equals("WAVE") ? wav(file, size) : Optional.empty();
        };
    }

    private static String name(ByteBuffer bytes, int at) {
        return new String(bytes.array(), at, 4, ISO_8859_1);
    }

    private record Box(long from, long end) {}

    private static Optional<Recording> mp4(Reader file, long size) throws IOException {
        Optional<Box> movie = box(file, "moov", new Box(0, size));
        Optional<Box> header = movie.isEmpty() ? Optional.empty() : box(file, "mvhd", movie.get());
        if (header.isEmpty()) return Optional.empty();
        ByteBuffer data = ByteBuffer.wrap(file.read(header.get().from, 32));
        if (data.limit() < 32) return Optional.empty();
        boolean isLong = data.get(0) == 1;
        long perSecond = Integer.toUnsignedLong(data.getInt(isLong ? 20 : 12));
        long units = isLong ? data.getLong(24) : Integer.toUnsignedLong(data.getInt(16));
        return perSecond == 0 || units < 0
                ? Optional.empty()
                : Optional.of(new Recording(MP4, (double) units / perSecond));
    }

    /// The first box of this name inside of another one.
    private static Optional<Box> box(Reader file, String name, Box within) throws IOException {
        long at = within.from;
        for (int i = 0; i < MAX_PARTS && at < within.end; i++) {
            ByteBuffer header = ByteBuffer.wrap(file.read(at, HEADER));
            if (header.limit() < 8) return Optional.empty();
            long length = Integer.toUnsignedLong(header.getInt(0));
            int headerLength = 8;
            if (length == 1 && header.limit() == HEADER) {
                length = header.getLong(8);
                headerLength = HEADER;
            }
            if (length == 0) length = within.end - at; // up to the end
            if (length < headerLength || length > within.end - at) return Optional.empty();
            if (name(header, 4).equals(name)) return Optional.of(new Box(at + headerLength, at + length));
            at += length;
        }
        return Optional.empty();
    }

    private static Optional<Recording> wav(Reader file, long size) throws IOException {
        long at = 12;
        long bytesPerSecond = 0;
        for (int i = 0; i < MAX_PARTS && at < size; i++) {
            ByteBuffer chunk = ByteBuffer.wrap(file.read(at, 24)).order(ByteOrder.LITTLE_ENDIAN);
            if (chunk.limit() < 8) return Optional.empty();
            long length = Integer.toUnsignedLong(chunk.getInt(4));
            if (name(chunk, 0).equals("fmt ") && chunk.limit() >= 20)
                bytesPerSecond = Integer.toUnsignedLong(chunk.getInt(16));
            if (name(chunk, 0).equals("data"))
                return bytesPerSecond == 0
                        ? Optional.empty()
                        : Optional.of(new Recording("wav", (double) Math.min(length, size - at - 8) / bytesPerSecond));
            at += 8 + length + length % 2;
        }
        return Optional.empty();
    }
}
