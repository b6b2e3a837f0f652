package io.parley.core.session;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// The internet address of a client whose request came through a trusted proxy, from its `X-Forwarded-For`.
///
/// The last address counts: the proxy itself put it there, be it alone or behind what the client had sent along. Those
/// before it anybody can write.
public final class ForwardedAddress {
    /// It ends up in the store, in limits and in the application's hands: an address, or nothing.
    private static final Pattern ADDRESS = Pattern.compile("[0-9a-fA-F:.]{2,45}");

    private ForwardedAddress() {}

    /// @param headers values of all headers of that name, in the order of the request
    /// @return nothing when there is none, or what stands there is no address
    public static Optional<String> of(List<String> headers) {
        if (headers.isEmpty()) return Optional.empty();
        String addresses = headers.getLast();
        String last = addresses.substring(addresses.lastIndexOf(',') + 1).strip();
        return ADDRESS.matcher(last).matches() ? Optional.of(last) : Optional.empty();
    }
}
