package io.parley.store.contract;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.core.Storage;
import io.parley.core.command.AppId;
import io.parley.core.command.ClientId;
import io.parley.core.command.ClientKey;
import io.parley.core.command.Content;
import io.parley.core.command.ConversationId;
import io.parley.core.command.ConversationKey;
import io.parley.core.command.Kind;
import io.parley.core.command.Mentions;
import io.parley.core.command.StoredMessage;
import io.parley.core.conversation.Conversation;
import io.parley.core.conversation.ConversationStore.NewConversation;
import io.parley.core.message.Draft;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// A store for each test, and short names for what the suites do with it.
public abstract class StorageContract {
    protected static final AppId APP = new AppId("chat");
    protected static final AppId OTHER_APP = new AppId("other");
    protected static final ClientId TOM = new ClientId("Tom");
    protected static final ClientId JERRY = new ClientId("Jerry");
    protected static final ClientId MARY = new ClientId("Mary");

    protected final ManualClock clock = new ManualClock();
    protected Storage storage;
    private final AtomicInteger conversationCount = new AtomicInteger();

    /// Opens the store of the test at hand. When the test has opened it before, the same data must be there.
    protected abstract Storage open(Clock clock);

    @BeforeEach
    void openStorage() {
        storage = open(clock);
    }

    @AfterEach
    void closeStorage() {
        storage.close();
    }

    protected void reopen() {
        storage.close();
        storage = open(clock);
    }

    protected static ClientKey in(AppId app, ClientId client) {
        return new ClientKey(app, client);
    }

    protected static ClientKey key(ClientId client) {
        return in(APP, client);
    }

    protected static ObjectNode attributes() {
        return JsonNodeFactory.instance.objectNode();
    }

    protected NewConversation normal(ClientId... members) {
        return conversation(APP, Kind.NORMAL, members);
    }

    protected NewConversation conversation(AppId app, Kind kind, ClientId... members) {
        String id = "%024x".formatted(conversationCount.incrementAndGet());
        return new NewConversation(
                new ConversationKey(app, new ConversationId(id)),
                kind,
                members.length == 0 ? Optional.empty() : Optional.of(members[0]),
                attributes(),
                new LinkedHashSet<>(Arrays.asList(members)),
                Optional.empty(),
                clock.instant(),
                Optional.empty());
    }

    protected static NewConversation unique(NewConversation made) {
        return new NewConversation(
                made.key(),
                made.kind(),
                made.creator(),
                made.attributes(),
                made.members(),
                Optional.of(digest(made.members())),
                made.createdAt(),
                made.expiresAt());
    }

    protected static String digest(Set<ClientId> members) {
        try {
            MessageDigest md5 = MessageDigest.getInstance("MD5");
            for (ClientId member : new TreeSet<>(members))
                md5.update(member.value().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(md5.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    protected Conversation create(NewConversation made) {
        return storage.conversations().create(made).conversation();
    }

    /// A new normal conversation.
    protected ConversationKey chat(ClientId... members) {
        return create(normal(members)).key();
    }

    protected static Draft draft(ConversationKey conversation, ClientId from, String text) {
        return new Draft(
                conversation, from, new Content.Text(text), Mentions.NONE, false, Optional.empty(), Optional.empty());
    }

    protected static Draft withToken(Draft draft, String token) {
        return new Draft(
                draft.conversation(),
                draft.from(),
                draft.content(),
                draft.mentions(),
                draft.receipt(),
                Optional.of(token),
                draft.pushData());
    }

    protected static Draft withReceipt(Draft draft) {
        return new Draft(
                draft.conversation(),
                draft.from(),
                draft.content(),
                draft.mentions(),
                true,
                draft.token(),
                draft.pushData());
    }

    protected static Draft mentioning(Draft draft, Mentions mentions) {
        return new Draft(
                draft.conversation(),
                draft.from(),
                draft.content(),
                mentions,
                draft.receipt(),
                draft.token(),
                draft.pushData());
    }

    protected StoredMessage send(Draft draft) {
        return storage.messages().append(draft).message();
    }

    protected StoredMessage send(ConversationKey conversation, ClientId from, String text) {
        return send(draft(conversation, from, text));
    }

    /// Runs `task` with the numbers 0 to `count` - 1, each on a virtual thread of its own, and returns the results.
    protected static <T> List<T> together(int count, Numbered<T> task) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<T>> calls = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                int number = i;
                calls.add(() -> task.run(number));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> future : threads.invokeAll(calls)) results.add(future.get());
            return results;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        } catch (ExecutionException e) {
            throw new AssertionError("a concurrent task failed", e.getCause());
        }
    }

    protected interface Numbered<T> {
        T run(int number) throws Exception;
    }
}
