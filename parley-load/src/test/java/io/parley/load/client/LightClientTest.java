package io.parley.load.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.parley.load.tiny.TinyServer;
import io.parley.load.wire.AckView;
import io.parley.load.wire.DirectView;
import io.parley.load.wire.SendFrame;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LightClientTest {
    private final TinyServer server = new TinyServer();
    private final Loops loops = new Loops(1);
    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();

    @AfterEach
    void stop() {
        loops.close();
        server.close();
    }

    @Test
    void a_message_reaches_the_other_member_and_its_sender_is_told() throws Exception {
        LightClient tom = login("tom", Acks.NONE);
        login("jerry", Acks.NONE);
        String conversation = startConversation(tom);

        tom.loop().execute(() -> tom.send(new SendFrame(0, conversation, 100, false, false), System.nanoTime()));

        assertThat(List.of(next(), next()))
                .containsExactlyInAnyOrder("tom: message 1 accepted", "jerry: 100 characters from tom");
    }

    @Test
    void a_refused_message_is_told_to_its_sender() throws Exception {
        LightClient tom = login("tom", Acks.NONE);
        LightClient spike = login("spike", Acks.NONE);
        String conversation = startConversation(tom);

        spike.loop().execute(() -> spike.send(new SendFrame(0, conversation, 100, false, false), System.nanoTime()));

        assertThat(next()).isEqualTo("spike: message 1 refused with 4401");
    }

    @Test
    void deliveries_are_confirmed_by_one_range_as_the_javascript_sdk_does() throws Exception {
        LightClient tom = login("tom", Acks.NONE);
        login("jerry", Acks.THROTTLED);
        String conversation = startConversation(tom);
        SendFrame frame = new SendFrame(0, conversation, 100, false, false);

        for (int number = 0; number < 5; number++) {
            tom.loop().execute(() -> tom.send(frame, System.nanoTime()));
        }

        await().until(() -> server.chat().acks().size() == 1);
        var ack = server.chat().acks().getFirst();
        assertThat(ack.getCid()).isEqualTo(conversation);
        assertThat(ack.getTots() - ack.getFromts()).isEqualTo(4);
        assertThat(ack.hasMid()).isFalse();
    }

    @Test
    void deliveries_are_confirmed_one_by_one_when_asked_to() throws Exception {
        LightClient tom = login("tom", Acks.NONE);
        login("jerry", Acks.EACH);
        String conversation = startConversation(tom);
        SendFrame frame = new SendFrame(0, conversation, 100, false, false);

        for (int number = 0; number < 3; number++) {
            tom.loop().execute(() -> tom.send(frame, System.nanoTime()));
        }

        await().until(() -> server.chat().acks().size() == 3);
        assertThat(server.chat().acks()).allMatch(ack -> ack.hasMid() && !ack.hasTots());
    }

    @Test
    void a_request_fails_when_the_connection_ends() throws Exception {
        LightClient tom = login("tom", Acks.NONE);
        server.crash();

        assertThatThrownBy(() -> tom.request(Commands.closeSession()).join())
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(ConnectionLostException.class);
        assertThat(next()).startsWith("tom: the connection was lost");
    }

    @Test
    void a_client_that_closes_hears_of_the_end() throws Exception {
        login("tom", Acks.NONE).close();

        assertThat(next()).isEqualTo("tom: closed by this side");
    }

    @Test
    void connecting_to_nobody_fails() throws Exception {
        Endpoint endpoint = Endpoint.discover(server.url(), "app");
        server.crash();

        assertThatThrownBy(() -> LightClient.connect(
                                loops.of(0), endpoint, identity("tom"), Acks.NONE, new Listener() {}, Optional.empty())
                        .join())
                .hasCauseInstanceOf(ConnectionLostException.class);
    }

    private LightClient login(String name, Acks acks) throws Exception {
        Endpoint endpoint = Endpoint.discover(server.url(), "app");
        LightClient client = LightClient.connect(
                        loops.of(0), endpoint, identity(name), acks, new Ear(name), Optional.empty())
                .join();
        client.request(Commands.open(client.identity())).join();
        return client;
    }

    private static Identity identity(String name) {
        return new Identity("app", name, name + "'s phone");
    }

    private static String startConversation(LightClient tom) {
        return tom.request(Commands.start("house", List.of("tom", "jerry")))
                .join()
                .getConvMessage()
                .getCid();
    }

    private String next() throws InterruptedException {
        String event = events.poll(10, TimeUnit.SECONDS);
        assertThat(event).as("next event").isNotNull();
        return String.valueOf(event);
    }

    private final class Ear implements Listener {
        private final String name;

        Ear(String name) {
            this.name = name;
        }

        @Override
        public void delivered(LightClient client, DirectView message) {
            events.add(name + ": " + message.textLength() + " characters from " + message.from());
        }

        @Override
        public void acked(LightClient client, int sequence, AckView ack) {
            events.add(name + ": message " + sequence + " accepted");
        }

        @Override
        public void refused(LightClient client, int sequence, RefusedException refusal) {
            events.add(name + ": message " + sequence + " refused with " + refusal.code());
        }

        @Override
        public void closed(LightClient client, String cause) {
            events.add(name + ": " + cause);
        }
    }
}
