package io.parley.core.user;

import java.security.SecureRandom;

/// Session tokens: 25 lower-case letters and digits, 129 bits. Thread-safe. Source: rest 17.
final class Tokens {
    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static final int LENGTH = 25;
    private static final SecureRandom RANDOM = new SecureRandom();

    private Tokens() {}

    static String next() {
        StringBuilder token = new StringBuilder(LENGTH);
        for (int i = 0; i < LENGTH; i++) token.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
        return token.toString();
    }
}
