package io.parley.client.internal;

import java.io.IOException;
import java.io.InputStream;
import java.net.URLConnection;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a media file tells of itself: format, width, height, duration. */
final class MediaMetadata {
    private static final boolean CAN_READ = isThere("com.drew.imaging.ImageMetadataReader");

    private MediaMetadata() {}

    private static boolean isThere(String className) {
        try {
            Class.forName(className, false, MediaMetadata.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    /** @param length of the content in bytes */
    static Map<String, Object> read(InputStream content, String name, long length) throws IOException {
        Map<String, Object> found = new LinkedHashMap<>();
        String guessed = URLConnection.guessContentTypeFromName(name);
        if (guessed != null) found.put("format", guessed);
        // In a class of its own, so that this one works without the library.
        if (CAN_READ) found.putAll(ExtractedMetadata.read(content, length));
        return found;
    }
}
