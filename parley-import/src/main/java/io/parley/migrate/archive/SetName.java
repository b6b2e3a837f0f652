package io.parley.migrate.archive;

/// One kind of data in an archive, and the folder that holds it.
public record SetName(String value) implements Comparable<SetName> {
    private static final String CLASSES = "classes/";

    /// Rows of the class that holds conversations.
    public static final SetName CONVERSATIONS = ofClass("_Conversation");

    /// Who has which role in a conversation.
    public static final SetName ROLES = ofClass("_ConversationMemberInfo");

    public static final SetName USERS = ofClass("_User");
    public static final SetName INSTALLATIONS = ofClass("_Installation");
    public static final SetName FILES = ofClass("_File");

    /// Items of the application-wide history, or of the histories of single conversations.
    public static final SetName MESSAGES = new SetName("messages");

    /// Messages that were edited or recalled after they came into [#MESSAGES], as they are then.
    public static final SetName PATCHES = new SetName("patches");

    /// History items of service conversations, once per client that sees them, with the client's id in `client`.
    public static final SetName SERVICE_MESSAGES = new SetName("service-messages");

    /// Subscriptions of service conversations.
    public static final SetName SUBSCRIPTIONS = new SetName("subscriptions");

    public static final SetName SILENCED = new SetName("silenced");
    public static final SetName BLACKLISTS = new SetName("blacklists");

    /// Which `_File` row has its bytes where in the archive.
    public static final SetName FILE_CONTENTS = new SetName("file-contents");

    public SetName {
        if (!value.matches("(classes/)?[A-Za-z0-9_-]{1,100}"))
            throw new IllegalArgumentException("not the name of a set: " + value);
    }

    public static SetName ofClass(String className) {
        return new SetName(CLASSES + className);
    }

    public boolean isClass() {
        return value.startsWith(CLASSES);
    }

    /// The name of the class, or of the set itself.
    public String shortName() {
        return isClass() ? value.substring(CLASSES.length()) : value;
    }

    @Override
    public int compareTo(SetName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
