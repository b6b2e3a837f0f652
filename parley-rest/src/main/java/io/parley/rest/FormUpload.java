package io.parley.rest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A `multipart/form-data` body whose last part is a file, read while it arrives: the fields come first, then the
/// file is there to be read. Source: RFC 7578, RFC 2046 5.1.
final class FormUpload {
    private static final Pattern BOUNDARY =
            Pattern.compile("^multipart/form-data;.*boundary=\"?([^\";]{1,70})\"?", Pattern.CASE_INSENSITIVE);
    private static final Pattern NAME =
            Pattern.compile("^content-disposition:.*[; ]name=\"?([^\";]*)\"?", Pattern.CASE_INSENSITIVE);
    private static final Pattern IS_FILE =
            Pattern.compile("^content-disposition:.*[; ]filename\\*?=", Pattern.CASE_INSENSITIVE);
    private static final int MAX_LINE = 4096;
    private static final int MAX_HEADERS = 20;
    private static final int MAX_FIELDS = 30;
    private static final int MAX_FIELD_BYTES = 16 * 1024;

    private final Map<String, String> fields;
    private final InputStream file;

    private FormUpload(Map<String, String> fields, InputStream file) {
        this.fields = fields;
        this.file = file;
    }

    /// Reads up to where the file begins. A refusal when the form is malformed or has none.
    static FormUpload read(String contentType, InputStream body) throws IOException {
        Matcher matcher = BOUNDARY.matcher(contentType);
        if (!matcher.find()) throw HttpRefusal.badRequest("an upload by POST is a multipart/form-data form");
        byte[] delimiter = ("\r\n--" + matcher.group(1)).getBytes(ISO_8859_1);
        InputStream in = new BufferedInputStream(body, 64 * 1024);
        if (!line(in).equals("--" + matcher.group(1))) throw malformed();
        Map<String, String> fields = new HashMap<>();
        for (int count = 0; count < MAX_FIELDS; count++) {
            Part part = part(in);
            var content = new PartStream(in, delimiter);
            if (part.isFile) return new FormUpload(fields, content);
            fields.put(part.name, field(content));
            String end = line(in); // after the delimiter: nothing, or -- behind the last part
            if (!end.isEmpty()) throw HttpRefusal.badRequest("the form has no file");
        }
        throw malformed();
    }

    private record Part(String name, boolean isFile) {}

    private static Part part(InputStream in) throws IOException {
        Optional<String> name = Optional.empty();
        boolean isFile = false;
        for (int count = 0; count < MAX_HEADERS; count++) {
            String header = line(in);
            if (header.isEmpty()) {
                boolean file = isFile || name.orElse("").equals("file");
                return new Part(name.orElseThrow(FormUpload::malformed), file);
            }
            Matcher matcher = NAME.matcher(header);
            if (matcher.find()) name = Optional.of(matcher.group(1));
            isFile |= IS_FILE.matcher(header).find();
        }
        throw malformed();
    }

    private static String field(InputStream content) throws IOException {
        byte[] bytes = content.readNBytes(MAX_FIELD_BYTES + 1);
        if (bytes.length > MAX_FIELD_BYTES) throw malformed();
        return new String(bytes, UTF_8);
    }

    private static String line(InputStream in) throws IOException {
        var bytes = new ByteArrayOutputStream();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0 || bytes.size() >= MAX_LINE) throw malformed();
            bytes.write(c);
        }
        String text = bytes.toString(UTF_8);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }

    private static HttpRefusal malformed() {
        return HttpRefusal.badRequest("the form is malformed");
    }

    /// The value of a field, empty when there is none.
    String field(String name) {
        return fields.getOrDefault(name, "");
    }

    /// The bytes of the file; ends where the part ends.
    InputStream file() {
        return file;
    }

    /// Reads up to the delimiter, which it consumes. It begins with a line break and holds no other, so that
    /// after a mismatch the search goes on at the byte that did not match.
    private static final class PartStream extends InputStream {
        private final InputStream in;
        private final byte[] delimiter;

        // Bytes of the delimiter that turned out to be content, and then the one that was read too many.
        private int replayed;
        private int replayTo;
        private int pushedBack = -1;
        private boolean ended;

        PartStream(InputStream in, byte[] delimiter) {
            this.in = in;
            this.delimiter = delimiter;
        }

        @Override
        public int read() throws IOException {
            if (replayed < replayTo) return delimiter[replayed++] & 0xff;
            if (ended) return -1;
            int first = next();
            if (first != delimiter[0]) return first;
            int matched = 1;
            while (matched < delimiter.length) {
                int c = next();
                if (c != (delimiter[matched] & 0xff)) {
                    pushedBack = c;
                    replayed = 1;
                    replayTo = matched;
                    return first;
                }
                matched++;
            }
            ended = true;
            return -1;
        }

        private int next() throws IOException {
            int c = pushedBack >= 0 ? pushedBack : in.read();
            pushedBack = -1;
            if (c < 0) throw new IOException("the form ends inside a part");
            return c;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int count = 0;
            while (count < length) {
                int c = read();
                if (c < 0) return count == 0 && length > 0 ? -1 : count;
                target[offset + count++] = (byte) c;
            }
            return count;
        }
    }
}
