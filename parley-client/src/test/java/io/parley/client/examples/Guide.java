package io.parley.client.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.client.AVIMClient;
import io.parley.client.AVIMConversation;
import io.parley.client.AVIMMessage;
import io.parley.client.AVIMMessageHandler;
import io.parley.client.AVIMMessageManager;
import io.parley.client.AVIMRealtime;
import io.parley.client.AVIMTextMessage;
import io.parley.client.AVOSCloud;
import io.parley.testing.ParleyServer;
import io.parley.testing.TestApp;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/// How an application after the guide starts, and a screen that it shows things on.
abstract class Guide {
    @RegisterExtension
    final ParleyServer server = ParleyServer.with().create();

    /// What an application would show.
    private static final BlockingQueue<String> SCREEN = new LinkedBlockingQueue<>();

    static void show(String line) {
        SCREEN.add(line);
    }

    /// Takes lines until this one comes.
    static void expect(String line) throws InterruptedException {
        String shown;
        do {
            shown = SCREEN.poll(10, TimeUnit.SECONDS);
            assertThat(shown).as("no line '%s' came", line).isNotNull();
        } while (!line.equals(shown));
    }

    // ---- start-up: two calls

    @SuppressWarnings("PatternMatchingInstanceof") // as Java was written then
    public static class CustomMessageHandler extends AVIMMessageHandler {
        @Override
        public void onMessage(AVIMMessage message, AVIMConversation conversation, AVIMClient client) {
            if (message instanceof AVIMTextMessage)
                show(client.getClientId() + " hears: " + ((AVIMTextMessage) message).getText());
        }

        @Override
        public void onMessageReceipt(AVIMMessage message, AVIMConversation conversation, AVIMClient client) {
            show(client.getClientId() + " knows that it has arrived");
        }
    }

    @BeforeEach
    void start() {
        SCREEN.clear();
        AVOSCloud.initialize(TestApp.ID, TestApp.KEY, server.url().toString());
        AVIMMessageManager.registerDefaultMessageHandler(new CustomMessageHandler());
    }

    @AfterEach
    void stop() {
        AVIMMessageManager.registerDefaultMessageHandler(null);
        AVIMMessageManager.setConversationEventHandler(null);
        AVIMClient.setClientEventHandler(null);
        AVIMRealtime.getDefault().shutdown();
    }

    /// A conversation of Tom with Jerry, who is there.
    static AVIMConversation tomAndJerry() throws Exception {
        AVIMClient.getInstance("Jerry").open().get();
        return AVIMClient.getInstance("Tom")
                .open()
                .get()
                .createConversation(List.of("Jerry"))
                .get();
    }
}
