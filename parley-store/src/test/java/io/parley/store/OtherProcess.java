package io.parley.store;

import io.parley.core.Storage;
import io.parley.core.command.AppId;
import io.parley.core.command.ClientId;
import io.parley.core.command.Content;
import io.parley.core.command.ConversationId;
import io.parley.core.command.ConversationKey;
import io.parley.core.command.Kind;
import io.parley.core.command.Mentions;
import io.parley.core.conversation.ConversationStore.NewConversation;
import io.parley.core.message.Draft;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// A process that stores messages until it is killed, and prints position and token of each that is acknowledged.
final class OtherProcess {
    static final ConversationKey CHAT = new ConversationKey(new AppId("app"), new ConversationId("chat"));
    private static final ClientId TOM = new ClientId("Tom");

    private static final int SENDERS = 8;

    private OtherProcess() {}

    public static void main(String[] arguments) {
        Storage storage = Sqlite.open(Path.of(arguments[0]), Clock.systemUTC());
        create(storage);
        System.out.println(CHAT.id());
        for (int sender = 0; sender < SENDERS; sender++) {
            int number = sender;
            Thread.ofPlatform().start(() -> sendOn(storage, number));
        }
    }

    private static void sendOn(Storage storage, int sender) {
        for (int i = 0; ; i++) {
            String token = sender + "-" + i;
            long position = storage.messages().append(draft(token)).message().position();
            synchronized (OtherProcess.class) {
                System.out.println(position + " " + token);
            }
        }
    }

    static Draft draft(String token) {
        return new Draft(
                CHAT,
                TOM,
                new Content.Text("message " + token),
                Mentions.NONE,
                false,
                Optional.of(token),
                Optional.empty());
    }

    static ConversationKey create(Storage storage) {
        storage.conversations()
                .create(new NewConversation(
                        CHAT,
                        Kind.NORMAL,
                        Optional.of(TOM),
                        com.fasterxml.jackson.databind.node.JsonNodeFactory.instance.objectNode(),
                        Set.of(TOM),
                        Optional.empty(),
                        Instant.EPOCH,
                        Optional.empty()));
        return CHAT;
    }
}
