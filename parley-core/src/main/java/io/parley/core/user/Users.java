package io.parley.core.user;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.core.app.App;
import io.parley.core.app.StorageSettings.Operation;
import io.parley.core.command.AppId;
import io.parley.core.command.ErrorCode;
import io.parley.core.command.Refusal;
import io.parley.core.record.ClassNames;
import io.parley.core.record.Columns;
import io.parley.core.record.Documents;
import io.parley.core.record.FileLinks;
import io.parley.core.record.Index;
import io.parley.core.record.Permissions;
import io.parley.core.record.RecordKey;
import io.parley.core.record.RecordStore;
import io.parley.core.record.Records;
import io.parley.core.record.Requester;
import io.parley.core.record.Roles;
import io.parley.core.record.Row;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Accounts: sign-up, log-in, session tokens, changes by the user itself. Thread-safe; may block. Source: rest
/// 17.
public final class Users {
    private static final Pattern EMAIL = Pattern.compile("[^@\\s]{1,64}@[^@\\s]{1,190}");
    private static final Pattern MOBILE_PHONE = Pattern.compile("\\+?[0-9]{5,20}");
    private static final int MAX_USERNAME = 255;
    private static final String AUTH_DATA = "authData";
    private static final String PASSWORD = Passwords.COLUMN;

    /// Columns that follow from what the server knows.
    private static final String[] READ_ONLY = {Index.SESSION_TOKEN, Passwords.SALT, Passwords.BCRYPT};

    private static final String[] PROVEN_BY_THE_SERVER = {"emailVerified", "mobilePhoneVerified"};

    private final Records records;
    private final RecordStore store;
    private final Roles roles;
    private final Passwords passwords = new Passwords();
    private final LoginLock lock;

    public Users(Records records, RecordStore store, Clock clock) {
        this.records = records;
        this.store = store;
        this.roles = new Roles(store);
        this.lock = new LoginLock(clock);
    }

    /// @param isNew signed up just now
    public record Account(Row row, boolean isNew) {
        public String id() {
            return row.id();
        }

        public String sessionToken() {
            return row.data().path(Index.SESSION_TOKEN).asText();
        }

        /// As the user sees itself.
        ///
        /// @param files where it finds uploaded files
        public ObjectNode document(FileLinks files) {
            return Documents.of(row, Requester.master(files), true).put(Index.SESSION_TOKEN, sessionToken());
        }
    }

    /// A new user; or, with `authData` only, the user that is known by it.
    ///
    /// @param onlyKnown refuse instead of making a user for `authData`
    public Account signUp(App app, ObjectNode body, boolean onlyKnown, Requester requester) {
        Permissions.check(app, ClassNames.USER, Operation.CREATE, requester);
        Columns columns = columns(body, requester);
        ObjectNode data = columns.create();
        if (data.has(AUTH_DATA)) {
            Optional<Row> known = byAuthData(app, data.get(AUTH_DATA));
            if (known.isPresent()) return withToken(known.get(), false);
            if (onlyKnown) throw Refusal.of(ErrorCode.USER_NOT_FOUND, "Could not find user.");
            if (!data.has(Index.USERNAME)) data.put(Index.USERNAME, Tokens.next());
        } else {
            required(data, Index.USERNAME, ErrorCode.USERNAME_MISSING, ErrorCode.BLANK_USERNAME);
            required(data, PASSWORD, ErrorCode.PASSWORD_MISSING, ErrorCode.BLANK_PASSWORD);
        }
        checkIdentity(data);
        if (data.has(PASSWORD)) passwords.set(data, passwords.hash(password(data)));
        data.put(Index.SESSION_TOKEN, Tokens.next());
        for (String flag : PROVEN_BY_THE_SERVER) if (!data.has(flag)) data.put(flag, false);
        try {
            return new Account(records.insert(app, ClassNames.USER, data), true);
        } catch (Refusal taken) {
            // Somebody with the same authData was a moment faster.
            if (taken.code() != ErrorCode.DUPLICATE_VALUE || !data.has(AUTH_DATA)) throw taken;
            Row known = byAuthData(app, data.get(AUTH_DATA)).orElseThrow(() -> taken);
            return withToken(known, false);
        }
    }

    private static Columns columns(ObjectNode body, Requester requester) {
        Columns columns = Columns.of(body);
        columns.refuse(READ_ONLY);
        if (!requester.isMaster()) columns.refuse(PROVEN_BY_THE_SERVER);
        return columns;
    }

    private static void required(ObjectNode data, String column, ErrorCode missing, ErrorCode blank) {
        JsonNode value = data.path(column);
        if (value.isMissingNode() || value.isNull()) throw Refusal.of(missing);
        if (value.isTextual() && value.textValue().isBlank()) throw Refusal.of(blank);
    }

