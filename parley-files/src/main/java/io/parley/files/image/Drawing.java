package io.parley.files.image;

import io.parley.core.file.Preview;
import io.parley.core.file.Preview.Format;
import io.parley.core.file.Preview.Wish;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/// The making of one preview: size first, then pixels, no more of them than are needed. Its time is bounded by the
/// pixels and by what [Source] lets through. Used by one thread.
final class Drawing {
    /// A photograph of 24 megapixels, and a little.
    static final long MAX_PIXELS = 26_000_000;

    private static final int MAX_IMAGE_SIDE = 20_000;

    /// Pixels in memory, at four bytes each: at most a small part of the heap.
    private static final long MAX_DECODED = Math.clamp(Runtime.getRuntime().maxMemory() / 128, 1_000_000L, 12_000_000L);

    private final Source source;
    private final Wish wish;
    private final ImageReader reader;

    Drawing(Source source, Wish wish) {
        this.source = source;
        this.wish = wish;
        this.reader = ImageIO.getImageReadersByFormatName(source.format()).next();
    }

    /// Nothing when the image is too large.
    ///
    /// @throws IOException when it is broken
    Optional<Preview> draw() throws IOException {
        try (var in = new MemoryCacheImageInputStream(new ByteArrayInputStream(source.bytes()))) {
            reader.setInput(in, true, true);
            int width = reader.getWidth(0);
            int height = reader.getHeight(0);
            boolean fits = width <= MAX_IMAGE_SIDE && height <= MAX_IMAGE_SIDE && (long) width * height <= MAX_PIXELS;
            if (!fits || width < 1 || height < 1) return Optional.empty();
            Orientation orientation = source.isJpeg() ? Orientation.of(source.bytes()) : new Orientation(1);
            Shape shape =
                    orientation.isOnItsSide() ? Shape.of(wish, height, width).turned() : Shape.of(wish, width, height);
            return Optional.of(encoded(drawn(decoded(shape, width, height), shape, orientation)));
        } catch (RuntimeException broken) {
            // Decoders throw all sorts of them at broken images.
            throw new IOException("cannot decode the image", broken);
        } finally {
            reader.dispose();
        }
    }

    private BufferedImage decoded(Shape shape, int width, int height) throws IOException {
        ImageReadParam wanted = reader.getDefaultReadParam();
        wanted.setSourceRegion(new Rectangle(
                (width - shape.cutWidth()) / 2, (height - shape.cutHeight()) / 2, shape.cutWidth(), shape.cutHeight()));
        int step = step(shape);
        wanted.setSourceSubsampling(step, step, 0, 0);
        return reader.read(0, wanted);
    }

    /// Every how many pixels are read: more than the preview has, so that they can be averaged.
    private static int step(Shape shape) {
        int step = Math.max(1, Math.min(shape.cutWidth() / shape.width(), shape.cutHeight() / shape.height()) / 2);
        while ((long) (shape.cutWidth() / step) * (shape.cutHeight() / step) > MAX_DECODED) step++;
        return step;
    }

    private static BufferedImage drawn(BufferedImage decoded, Shape shape, Orientation orientation) {
        boolean transparent = decoded.getColorModel().hasAlpha();
        BufferedImage image = decoded;
        while (image.getWidth() >= 2 * shape.width() && image.getHeight() >= 2 * shape.height()) {
            int width = image.getWidth() / 2;
            int height = image.getHeight() / 2;
            var scale = AffineTransform.getScaleInstance(
                    (double) width / image.getWidth(), (double) height / image.getHeight());
            image = drawn(image, scale, width, height, transparent);
        }
        AffineTransform last = orientation.upright(shape.width(), shape.height());
        last.scale((double) shape.width() / image.getWidth(), (double) shape.height() / image.getHeight());
        Shape upright = orientation.isOnItsSide() ? shape.turned() : shape;
        return drawn(image, last, upright.width(), upright.height(), transparent);
    }

    private static BufferedImage drawn(
            BufferedImage image, AffineTransform transform, int width, int height, boolean transparent) {
        var canvas = canvas(width, height, transparent);
        Graphics2D pen = canvas.createGraphics();
        try {
            pen.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
            pen.drawImage(image, transform, null);
        } finally {
            pen.dispose();
        }
        return canvas;
    }

    private static BufferedImage canvas(int width, int height, boolean transparent) {
        return new BufferedImage(width, height, transparent ? BufferedImage.TYPE_INT_ARGB : BufferedImage.TYPE_INT_RGB);
    }

    private Preview encoded(BufferedImage image) throws IOException {
        Format format = wish.format().orElseGet(() -> switch (source.format()) {
            case "png" -> Format.PNG;
            case "gif" -> Format.GIF;
            default -> Format.JPEG;
        });
        boolean transparent = image.getColorModel().hasAlpha();
        return switch (format) {
            case PNG -> written(image, "png");
            case GIF -> written(image, "gif");
            case JPEG -> written(transparent ? onWhite(image) : image, "jpeg");
            case ANY -> written(image, transparent ? "png" : "jpeg");
        };
    }

    private static BufferedImage onWhite(BufferedImage image) {
        var canvas = canvas(image.getWidth(), image.getHeight(), false);
        Graphics2D pen = canvas.createGraphics();
        try {
            pen.drawImage(image, 0, 0, Color.WHITE, null);
        } finally {
            pen.dispose();
        }
        return canvas;
    }

    private Preview written(BufferedImage image, String format) throws IOException {
        var bytes = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
        try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(out);
            ImageWriteParam how = writer.getDefaultWriteParam();
            if (format.equals("jpeg")) {
                how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
                how.setCompressionQuality(wish.quality() / 100f);
            }
            writer.write(null, new IIOImage(image, null, null), how);
        } finally {
            writer.dispose();
        }
        return new Preview(bytes.toByteArray(), "image/" + format);
    }
}
