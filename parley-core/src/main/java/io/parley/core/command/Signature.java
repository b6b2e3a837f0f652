package io.parley.core.command;

/// Proof that the application's own server allowed an operation. The timestamp is kept as the decimal text that was
/// signed. Source: semantics 11.1.
public record Signature(String signature, String timestamp, String nonce) {
    @Override
    public String toString() {
        return "Signature[timestamp=" + timestamp + "]"; // never the signature itself: logs must not hold it
    }
}