    private static String password(ObjectNode data) {
        JsonNode password = data.path(PASSWORD);
        if (!password.isTextual()) throw Refusal.of(ErrorCode.INCORRECT_TYPE, "the column password holds String");
        return password.textValue();
    }

    /// What identifies a user has a form, and other rows must be able to have none.
    private static void checkIdentity(ObjectNode data) {
        for (String column : List.of(Index.USERNAME, Index.EMAIL, Index.MOBILE_PHONE)) {
            JsonNode value = data.path(column);
            if (value.isNull()) data.remove(column);
            else if (!value.isMissingNode() && !value.isTextual())
                throw Refusal.of(ErrorCode.INCORRECT_TYPE, "the column %s holds String", column);
        }
        String username = data.path(Index.USERNAME).asText("");
        if (data.has(Index.USERNAME) && username.isBlank()) throw Refusal.of(ErrorCode.BLANK_USERNAME);
        if (username.length() > MAX_USERNAME)
            throw Refusal.of(ErrorCode.BAD_REQUEST, "a username has at most %d characters", MAX_USERNAME);
        if (data.has(Index.EMAIL)
                && !EMAIL.matcher(data.get(Index.EMAIL).asText()).matches())
            throw Refusal.of(ErrorCode.INVALID_EMAIL, "this is no email address: %s", data.get(Index.EMAIL));
        if (data.has(Index.MOBILE_PHONE)
                && !MOBILE_PHONE.matcher(data.get(Index.MOBILE_PHONE).asText()).matches())
            throw Refusal.of(
                    ErrorCode.INVALID_MOBILE_PHONE, "this is no phone number: %s", data.get(Index.MOBILE_PHONE));
    }

    /// The user known by one of the providers; a refusal when the app does not trust them.
    private Optional<Row> byAuthData(App app, JsonNode authData) {
        checkProviders(app, authData);
        for (Map.Entry<String, JsonNode> provider : authData.properties()) {
            Optional<String> uid = Index.uid(provider.getValue());
            if (uid.isEmpty()) continue;
            List<Row> found = store.findBy(
                    app.id(),
                    ClassNames.USER,
                    Index.ofAuthData(provider.getKey(), uid.get()).name(),
                    List.of(uid.get()));
            if (!found.isEmpty()) return Optional.of(found.getFirst());
        }
        return Optional.empty();
    }

    private static void checkProviders(App app, JsonNode authData) {
        if (!authData.isObject() || authData.isEmpty())
            throw Refusal.of(
                    ErrorCode.BAD_REQUEST, "authData is an object with a provider; got %s", authData.getNodeType());
        for (Map.Entry<String, JsonNode> provider : authData.properties()) {
            if (!app.settings().storage().authProviders().contains(provider.getKey()))
                throw Refusal.of(
                        ErrorCode.OPERATION_FORBIDDEN,
                        "the app does not take users of the provider \"%s\"",
                        provider.getKey());
            if (!provider.getValue().isNull() && Index.uid(provider.getValue()).isEmpty())
                throw Refusal.of(ErrorCode.BAD_REQUEST, "authData.%s needs uid, openid or id", provider.getKey());
        }
    }

    /// The user with this name, email address or phone number, if the password is right.
    public Account logIn(App app, ObjectNode body) {
        Row row = find(app, body);
        lock.check(row.key());
        String password = body.path(PASSWORD).asText("");
        if (password.isEmpty()) throw Refusal.of(ErrorCode.PASSWORD_MISSING);
        if (!passwords.matches(row.data(), password)) {
            lock.failed(row.key());
            throw Refusal.of(ErrorCode.WRONG_PASSWORD, "The username and password mismatch.");
        }
        lock.succeeded(row.key());
        if (passwords.isOld(row.data())) row = upgraded(row, passwords.hash(password));
        return withToken(row, false);
    }

    private Row find(App app, ObjectNode body) {
        for (String column : List.of(Index.USERNAME, Index.EMAIL, Index.MOBILE_PHONE)) {
            String value = body.path(column).asText("");
            if (value.isEmpty()) continue;
            String wanted = column.equals(Index.EMAIL) ? Index.ofEmail(value) : value;
            return store.findBy(app.id(), ClassNames.USER, column, List.of(wanted)).stream()
                    .findFirst()
                    .orElseThrow(() -> Refusal.of(ErrorCode.USER_NOT_FOUND, "Could not find user."));
        }
        throw Refusal.of(ErrorCode.USERNAME_MISSING);
    }

    private Row upgraded(Row row, String hash) {
        JsonNode old = row.data().path(PASSWORD);
        return store.update(row.key(), now -> {
                    // Not when the password was changed in the meantime.
                    boolean same = now.path(PASSWORD).equals(old);
                    return same ? passwords.set(now, hash) : now;
                })
                .orElse(row);
    }

