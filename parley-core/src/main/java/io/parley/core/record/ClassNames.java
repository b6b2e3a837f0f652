package io.parley.core.record;

import io.parley.core.command.ErrorCode;
import io.parley.core.command.Refusal;
import java.util.Set;
import java.util.regex.Pattern;

/// Names of classes of rows. Those that begin with `_` are LeanCloud's own, and mean something.
public final class ClassNames {
    public static final String USER = "_User";
    public static final String INSTALLATION = "_Installation";
    public static final String FILE = "_File";
    public static final String ROLE = "_Role";
    public static final String CONVERSATION = "_Conversation";
    public static final String MEMBER_INFO = "_ConversationMemberInfo";

    /// What clients wrote to service conversations. Source: semantics 10.5.
    public static final String SYS_MESSAGE = "_SysMessage";

    /// Rows of these are no rows at all: the chat itself answers for them.
    private static final Set<String> OF_THE_CHAT = Set.of(CONVERSATION, MEMBER_INFO);

    /// What is known of the columns of each class; for the server only.
    static final String SCHEMA = "_Schema";

    static final int MAX_LENGTH = 126;

    /// Classes that exist before they have rows.
    static final Set<String> BUILT_IN = Set.of(USER, INSTALLATION, FILE, ROLE, SYS_MESSAGE);

    private static final Pattern NAME = Pattern.compile("_?[A-Za-z][A-Za-z0-9_]{0,124}");

    private ClassNames() {}

    /// The name, or a refusal when no class can be called so.
    public static String check(String name) {
        if (!NAME.matcher(name).matches())
            throw Refusal.of(
                    ErrorCode.INVALID_CLASS_NAME,
                    "a class name begins with a letter and has at most 126 letters, digits and _; got \"%s\"",
                    name);
        return name;
    }

    public static boolean isOfTheChat(String name) {
        return OF_THE_CHAT.contains(name);
    }
}
