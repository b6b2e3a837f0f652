package io.parley.core.moderation;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.parley.core.app.App;
import io.parley.core.command.ClientId;
import io.parley.core.command.ConversationId;
import io.parley.core.command.ConversationKey;
import io.parley.core.command.ErrorCode;
import io.parley.core.command.Event.MembersSilenced;
import io.parley.core.command.Event.RoleChanged;
import io.parley.core.command.Event.Silenced;
import io.parley.core.command.Kind;
import io.parley.core.command.ModerationCommand.CheckSilenced;
import io.parley.core.command.ModerationCommand.ListSilenced;
import io.parley.core.command.ModerationCommand.SetRole;
import io.parley.core.command.ModerationCommand.Silence;
import io.parley.core.command.ModerationCommand.SilenceFor;
import io.parley.core.command.Page;
import io.parley.core.command.Refusal;
import io.parley.core.command.Reply;
import io.parley.core.command.Role;
import io.parley.core.conversation.Conversation;
import io.parley.core.conversation.Conversations;
import io.parley.core.notice.Notices;
import io.parley.core.session.Caller;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Roles and silence. Thread-safe; may block. Source: semantics 8.1, 8.2.
public final class Moderation {
    /// Chat rooms and service conversations are larger, and so are their lists.
    static final int ROOM_FACTOR = 20;

    private final ModerationStore store;
    private final Conversations conversations;
    private final Notices notices;
    private final Clock clock;
    private final Cache<ConversationKey, Rules> cache =
            Caffeine.newBuilder().maximumSize(200_000).build();

    public Moderation(ModerationStore store, Conversations conversations, Notices notices, Clock clock) {
        this.store = store;
        this.conversations = conversations;
        this.notices = notices;
        this.clock = clock;
    }

    /// The conversation's rules, from a cache.
    public Rules rules(ConversationKey conversation) {
        return cache.get(conversation, store::find);
    }

    /// Rules changed, by a command or because members left.
    public void forget(ConversationKey conversation) {
        cache.invalidate(conversation);
    }

    public Role role(Conversation conversation, ClientId client) {
        if (conversation.creator().filter(client::equals).isPresent()) return Role.OWNER;
        GivenRole given = rules(conversation.key()).roles().get(client);
        return given == null ? Role.MEMBER : given.role();
    }

    /// Refuses a sender that is silenced or blocked.
    public void checkMaySpeak(Conversation conversation, ClientId client) {
        Rules rules = rules(conversation.key());
        if (rules.silenced().contains(client))
            throw Refusal.of(ErrorCode.SILIENCED, "\"%s\" is silenced in \"%s\"", client, conversation.id());
        Instant until = rules.silencedUntil().get(client);
        if (until != null && clock.instant().isBefore(until))
            throw Refusal.of(
                    ErrorCode.CONVERSATION_TEMPORARY_BLACKLISTED,
                    "\"%s\" is silenced in \"%s\" until %s",
                    client,
                    conversation.id(),
                    until);
        if (rules.blocked().contains(client))
            throw Refusal.of(
                    ErrorCode.BLOCKED_BY_CONV, "\"%s\" is on the blacklist of \"%s\"", client, conversation.id());
    }

    public Reply setRole(Caller caller, SetRole command) {
        Conversation conversation = moderated(caller, command.conversation());
        // Only the application names another owner.
        Role wanted = Role.named(command.role())
                .filter(role -> role != Role.OWNER || caller.isApplication())
                .orElseThrow(() -> Refusal.of(
                        ErrorCode.UNKNOWN_CONVERSATION_ROLE,
                        "a role is Manager or Member; got \"%s\"",
                        command.role()));
        if (conversation.kind() == Kind.NORMAL && !conversation.hasMember(command.target()))
            throw Refusal.of(
                    ErrorCode.CONVERSATION_MEMBERSHIP_REQUIRED,
                    "\"%s\" is not a member of \"%s\"",
                    command.target(),
                    conversation.id());
        if (!caller.isApplication()) checkMayGive(caller, conversation, command.target(), wanted);
        cache.put(conversation.key(), store.setRole(conversation.key(), command.target(), wanted));
        notices.publish(
                caller.app().id(),
                conversation.members(),
                new RoleChanged(conversation.id(), command.target(), wanted, caller.actor(), now()),
                Optional.empty());
        return new Reply.RoleSet(conversation.id());
    }

    /// Nobody lifts another to, or lowers another from, a role that is not below its own.
    private void checkMayGive(Caller caller, Conversation conversation, ClientId target, Role wanted) {
        Role own = role(conversation, caller.client());
        if (!own.isAbove(role(conversation, target)) || !own.isAbove(wanted)) throw unauthorized(caller, conversation);
    }

