package io.parley.client;

/** That the application's server allows an operation. Never make one in an app: it takes the master key. */
public final class Signature {
    private String signature = "";
    private long timestamp;
    private String nonce = "";

    /** To be filled by setters. */
    public Signature() {}

    /**
     * What the application's server answered.
     *
     * @param signature hex
     * @param timestamp as it was signed, milliseconds since the epoch
     * @param nonce as it was signed
     */
    public Signature(String signature, long timestamp, String nonce) {
        this.signature = signature;
        this.timestamp = timestamp;
        this.nonce = nonce;
    }

    /**
     * The signature itself.
     *
     * @return hex
     */
    public String getSignature() {
        return signature;
    }

    /**
     * Sets the signature itself.
     *
     * @param signature hex
     */
    public void setSignature(String signature) {
        this.signature = signature;
    }

    /**
     * When it was made.
     *
     * @return milliseconds since the epoch
     */
    public long getTimestamp() {
        return timestamp;
    }

    /**
     * Sets when it was made.
     *
     * @param timestamp milliseconds since the epoch
     */
    public void setTimestamp(long timestamp) {
        this.timestamp = timestamp;
    }

    /**
     * The random part.
     *
     * @return any text
     */
    public String getNonce() {
        return nonce;
    }

    /**
     * Sets the random part.
     *
     * @param nonce any text
     */
    public void setNonce(String nonce) {
        this.nonce = nonce;
    }
}
