package io.parley.core.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.core.command.ErrorCode;
import io.parley.core.command.Refusal;
import io.parley.core.query.Relations;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;

/// A value by which rows of a class are found. Follows from class and columns alone, so that nobody can forget
/// it.
///
/// @param name column, or path of the column
/// @param unique no two rows of the class and app share this value
public record Index(String name, String value, boolean unique) {
    public static final String USERNAME = "username";
    public static final String EMAIL = "email";
    public static final String MOBILE_PHONE = "mobilePhoneNumber";
    public static final String SESSION_TOKEN = "sessionToken";
    public static final String INSTALLATION_ID = "installationId";
    public static final String DEVICE_TOKEN = "deviceToken";
    public static final String REGISTRATION_ID = "registrationId";
    public static final String CHANNELS = "channels";
    public static final String FILE_KEY = "key";
    public static final String FILE_PENDING = "pending";
    public static final String ROLE_NAME = "name";
    public static final String ROLE_USERS = "users";
    public static final String ROLE_ROLES = "roles";

    /// Columns whose plain value, or each of whose array's values, is an index, by class.
    private static final Map<String, Set<String>> SEARCHABLE = Map.of(
            ClassNames.USER, Set.of(USERNAME, MOBILE_PHONE),
            ClassNames.INSTALLATION, Set.of(INSTALLATION_ID, DEVICE_TOKEN, REGISTRATION_ID, CHANNELS),
            ClassNames.FILE, Set.of(FILE_KEY),
            ClassNames.ROLE, Set.of(ROLE_NAME));

    /// How somebody is known elsewhere. Source: rest 17; the name of the id differs between providers.
    public static Index ofAuthData(String provider, String uid) {
        return new Index("authData." + provider, uid, true);
    }

    public static String ofEmail(String email) {
        return email.strip().toLowerCase(Locale.ROOT);
    }

    /// Whether a condition that the column equals a text can be answered by index.
    static boolean covers(String className, String column) {
        return SEARCHABLE.getOrDefault(className, Set.of()).contains(column);
    }

    static List<Index> of(String className, ObjectNode data) {
        List<Index> indexes = new ArrayList<>();
        switch (className) {
            case ClassNames.USER -> {
                text(data, USERNAME).ifPresent(value -> indexes.add(new Index(USERNAME, value, true)));
                text(data, EMAIL).ifPresent(value -> indexes.add(new Index(EMAIL, ofEmail(value), true)));
                text(data, MOBILE_PHONE).ifPresent(value -> indexes.add(new Index(MOBILE_PHONE, value, true)));
                text(data, SESSION_TOKEN).ifPresent(value -> indexes.add(new Index(SESSION_TOKEN, value, true)));
                for (Map.Entry<String, JsonNode> provider :
                        data.path("authData").properties())
                    uid(provider.getValue()).ifPresent(uid -> indexes.add(ofAuthData(provider.getKey(), uid)));
            }
            case ClassNames.INSTALLATION -> {
                text(data, INSTALLATION_ID).ifPresent(value -> indexes.add(new Index(INSTALLATION_ID, value, true)));
                text(data, DEVICE_TOKEN).ifPresent(value -> indexes.add(new Index(DEVICE_TOKEN, value, true)));
                text(data, REGISTRATION_ID).ifPresent(value -> indexes.add(new Index(REGISTRATION_ID, value, false)));
                StreamSupport.stream(data.path(CHANNELS).spliterator(), false)
                        .filter(JsonNode::isTextual)
                        .map(JsonNode::textValue)
                        .distinct()
                        .forEach(channel -> indexes.add(new Index(CHANNELS, channel, false)));
            }
            case ClassNames.FILE -> {
                text(data, FILE_KEY).ifPresent(value -> indexes.add(new Index(FILE_KEY, value, false)));
                if (data.path(FILE_PENDING).asBoolean()) indexes.add(new Index(FILE_PENDING, "true", false));
            }
            case ClassNames.ROLE -> {
                text(data, ROLE_NAME).ifPresent(value -> indexes.add(new Index(ROLE_NAME, value, true)));
                for (String id : Relations.ids(data.path(ROLE_USERS))) indexes.add(new Index(ROLE_USERS, id, false));
                for (String id : Relations.ids(data.path(ROLE_ROLES))) indexes.add(new Index(ROLE_ROLES, id, false));
            }
            default -> {}
        }
        return indexes;
    }

    /// The id of a user at a provider.
    public static Optional<String> uid(JsonNode authData) {
        for (String name : List.of("uid", "openid", "id")) {
            String value = authData.path(name).asText("");
            if (!value.isEmpty()) return Optional.of(value);
        }
        return Optional.empty();
    }

    private static Optional<String> text(ObjectNode data, String column) {
        return Optional.of(data.path(column).asText("")).filter(value -> !value.isEmpty());
    }

    /// The refusal for a second row with the value of a unique index.
    public Refusal taken() {
        ErrorCode code = switch (name) {
            case USERNAME -> ErrorCode.USERNAME_TAKEN;
            case EMAIL -> ErrorCode.EMAIL_TAKEN;
            case MOBILE_PHONE -> ErrorCode.MOBILE_PHONE_TAKEN;
            default -> ErrorCode.DUPLICATE_VALUE;
        };
        return Refusal.of(code, "%s: %s", code.meaning(), name);
    }
}
