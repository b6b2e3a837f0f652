package io.parley.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.parley.core.app.App;
import io.parley.core.app.Apps;
import io.parley.core.command.AppId;
import io.parley.core.command.Refusal;
import io.parley.core.session.AppKey;
import io.parley.core.session.Application;
import io.parley.core.session.Caller;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/// Finds out who calls, from the keys or signatures that came with a call. Thread-safe. Source: rest 2.1.
public final class ApiKeys {
    private static final String MASTER = "master";

    private final Apps apps;

    public ApiKeys(Apps apps) {
        this.apps = apps;
    }

    /// The caller, or a refusal with 401.
    Caller verify(Credentials credentials) {
        return credentials
                .app()
                .flatMap(this::find)
                .flatMap(app -> verify(app, credentials))
                .orElseThrow(HttpRefusal::unauthorized);
    }

    Optional<App> find(String id) {
        try {
            return apps.find(new AppId(id));
        } catch (Refusal malformed) {
            return Optional.empty(); // to a caller, an id that cannot exist is the same as one that does not
        }
    }

    private static Optional<Caller> verify(App app, Credentials credentials) {
        if (credentials.masterKey().isPresent())
            return byMasterKey(app, credentials.masterKey().get());
        if (credentials.key().isPresent()) return byKey(app, credentials.key().get());
        return credentials.sign().flatMap(sign -> bySign(app, sign));
    }

    private static Optional<Caller> byKey(App app, String key) {
        int comma = key.lastIndexOf(',');
        if (comma >= 0 && key.substring(comma + 1).strip().equals(MASTER))
            return byMasterKey(app, key.substring(0, comma));
        return same(key, app.key()) ? Optional.of(new AppKey(app)) : Optional.empty();
    }

    private static Optional<Caller> byMasterKey(App app, String key) {
        return same(key, app.masterKey()) ? Optional.of(new Application(app)) : Optional.empty();
    }

    /// `md5(timestamp + key),timestamp[,master]`. The timestamp is taken as the text it is; its age is not
    /// checked, because devices' clocks drift. A third part other than `master` names a key that does not exist
    /// here.
    private static Optional<Caller> bySign(App app, String sign) {
        String[] parts = sign.split(",", -1);
        if (parts.length < 2 || parts.length > 3 || parts[1].isBlank()) return Optional.empty();
        boolean master = parts.length == 3;
        if (master && !parts[2].strip().equals(MASTER)) return Optional.empty();
        String expected = md5(parts[1].strip() + (master ? app.masterKey() : app.key()));
        if (!same(parts[0].strip().toLowerCase(Locale.ROOT), expected)) return Optional.empty();
        return Optional.of(master ? new Application(app) : new AppKey(app));
    }

    private static boolean same(String given, String expected) {
        return MessageDigest.isEqual(given.getBytes(UTF_8), expected.getBytes(UTF_8));
    }

    private static String md5(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has MD5", e);
        }
    }
}
