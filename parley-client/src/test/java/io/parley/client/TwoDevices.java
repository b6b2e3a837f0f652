package io.parley.client;

import io.parley.testing.ParleyServer;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A server, and two programs with the SDK.
abstract class TwoDevices {
    @RegisterExtension
    static final ParleyServer server = ParleyServer.with().create();

    final Device phone = Device.of(server);
    final Device laptop = Device.of(server);

    @AfterEach
    final void closeDevices() {
        phone.close();
        laptop.close();
    }

    static AVIMConversation talk(AVIMClient from, AVIMClient... to) {
        List<String> others = List.of(to).stream().map(AVIMClient::getClientId).toList();
        return Device.await(from.createConversation(others));
    }

    static AVIMMessage say(AVIMConversation where, String text) {
        return Device.await(where.sendMessage(new AVIMTextMessage(text)));
    }

    /// The same conversation, as another client has it.
    static AVIMConversation of(AVIMClient client, AVIMConversation conversation) {
        return client.getConversation(conversation.getConversationId());
    }

    static List<String> texts(List<AVIMMessage> messages) {
        return messages.stream()
                .map(message -> ((AVIMTextMessage) message).getText())
                .toList();
    }
}
