package io.parley.migrate.source;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Says from where the bytes of a file may be fetched. Rows of files can be written by any client of the app, so
/// their URLs are followed only to the customer's own file domain and to hosts that LeanCloud kept files on.
///
/// @param domain the customer's file domain with its scheme
public record FileHost(Optional<URI> domain) {
    /// Source: rest 14.
    private static final List<String> KNOWN =
            List.of(".lcfile.com", ".clouddn.com", ".lncldglobal.com", ".qiniucdn.com");

    public FileHost {
        domain = domain.map(uri -> URI.create(uri.toString().replaceFirst("/+$", "")));
    }

    /// Where a Parley serves the files of an app.
    static FileHost ofParley(Account account) {
        return new FileHost(Optional.of(URI.create(account.server() + "/files/" + Paths.encode(account.app()))));
    }

    /// @param key of a file inside the store
    /// @param url as the row has it, may be empty
    Optional<URI> locate(String key, String url) {
        if (domain.isPresent() && !key.isEmpty()) return Optional.of(URI.create(domain.get() + "/" + path(key)));
        if (url.isEmpty()) return Optional.empty();
        try {
            URI uri = new URI(url);
            return isAllowed(uri) ? Optional.of(uri) : Optional.empty();
        } catch (java.net.URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static String path(String key) {
        StringBuilder path = new StringBuilder();
        for (String segment : key.split("/"))
            path.append(path.isEmpty() ? "" : "/").append(Paths.encode(segment));
        return path.toString();
    }

    private boolean isAllowed(URI uri) {
        String host = uri.getHost();
        if (host == null || !("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))) return false;
        if (domain.isPresent() && host.equalsIgnoreCase(domain.get().getHost())) return true;
        String lower = host.toLowerCase(Locale.ROOT);
        return KNOWN.stream().anyMatch(lower::endsWith) && isPublic(host);
    }

    private static boolean isPublic(String host) {
        try {
            for (InetAddress address : InetAddress.getAllByName(host))
                if (address.isLoopbackAddress()
                        || address.isSiteLocalAddress()
                        || address.isLinkLocalAddress()
                        || address.isAnyLocalAddress()) return false;
            return true;
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
