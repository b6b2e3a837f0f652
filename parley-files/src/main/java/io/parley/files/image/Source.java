package io.parley.files.image;

import java.nio.ByteBuffer;
import java.util.Optional;

/// The bytes of an image that somebody uploaded, as far as they are worth a try: before anything is decoded, what
/// would make a decoder take much memory or time for little input is turned away.
///
/// @param format as `javax.imageio` names it
@SuppressWarnings("ArrayRecordComponent")
record Source(String format, byte[] bytes) {
    /// Photographs have at most a few passes over the image.
    private static final int MAX_PASSES = 32;

    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    private static final int PNG_CHUNK_OVERHEAD = 12;

    static Optional<Source> of(byte[] bytes) {
        if (starts(bytes, (byte) 0xFF, (byte) 0xD8, (byte) 0xFF))
            return passes(bytes) <= MAX_PASSES ? Optional.of(new Source("jpeg", bytes)) : Optional.empty();
        if (starts(bytes, PNG)) return chunksFit(bytes) ? Optional.of(new Source("png", bytes)) : Optional.empty();
        if (starts(bytes, (byte) 'G', (byte) 'I', (byte) 'F', (byte) '8')) return Optional.of(new Source("gif", bytes));
        return Optional.empty();
    }

    private static boolean starts(byte[] bytes, byte... with) {
        if (bytes.length < with.length) return false;
        for (int i = 0; i < with.length; i++) if (bytes[i] != with[i]) return false;
        return true;
    }

    /// Every pass of a progressive JPEG costs as much as its whole area, however short it is. The marker stands for
    /// nothing else in the image data.
    private static int passes(byte[] bytes) {
        int passes = 0;
        for (int i = 0; i + 1 < bytes.length; i++) if (bytes[i] == (byte) 0xFF && bytes[i + 1] == (byte) 0xDA) passes++;
        return passes;
    }

    /// Decoders make room for as much as a chunk says it has.
    private static boolean chunksFit(byte[] bytes) {
        ByteBuffer data = ByteBuffer.wrap(bytes);
        int at = PNG.length;
        while (bytes.length - at >= PNG_CHUNK_OVERHEAD) {
            int length = data.getInt(at);
            if (length < 0 || length > bytes.length - at - PNG_CHUNK_OVERHEAD) return false;
            at += PNG_CHUNK_OVERHEAD + length;
        }
        return true;
    }

    boolean isJpeg() {
        return format.equals("jpeg");
    }
}
