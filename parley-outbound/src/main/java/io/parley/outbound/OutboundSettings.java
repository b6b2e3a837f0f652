package io.parley.outbound;

import java.util.List;

/// Where the server may call, whatever apps are configured to want. Set by who runs the server.
///
/// @param allowedHosts the only hosts that may be called, such as `engine.example.com` or `*.example.com`; those named
///     exactly may have private addresses. Empty: any host
/// @param allowPrivate hosts with loopback, link-local and private addresses may be called without being named
/// @param maxCallsPerHost calls to one host at the same time; further ones wait within their time
public record OutboundSettings(List<String> allowedHosts, boolean allowPrivate, int maxCallsPerHost) {
    public static final OutboundSettings DEFAULT = new OutboundSettings(List.of(), false, 128);

    public OutboundSettings {
        allowedHosts = List.copyOf(allowedHosts);
        if (maxCallsPerHost < 1) throw new IllegalArgumentException("maxCallsPerHost must be at least 1");
    }
}
