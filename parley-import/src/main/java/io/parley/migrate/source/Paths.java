package io.parley.migrate.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;

/// Parts of paths.
final class Paths {
    private Paths() {}

    static String encode(String segment) {
        return URLEncoder.encode(segment, UTF_8).replace("+", "%20");
    }
}
