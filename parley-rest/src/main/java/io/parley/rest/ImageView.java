package io.parley.rest;

import io.parley.core.file.Preview.Format;
import io.parley.core.file.Preview.Mode;
import io.parley.core.file.Preview.Wish;
import java.util.List;
import java.util.Optional;

/// What `?imageView/MODE/w/WIDTH/h/HEIGHT/q/QUALITY/format/FORMAT` asks for; all SDKs write it into the URLs of
/// their thumbnails. Source: rest 14.3.
final class ImageView {
    private static final List<String> NAMES = List.of("imageView", "imageView2");
    private static final int MAX_SIDE = 9_999;
    private static final int QUALITY = 75;

    private ImageView() {}

    /// Nothing when the URL asks for the file itself; a refusal with 400 when it asks for what cannot be.
    static Optional<Wish> of(Call call) {
        return call.queryNames().stream()
                .map(name -> name.split("/", -1))
                .filter(parts -> NAMES.contains(parts[0]))
                .findFirst()
                .map(ImageView::wish);
    }

    private static Wish wish(String[] parts) {
        int width = 0;
        int height = 0;
        int quality = QUALITY;
        Optional<Format> format = Optional.empty();
        int end = parts[parts.length - 1].isEmpty() ? parts.length - 1 : parts.length;
        Mode mode = Mode.of(end < 2 ? -1 : number("the mode", parts[1], 0, 5)).orElseThrow(ImageView::modeless);
        if (end % 2 != 0) throw HttpRefusal.badRequest("imageView has a value behind each name, as in w/200/h/100");
        for (int i = 2; i < end; i += 2) {
            String value = parts[i + 1];
            switch (parts[i]) {
                case "w" -> width = number("w", value, 1, MAX_SIDE);
                case "h" -> height = number("h", value, 1, MAX_SIDE);
                case "q" -> quality = number("q", value, 1, 100);
                case "format" -> format = Optional.of(format(value));
                case "interlace", "ignore-error" -> number(parts[i], value, 0, 1); // no difference here
                default -> throw HttpRefusal.badRequest("imageView knows w, h, q and format; got " + shown(parts[i]));
            }
        }
        if (width == 0 && height == 0) throw HttpRefusal.badRequest("imageView needs w or h");
        return new Wish(mode, width, height, quality, format);
    }

    private static HttpRefusal modeless() {
        return HttpRefusal.badRequest("imageView needs a mode from 0 to 5");
    }

    /// Swift writes whole numbers as `200.0`.
    private static int number(String name, String text, int min, int max) {
        try {
            double number = Double.parseDouble(text);
            if (number >= min && number <= max) return (int) Math.round(number);
        } catch (NumberFormatException notOne) {
            // told below
        }
        throw HttpRefusal.badRequest(
                name + " of imageView is a number from " + min + " to " + max + "; got " + shown(text));
    }

    private static Format format(String name) {
        return switch (name) {
            case "jpg", "jpeg" -> Format.JPEG;
            case "png" -> Format.PNG;
            case "gif" -> Format.GIF;
            case "webp" -> Format.ANY; // whoever shows WebP shows the others, too
            default -> throw HttpRefusal.badRequest("format of imageView is jpg, png, gif or webp; got " + shown(name));
        };
    }

    private static String shown(String text) {
        return "\"" + Call.shown(text) + "\"";
    }
}
