package io.parley.client.internal;

/** That the application's server allows an operation. Immutable. Source: protocol 7. */
public final class Proof {
    public final String signature;
    public final long timestamp;
    public final String nonce;

    /** @param timestamp as it was signed, milliseconds since the epoch */
    public Proof(String signature, long timestamp, String nonce) {
        this.signature = signature;
        this.timestamp = timestamp;
        this.nonce = nonce;
    }
}
