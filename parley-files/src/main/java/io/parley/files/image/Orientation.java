package io.parley.files.image;

import java.awt.geom.AffineTransform;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/// How a camera was held: what has to be done to its picture before people look at it. Source: Exif 2.3, tag
/// 0x0112.
///
/// @param number 1 to 8, as in the tag; 1 is upright
record Orientation(int number) {
    private static final Orientation UPRIGHT = new Orientation(1);
    private static final int TAG = 0x0112;

    /// Of a JPEG file. Whatever is wrong with it, the picture is taken as upright.
    static Orientation of(byte[] jpeg) {
        try {
            return exif(ByteBuffer.wrap(jpeg)).flatMap(Orientation::read).orElse(UPRIGHT);
        } catch (IndexOutOfBoundsException | IllegalArgumentException cutOff) {
            return UPRIGHT;
        }
    }

    /// The TIFF structure in the segment APP1 that begins with `Exif`.
    private static Optional<ByteBuffer> exif(ByteBuffer jpeg) {
        int at = 2;
        while (at + 4 <= jpeg.limit() && (jpeg.get(at) & 0xFF) == 0xFF) {
            int marker = jpeg.get(at + 1) & 0xFF;
            int length = Short.toUnsignedInt(jpeg.getShort(at + 2));
            boolean isExif = marker == 0xE1 && length >= 16 && jpeg.getInt(at + 4) == 0x45786966;
            if (isExif) return Optional.of(jpeg.slice(at + 10, length - 8));
            if (marker == 0xDA || length < 2) return Optional.empty();
            at += 2 + length;
        }
        return Optional.empty();
    }

    private static Optional<Orientation> read(ByteBuffer tiff) {
        tiff.order(tiff.getShort(0) == 0x4949 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        int directory = tiff.getInt(4);
        int entries = Short.toUnsignedInt(tiff.getShort(directory));
        for (int i = 0; i < entries; i++) {
            int entry = directory + 2 + 12 * i;
            if (Short.toUnsignedInt(tiff.getShort(entry)) != TAG) continue;
            int number = tiff.getShort(entry + 8);
            return number >= 1 && number <= 8 ? Optional.of(new Orientation(number)) : Optional.empty();
        }
        return Optional.empty();
    }

    boolean isOnItsSide() {
        return number >= 5;
    }

    /// Moves the pixels of a picture of this size to where they belong.
    AffineTransform upright(double width, double height) {
        return switch (number) {
            case 2 -> new AffineTransform(-1, 0, 0, 1, width, 0);
            case 3 -> new AffineTransform(-1, 0, 0, -1, width, height);
            case 4 -> new AffineTransform(1, 0, 0, -1, 0, height);
            case 5 -> new AffineTransform(0, 1, 1, 0, 0, 0);
            case 6 -> new AffineTransform(0, 1, -1, 0, height, 0);
            case 7 -> new AffineTransform(0, -1, -1, 0, height, width);
            case 8 -> new AffineTransform(0, -1, 1, 0, 0, width);
            default -> new AffineTransform();
        };
    }
}
