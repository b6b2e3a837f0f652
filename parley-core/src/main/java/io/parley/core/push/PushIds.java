package io.parley.core.push;

import java.security.SecureRandom;

/// New ids of pushes: 16 letters and digits. Thread-safe. Source: rest 1.
final class PushIds {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final SecureRandom RANDOM = new SecureRandom();

    private PushIds() {}

    static String next() {
        StringBuilder id = new StringBuilder(16);
        for (int i = 0; i < 16; i++) id.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
        return id.toString();
    }
}
