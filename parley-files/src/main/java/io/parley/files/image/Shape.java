package io.parley.files.image;

import io.parley.core.file.Preview.Wish;

/// What part of an image a preview shows, and how large. Images are never enlarged.
///
/// @param cutWidth of the part in the middle that is shown, in pixels of the image
/// @param width of the preview, in pixels
record Shape(int cutWidth, int cutHeight, int width, int height) {
    /// A longer side is not a preview any more.
    static final int MAX_SIDE = 2048;

    static Shape of(Wish wish, int imageWidth, int imageHeight) {
        boolean upright = wish.mode().byEdges() && imageWidth < imageHeight;
        int one = side(upright ? wish.height() : wish.width());
        int other = side(upright ? wish.width() : wish.height());
        return wish.mode().fills()
                ? filling(wish, imageWidth, imageHeight, one == 0 ? other : one, other == 0 ? one : other)
                : scaled(imageWidth, imageHeight, Math.min(limit(one, imageWidth), limit(other, imageHeight)));
    }

    private static int side(int wanted) {
        return Math.min(wanted, MAX_SIDE);
    }

    private static double limit(int side, int imageSide) {
        return side == 0 ? 1 : (double) side / imageSide;
    }

    private static Shape filling(Wish wish, int imageWidth, int imageHeight, int boxWidth, int boxHeight) {
        double scale = Math.min(1, Math.max((double) boxWidth / imageWidth, (double) boxHeight / imageHeight));
        if (!wish.mode().crops()) return scaled(imageWidth, imageHeight, scale);
        int width = Math.min(boxWidth, pixels(imageWidth, scale));
        int height = Math.min(boxHeight, pixels(imageHeight, scale));
        int cutWidth = Math.clamp(Math.round(width / scale), 1, imageWidth);
        int cutHeight = Math.clamp(Math.round(height / scale), 1, imageHeight);
        return new Shape(cutWidth, cutHeight, width, height);
    }

    private static Shape scaled(int imageWidth, int imageHeight, double wanted) {
        double scale = Math.min(Math.min(1, wanted), (double) MAX_SIDE / Math.max(imageWidth, imageHeight));
        return new Shape(imageWidth, imageHeight, pixels(imageWidth, scale), pixels(imageHeight, scale));
    }

    private static int pixels(int side, double scale) {
        return Math.max(1, (int) Math.round(side * scale));
    }

    /// The same for an image that lies on its side.
    Shape turned() {
        return new Shape(cutHeight, cutWidth, height, width);
    }
}
