package io.parley.core.app;

/// What an app asks of signatures beyond being right. Source: semantics 11.
///
/// @param singleUse a signature is taken once within its life; off by default, because the official Java SDK logs in
///     twice with the same one
public record SignatureSettings(boolean singleUse) {
    public static final SignatureSettings DEFAULT = new SignatureSettings(false);
}