    public Reply silence(Caller caller, Silence command) {
        // The application may silence whatever roles are for.
        Conversation conversation = caller.isApplication()
                ? visible(caller, command.conversation())
                : moderated(caller, command.conversation());
        if (!caller.isApplication()) checkAbove(caller, conversation, command.targets());
        Rules before = rules(conversation.key());
        if (command.silenced())
            checkRoom(
                    before.silenced(),
                    command.targets(),
                    limit(conversation, caller.app().settings().maxSilenced()),
                    ErrorCode.SILIENCED_MEMBER_LIST_FULL);
        cache.put(conversation.key(), store.silence(conversation.key(), command.targets(), command.silenced()));
        var app = caller.app().id();
        notices.publish(
                app,
                command.targets(),
                new Silenced(conversation.id(), command.silenced(), caller.actor(), now()),
                Optional.empty());
        Set<ClientId> everybody = new LinkedHashSet<>(conversation.members());
        everybody.addAll(command.targets());
        notices.publish(
                app,
                everybody,
                new MembersSilenced(conversation.id(), command.targets(), command.silenced(), caller.actor(), now()),
                Optional.empty());
        return new Reply.Silenced(conversation.id(), command.silenced(), command.targets(), List.of());
    }

    /// For some time only, wherever clients speak. Source: semantics 8.2, rest 6, C16.
    public Reply silenceFor(Caller caller, SilenceFor command) {
        Conversation conversation = conversations.get(caller.app(), command.conversation());
        Optional<Instant> until = command.time().isZero() ? Optional.empty() : Optional.of(now().plus(command.time()));
        cache.put(conversation.key(), store.silenceUntil(conversation.key(), command.target(), until));
        return new Reply.Silenced(conversation.id(), until.isPresent(), List.of(command.target()), List.of());
    }

    public Reply listSilenced(Caller caller, ListSilenced command) {
        Conversation conversation = visible(caller, command.conversation());
        List<ClientId> all = List.copyOf(rules(conversation.key()).silenced());
        return new Reply.SilencedList(conversation.id(), slice(all, command.page()), next(all, command.page()));
    }

    public Reply checkSilenced(Caller caller, CheckSilenced command) {
        Conversation conversation = visible(caller, command.conversation());
        Rules rules = rules(conversation.key());
        return new Reply.SilencedChecked(
                conversation.id(),
                command.clients().stream().filter(rules.silenced()::contains).toList());
    }

    /// The members that were given a role, for one who may look.
    public Map<ClientId, GivenRole> roles(Caller caller, ConversationId id) {
        return rules(moderated(caller, id).key()).roles();
    }

    /// A conversation whose roles the caller may try to use.
    private Conversation moderated(Caller caller, ConversationId id) {
        if (!caller.app().settings().roles()) throw Refusal.of(ErrorCode.CONVERSATION_MEMBER_INFO_FEATURE_DISABLED);
        return visible(caller, id);
    }

    Conversation conversation(Caller caller, ConversationId id) {
        return conversations.get(caller.app(), id);
    }

    /// Any member may look.
    Conversation visible(Caller caller, ConversationId id) {
        Conversation conversation = withRules(caller.app(), id);
        if (!caller.isApplication()) checkMember(conversation, caller.client());
        return conversation;
    }

    private Conversation withRules(App app, ConversationId id) {
        Conversation conversation = conversations.get(app, id);
        if (conversation.kind() == Kind.SERVICE || conversation.kind() == Kind.TEMPORARY)
            throw Refusal.of(
                    ErrorCode.NORMAL_CONVERSATION_REQUIRED,
                    "\"%s\" is of kind %s and has no roles",
                    id,
                    conversation.kind());
        return conversation;
    }

    private static void checkMember(Conversation conversation, ClientId caller) {
        if (conversation.kind() == Kind.NORMAL && !conversation.hasMember(caller))
            throw Refusal.of(
                    ErrorCode.CONVERSATION_MEMBERSHIP_REQUIRED,
                    "\"%s\" is not a member of \"%s\"",
                    caller,
                    conversation.id());
    }

    /// One target of an equal or higher role refuses the whole command. Source: semantics 8.1.
    void checkAbove(Caller caller, Conversation conversation, Collection<ClientId> targets) {
        Role own = role(conversation, caller.client());
        for (ClientId target : targets)
            if (!own.isAbove(role(conversation, target))) throw unauthorized(caller, conversation);
    }

    private Refusal unauthorized(Caller caller, Conversation conversation) {
        return Refusal.of(
                ErrorCode.CONVERSATION_OPERATION_UNAUTHORIZED,
                "as %s of \"%s\", \"%s\" may only act on lower roles",
                role(conversation, caller.client()).wireName(),
                conversation.id(),
                caller.client());
    }

    static int limit(Conversation conversation, int limit) {
        boolean large = conversation.kind() == Kind.CHAT_ROOM || conversation.kind() == Kind.SERVICE;
        return large ? limit * ROOM_FACTOR : limit;
    }

    static void checkRoom(Set<ClientId> present, Collection<ClientId> added, int limit, ErrorCode full) {
        Set<ClientId> after = new LinkedHashSet<>(present);
        after.addAll(added);
        if (after.size() > limit)
            throw Refusal.of(full, "the list has room for %d clients; it has %d", limit, present.size());
    }

    static <T> List<T> slice(List<T> all, Page page) {
        int from = Math.min(page.offset(), all.size());
        return all.subList(from, Math.min(from + page.limit(), all.size()));
    }

    static Optional<String> next(List<?> all, Page page) {
        int end = page.offset() + page.limit();
        return end < all.size() ? Optional.of(String.valueOf(end)) : Optional.empty();
    }

    Instant now() {
        return clock.instant();
    }
}
