package io.parley.outbound;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;

/// Which addresses may be called. Keeps a settings page from becoming a way into the network behind the server.
/// Thread-safe; looks names up, and so may block.
///
/// The name is looked up here and again by the client that connects; the Java runtime remembers the first answer for
/// some seconds, so that both are the same and a name that changes in between gains nothing.
final class Destinations {
    private final List<String> allowed;
    private final boolean allowPrivate;

    Destinations(OutboundSettings settings) {
        allowed = settings.allowedHosts().stream()
                .map(host -> host.toLowerCase(Locale.ROOT))
                .toList();
        allowPrivate = settings.allowPrivate();
    }

    /// Fails when the address may not be called; the message says which setting decides.
    void check(URI url) throws CallFailedException {
        String scheme = url.getScheme();
        String host = url.getHost();
        if (host == null || !"http".equals(scheme) && !"https".equals(scheme))
            throw new CallFailedException("not an http or https address");
        host = withoutBrackets(host.toLowerCase(Locale.ROOT));
        if (!allowed.isEmpty() && !isListed(host))
            throw new CallFailedException("the host " + host + " is not in outbound.allowedHosts");
        if (allowPrivate || allowed.contains(host)) return;
        for (InetAddress address : resolve(host))
            if (isPrivate(address))
                throw new CallFailedException("the host " + host
                        + " has a private address; name it in outbound.allowedHosts, or set outbound.allowPrivate");
    }

    private static String withoutBrackets(String host) {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }

    private boolean isListed(String host) {
        for (String pattern : allowed)
            if (pattern.equals(host) || pattern.startsWith("*.") && host.endsWith(pattern.substring(1))) return true;
        return false;
    }

    private static InetAddress[] resolve(String host) throws CallFailedException {
        try {
            return InetAddress.getAllByName(host);
        } catch (UnknownHostException e) {
            throw new CallFailedException("the host " + host + " is unknown", e);
        }
    }

    static boolean isPrivate(InetAddress address) {
        if (address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()) return true;
        byte[] bytes = address.getAddress();
        return address instanceof Inet6Address ? isPrivateV6(bytes) : isPrivateV4(bytes);
    }

    /// 0/8, carriers' 100.64/10, 192.0.0/24, benchmarks' 198.18/15, and 240/4.
    private static boolean isPrivateV4(byte[] bytes) {
        int first = bytes[0] & 0xff;
        int second = bytes[1] & 0xff;
        return first == 0
                || first == 100 && second >= 64 && second < 128
                || first == 192 && second == 0 && bytes[2] == 0
                || first == 198 && (second == 18 || second == 19)
                || first >= 240;
    }

    /// Unique local addresses fc00::/7, and translations 64:ff9b::/96 of private ones.
    private static boolean isPrivateV6(byte[] bytes) {
        if ((bytes[0] & 0xfe) == 0xfc) return true;
        boolean translated =
                bytes[0] == 0 && bytes[1] == 0x64 && (bytes[2] & 0xff) == 0xff && (bytes[3] & 0xff) == 0x9b;
        if (!translated) return false;
        try {
            return isPrivate(InetAddress.getByAddress(new byte[] {bytes[12], bytes[13], bytes[14], bytes[15]}));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }
}
