package io.parley.core.file;

import java.util.Optional;

/// A smaller image made of an uploaded one. The bytes belong to the preview: nobody changes them.
@SuppressWarnings("ArrayRecordComponent")
public record Preview(byte[] bytes, String mimeType) {

    /// How the image fills the box that a client names. Source: rest 14.3; the modes of the storage that the SDKs
    /// were made for.
    ///
    /// @param fills covers the box instead of lying inside it
    /// @param crops cuts off what reaches beyond the box
    /// @param byEdges width and height of the box mean the long and the short edge of the image
    public record Mode(boolean fills, boolean crops, boolean byEdges) {
        public static Optional<Mode> of(int number) {
            return switch (number) {
                case 0 -> Optional.of(new Mode(false, false, true));
                case 1 -> Optional.of(new Mode(true, true, false));
                case 2 -> Optional.of(new Mode(false, false, false));
                case 3 -> Optional.of(new Mode(true, false, false));
                case 4 -> Optional.of(new Mode(true, false, true));
                case 5 -> Optional.of(new Mode(true, true, true));
                default -> Optional.empty();
            };
        }
    }

    public enum Format {
        JPEG,
        PNG,
        GIF,
        /// What suits the image: PNG when it has transparent parts, else JPEG.
        ANY
    }

    /// What a client wants.
    ///
    /// @param width in pixels; 0: whatever follows from the height
    /// @param height in pixels; 0: whatever follows from the width
    /// @param quality of JPEG, 1 to 100
    /// @param format absent: that of the image
    public record Wish(Mode mode, int width, int height, int quality, Optional<Format> format) {
        /// Tells wishes apart, in a few characters that may stand in an ETag.
        public String tag() {
            return (mode.fills ? "f" : "") + (mode.crops ? "c" : "") + (mode.byEdges ? "e" : "") + width + "x" + height
                    + "q" + quality + format.map(Format::name).orElse("");
        }
    }
}
