package io.parley.rest;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/// Format, width and height of an image, from its first bytes: PNG, GIF, JPEG, BMP. Decodes nothing.
///
/// @param format as SDKs know it
record ImageSize(String format, int width, int height) {
    /// Photographs have up to 64 KB before their size, several times.
    static final long NEEDED_BYTES = 1024 * 1024;

    static Optional<ImageSize> of(InputStream in) throws IOException {
        var data = new DataInputStream(in);
        try {
            return switch (data.readUnsignedShort()) {
                case 0x8950 -> png(data);
                case 0x4749 -> gif(data);
                case 0xFFD8 -> jpeg(data);
                case 0x424D -> bmp(data);
                default -> Optional.empty();
            };
        } catch (EOFException cutOff) {
            return Optional.empty();
        }
    }

    private static Optional<ImageSize> png(DataInputStream data) throws IOException {
        data.skipNBytes(14); // the rest of the signature, length and name of the first chunk
        return Optional.of(new ImageSize("png", data.readInt(), data.readInt()));
    }

    private static Optional<ImageSize> gif(DataInputStream data) throws IOException {
        data.skipNBytes(4);
        int width = Short.toUnsignedInt(Short.reverseBytes(data.readShort()));
        return Optional.of(new ImageSize("gif", width, Short.toUnsignedInt(Short.reverseBytes(data.readShort()))));
    }

    private static Optional<ImageSize> bmp(DataInputStream data) throws IOException {
        data.skipNBytes(16);
        int width = Integer.reverseBytes(data.readInt());
        return Optional.of(new ImageSize("bmp", width, Math.abs(Integer.reverseBytes(data.readInt()))));
    }

    private static Optional<ImageSize> jpeg(DataInputStream data) throws IOException {
        while (true) {
            if (data.readUnsignedByte() != 0xFF) return Optional.empty();
            int marker = data.readUnsignedByte();
            while (marker == 0xFF) marker = data.readUnsignedByte();
            int length = data.readUnsignedShort();
            boolean frame = marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
            if (!frame) {
                data.skipNBytes(Math.max(0, length - 2));
                continue;
            }
            data.skipNBytes(1);
            int height = data.readUnsignedShort();
            return Optional.of(new ImageSize("jpeg", data.readUnsignedShort(), height));
        }
    }
}
