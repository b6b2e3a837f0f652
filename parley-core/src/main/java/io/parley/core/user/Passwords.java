package io.parley.core.user;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.password4j.Argon2Function;
import com.password4j.BadParametersException;
import com.password4j.BcryptFunction;
import com.password4j.types.Argon2;
import io.parley.core.command.ErrorCode;
import io.parley.core.command.Refusal;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.Semaphore;

/// Passwords as they are kept in the columns of a user. New ones are kept as Argon2id; those exported from
/// LeanCloud verify as they are, and are replaced when their user logs in. Thread-safe; takes a good part of a
/// tenth of a second and 19 MB, so that only a few are worked on at a time. Source: rest 17.
final class Passwords {
    static final String COLUMN = "password";
    static final String SALT = "salt";
    static final String BCRYPT = "bcryptPassword";

    private static final String ARGON2ID = "$argon2id$";
    private static final int MAX_LENGTH = 1024;

    // What OWASP recommends as the least.
    private static final int MEMORY_KILOBYTES = 19 * 1024;
    private static final int PASSES = 2;
    private static final int LANES = 1;
    private static final int HASH_BYTES = 32;
    private static final int SALT_BYTES = 16;

    private static final int LEANCLOUD_ROUNDS = 512;

    private final SecureRandom random = new SecureRandom();
    private final Semaphore atATime = new Semaphore(Runtime.getRuntime().availableProcessors());

    /// The columns with a new password instead of the old one.
    ObjectNode set(ObjectNode data, String hash) {
        data.remove(SALT);
        data.remove(BCRYPT);
        return data.put(COLUMN, hash);
    }

    /// The text to keep for a password; differs each time.
    String hash(String password) {
        check(password);
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        var function = Argon2Function.getInstance(MEMORY_KILOBYTES, PASSES, LANES, HASH_BYTES, Argon2.ID);
        atATime.acquireUninterruptibly();
        try {
            return function.hash(password.getBytes(UTF_8), salt).getResult();
        } finally {
            atATime.release();
        }
    }

    private static void check(String password) {
        if (password.isEmpty()) throw Refusal.of(ErrorCode.BLANK_PASSWORD);
        if (password.length() > MAX_LENGTH)
            throw Refusal.of(ErrorCode.BAD_REQUEST, "a password has at most %d characters", MAX_LENGTH);
    }

    boolean matches(ObjectNode data, String password) {
        if (password.isEmpty() || password.length() > MAX_LENGTH) return false;
        String kept = data.path(COLUMN).asText("");
        String salt = data.path(SALT).asText("");
        String bcrypt = data.path(BCRYPT).asText("");
        atATime.acquireUninterruptibly();
        try {
            if (kept.startsWith(ARGON2ID))
                return Argon2Function.getInstanceFromHash(kept).check(password, kept);
            if (!kept.isEmpty() && !salt.isEmpty()) return same(leanCloud(salt, password), kept);
            return bcrypt.startsWith("$2")
                    && BcryptFunction.getInstanceFromHash(bcrypt).check(password, bcrypt);
        } catch (BadParametersException unreadable) {
            return false; // what was imported is no hash
        } finally {
            atATime.release();
        }
    }

    /// Whether the password is kept in an older way.
    boolean isOld(ObjectNode data) {
        return !data.path(COLUMN).asText("").startsWith(ARGON2ID);
    }

    private static boolean same(String left, String right) {
        return MessageDigest.isEqual(left.getBytes(UTF_8), right.getBytes(UTF_8));
    }

    static String leanCloud(String salt, String password) {
        try {
            MessageDigest sha512 = MessageDigest.getInstance("SHA-512");
            byte[] digest = sha512.digest((salt + password).getBytes(UTF_8));
            for (int round = 0; round < LEANCLOUD_ROUNDS; round++) digest = sha512.digest(digest);
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-512", e);
        }
    }
}