    /// A token stays the same until somebody asks for another. Source: rest 17.
    private Account withToken(Row row, boolean isNew) {
        if (!row.data().path(Index.SESSION_TOKEN).asText("").isEmpty()) return new Account(row, isNew);
        Row now = store.update(row.key(), data -> {
                    boolean none = data.path(Index.SESSION_TOKEN).asText("").isEmpty();
                    return none ? data.put(Index.SESSION_TOKEN, Tokens.next()) : data;
                })
                .orElseThrow(() -> Refusal.of(ErrorCode.USER_NOT_FOUND, "Could not find user."));
        return new Account(now, isNew);
    }

    /// The user that a session token was given to.
    public Optional<Account> bySession(AppId app, String token) {
        if (token.isEmpty()) return Optional.empty();
        return store.findBy(app, ClassNames.USER, Index.SESSION_TOKEN, List.of(token)).stream()
                .findFirst()
                .map(row -> new Account(row, false));
    }

    /// Who acts with a session token.
    public Optional<Requester> requester(AppId app, String token, FileLinks files) {
        return bySession(app, token)
                .map(account -> Requester.user(account.id(), () -> roles.of(app, account.id()), files));
    }

    public Records.Written update(
            App app, String id, ObjectNode body, Optional<ObjectNode> where, Requester requester) {
        Permissions.check(app, ClassNames.USER, Operation.UPDATE, requester);
        onlyTheUser(id, requester);
        Columns columns = columns(body, requester);
        RecordKey key = key(app, id);
        boolean newPassword = columns.names(PASSWORD);
        Optional<String> hash = newPassword
                ? Optional.of(passwords.hash(password(Columns.of(body).create())))
                : Optional.empty();
        if (columns.names(AUTH_DATA)) checkProviders(app, trusted(columns, key));
        columns = Columns.of(withoutPassword(body));
        Row row = records.change(app, key, columns, where, requester, data -> {
            checkIdentity(data);
            hash.ifPresent(text -> passwords.set(data, text).put(Index.SESSION_TOKEN, Tokens.next()));
            return data;
        });
        Records.Written written = Records.written(row, columns, requester);
        // Who changes the password goes on with the new token.
        if (newPassword) written.written().set(Index.SESSION_TOKEN, row.data().get(Index.SESSION_TOKEN));
        return written;
    }

    private static ObjectNode withoutPassword(ObjectNode body) {
        ObjectNode rest = body.deepCopy();
        rest.remove(PASSWORD);
        return rest;
    }

    /// The providers that a change leaves, none of which may be one that the app does not trust.
    private JsonNode trusted(Columns columns, RecordKey key) {
        ObjectNode before =
                store.find(key).map(row -> row.data().deepCopy()).orElseGet(JsonNodeFactory.instance::objectNode);
        JsonNode old = before.path(AUTH_DATA).deepCopy();
        JsonNode after = columns.applyTo(before).path(AUTH_DATA);
        ObjectNode added = JsonNodeFactory.instance.objectNode();
        after.properties().forEach(entry -> {
            if (!entry.getValue().equals(old.path(entry.getKey()))) added.set(entry.getKey(), entry.getValue());
        });
        return added;
    }

    private static void onlyTheUser(String id, Requester requester) {
        if (!requester.isMaster() && !requester.is(id))
            throw Refusal.of(
                    ErrorCode.USER_SESSION_REQUIRED, "The user cannot be altered by others or without session.");
    }

    /// Gives the user a new session token; the old one is worth nothing from now on.
    public Account refreshSessionToken(App app, String id, Requester requester) {
        onlyTheUser(id, requester);
        return new Account(
                store.update(key(app, id), data -> data.put(Index.SESSION_TOKEN, Tokens.next()))
                        .orElseThrow(() -> Refusal.of(ErrorCode.USER_NOT_FOUND, "Could not find user.")),
                false);
    }

    public Account changePassword(App app, String id, String oldPassword, String newPassword, Requester requester) {
        onlyTheUser(id, requester);
        RecordKey key = key(app, id);
        Row row = store.find(key).orElseThrow(() -> Refusal.of(ErrorCode.USER_NOT_FOUND, "Could not find user."));
        lock.check(key);
        if (!passwords.matches(row.data(), oldPassword)) {
            lock.failed(key);
            throw Refusal.of(ErrorCode.WRONG_PASSWORD, "The username and password mismatch.");
        }
        lock.succeeded(key);
        String hash = passwords.hash(newPassword);
        return new Account(
                store.update(key, now -> passwords.set(now, hash).put(Index.SESSION_TOKEN, Tokens.next()))
                        .orElseThrow(() -> Refusal.of(ErrorCode.USER_NOT_FOUND, "Could not find user.")),
                false);
    }

    public void delete(App app, String id, Optional<ObjectNode> where, Requester requester) {
        onlyTheUser(id, requester);
        records.delete(app, key(app, id), where, requester);
    }

    private static RecordKey key(App app, String id) {
        return new RecordKey(app.id(), ClassNames.USER, id);
    }
}
