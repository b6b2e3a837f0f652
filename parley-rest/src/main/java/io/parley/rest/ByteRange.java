package io.parley.rest;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The part of a file that a request wants. Several parts at once are not offered: then the whole is sent.
/// Source: RFC 9110 14.
sealed interface ByteRange {
    Pattern FORM = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

    record Whole() implements ByteRange {}

    /// @param last byte, included
    record Part(long from, long last) implements ByteRange {
        long length() {
            return last - from + 1;
        }
    }

    /// The file ends before the part begins.
    record Outside() implements ByteRange {}

    static ByteRange of(Optional<String> header, long size) {
        if (header.isEmpty()) return new Whole();
        Matcher matcher = FORM.matcher(header.get().strip());
        if (!matcher.matches()) return new Whole();
        String first = matcher.group(1);
        String last = matcher.group(2);
        if (first.isEmpty() && last.isEmpty()) return new Whole();
        if (first.isEmpty()) {
            long length = Math.min(Long.parseLong(last), size);
            return length == 0 ? new Outside() : new Part(size - length, size - 1);
        }
        long from = Long.parseLong(first);
        long to = last.isEmpty() ? size - 1 : Math.min(Long.parseLong(last), size - 1);
        if (from >= size) return new Outside();
        return from > to ? new Whole() : new Part(from, to);
    }
}
