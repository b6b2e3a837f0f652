package io.parley.client.internal;

import com.drew.imaging.ImageMetadataReader;
import com.drew.imaging.ImageProcessingException;
import com.drew.metadata.Directory;
import com.drew.metadata.Metadata;
import com.drew.metadata.Tag;
import com.drew.metadata.file.FileTypeDirectory;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** By metadata-extractor, which knows the formats of cameras and phones. */
final class ExtractedMetadata {
    private static final Logger LOG = LoggerFactory.getLogger(ExtractedMetadata.class);

    private ExtractedMetadata() {}

    static Map<String, Object> read(InputStream content, long length) throws IOException {
        try {
            return describe(ImageMetadataReader.readMetadata(content, length));
        } catch (ImageProcessingException e) {
            LOG.debug("no media file", e);
            return Map.of();
        }
    }

    /** Each format has directories of its own, whose tags have names in common. */
    private static Map<String, Object> describe(Metadata metadata) {
        Map<String, Object> found = new LinkedHashMap<>();
        FileTypeDirectory type = metadata.getFirstDirectoryOfType(FileTypeDirectory.class);
        String format = type == null ? null : type.getString(FileTypeDirectory.TAG_DETECTED_FILE_MIME_TYPE);
        if (format != null) found.put("format", format);
        for (Directory directory : metadata.getDirectories()) {
            // Pictures inside of pictures have sizes of their own.
            if (directory.getName().toLowerCase(Locale.ROOT).contains("thumbnail")) continue;
            for (Tag tag : directory.getTags()) take(found, directory, tag);
        }
        return found;
    }

    private static void take(Map<String, Object> found, Directory directory, Tag tag) {
        switch (tag.getTagName()) {
            case "Image Width":
            case "Width":
                put(found, "width", whole(directory, tag));
                break;
            case "Image Height":
            case "Height":
                put(found, "height", whole(directory, tag));
                break;
            case "Duration in Seconds":
                put(found, "duration", seconds(directory.getDoubleObject(tag.getTagType())));
                break;
            case "Duration":
                put(found, "duration", seconds(ofClock(directory.getString(tag.getTagType()))));
                break;
            default:
                break;
        }
    }

    private static void put(Map<String, Object> found, String key, @Nullable Object value) {
        if (value != null) found.putIfAbsent(key, value);
    }

    private static @Nullable Object whole(Directory directory, Tag tag) {
        Integer value = directory.getInteger(tag.getTagType());
        return value == null || value <= 0 ? null : value;
    }

    private static @Nullable Object seconds(@Nullable Double value) {
        return value == null || value <= 0 ? null : value;
    }

    /** Some formats have it as hours:minutes:seconds; a bare number is in units that differ from file to file. */
    private static @Nullable Double ofClock(@Nullable String text) {
        if (text == null || !text.matches("\\d+:\\d+:\\d+(\\.\\d+)?")) return null;
        String[] parts = text.split(":");
        return Integer.parseInt(parts[0]) * 3600 + Integer.parseInt(parts[1]) * 60 + Double.parseDouble(parts[2]);
    }
}
