package io.parley.load.client;

/// Who a client says it is.
///
/// @param device the same for every connection of this device
public record Identity(String app, String client, String device) {
    public Identity {
        if (client.isEmpty() || client.length() > 64) {
            throw new IllegalArgumentException("a client id has 1 to 64 characters: " + client);
        }
    }
}
