package io.parley.rest;

import io.parley.core.command.AppId;
import io.parley.core.record.FileLinks;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/// Where clients find uploaded files: on a host of their own that the operator named, or on this server.
/// Immutable.
public final class FileAddress {
    static final String PATH = "/files/";

    private final Optional<URI> configured;
    private final PublicAddress server;

    /// @param configured what comes before the app and the key of a file
    public FileAddress(Optional<URI> configured, PublicAddress server) {
        this.configured = configured;
        this.server = server;
    }

    FileLinks links(Reached reached) {
        return (app, key) -> base(reached) + app.value() + "/" + encoded(key);
    }

    private String base(Reached reached) {
        if (configured.isEmpty()) return server.web(reached) + PATH.substring(1);
        String url = configured.get().toString();
        return url.endsWith("/") ? url : url + "/";
    }

    /// Where a file with this key is uploaded to: always this server, which knows the tokens.
    String upload(Reached reached, AppId app, String key) {
        return server.web(reached) + "upload/" + app.value() + "/" + encoded(key);
    }

    private static String encoded(String key) {
        return Arrays.stream(key.split("/", -1))
                .map(part -> URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20"))
                .collect(Collectors.joining("/"));
    }
}
