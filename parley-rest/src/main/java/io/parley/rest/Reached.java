package io.parley.rest;

/// How a call reached this server, from where the client stands: through which scheme, host and port, and who it
/// is.
///
/// @param secure by TLS, be it our own or that of a proxy in front
/// @param proxied a trusted proxy said so
/// @param host name or address as the client wrote it; IPv6 addresses in brackets
/// @param port 0 when it is the scheme's default
/// @param client address of the client
public record Reached(boolean secure, boolean proxied, String host, int port, String client) {}
