package io.parley.client;

import static io.parley.client.Device.await;
import static io.parley.client.Device.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.parley.client.FaultProxy.Fault;
import io.parley.client.internal.Failures;
import io.parley.client.internal.proto.CommandType;
import io.parley.client.internal.proto.GenericCommand;
import io.parley.testing.ParleyServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BadNetworkTest {
    @RegisterExtension
    static final ParleyServer server = ParleyServer.with().create();

    private final FaultProxy network = new FaultProxy(server.port());
    private final FaultProxy otherNetwork = new FaultProxy(server.port());
    private final Device phone = device(network);
    private final Device laptop = device(otherNetwork);

    private static Device device(FaultProxy through) {
        return Device.of(
                server,
                options -> options.socketUrl(through.url())
                        .replyTimeout(Duration.ofMillis(250))
                        .heartbeat(Duration.ofMillis(250))
                        .sendTimeout(Duration.ofSeconds(8))
                        .retry(Duration.ofMillis(20), Duration.ofMillis(100)));
    }

    @AfterEach
    void close() {
        phone.close();
        laptop.close();
        network.close();
        otherNetwork.close();
    }

    private AVIMConversation chatOf(AVIMClient tom, AVIMClient jerry) {
        return await(tom.createConversation(List.of(jerry.getClientId())));
    }

    // ---- the connection comes back by itself

    @Test
    void a_lost_connection_is_told_comes_back_and_goes_on() {
        AVIMClient tom = phone.enters("Tom");
        AVIMClient jerry = laptop.enters("Jerry");
        AVIMConversation chat = chatOf(tom, jerry);

        network.cuts();

        assertThat(phone.events.next("paused").client()).isSameAs(tom);
        phone.events.next("resumed");
        await(chat.sendMessage(new AVIMTextMessage("back again")));
        assertThat(laptop.hears()).isEqualTo("back again");
        assertThat(phone.events.all("paused")).hasSize(1);
        assertThat(phone.events.all("resumed")).hasSize(1);
    }

    @Test
    void while_there_is_no_connection_everything_fails_at_once() {
        AVIMClient tom = phone.enters("Tom");
        AVIMConversation chat = await(tom.createConversation(List.of("Nobody")));
        network.refuses(true);
        network.cuts();
        phone.events.next("paused");
        assertThat(tom.isOpen()).isFalse();

        AVIMTextMessage message = new AVIMTextMessage("into the void");
        AVIMException error = failure(chat.sendMessage(message));

        assertThat(error.getCode()).isEqualTo(AVIMException.CONNECTION_FAILED);
        assertThat(message.getMessageStatus()).isEqualTo(AVIMMessage.AVIMMessageStatus.AVIMMessageStatusFailed);
        assertThat(failure(chat.getMemberCount()).getCode()).isEqualTo(AVIMException.CONNECTION_FAILED);
        assertThat(failure(chat.join()).getCode()).isEqualTo(AVIMException.CONNECTION_FAILED);
        network.refuses(false);
        phone.events.next("resumed");
        await(chat.sendMessage(message));
        assertThat(await(chat.queryMessagesFromServer(10))).containsExactly(message);
    }

    @Test
    void all_clients_of_a_program_come_back_on_one_connection() {
        AVIMClient tom = phone.enters("Tom");
        AVIMClient jerry = phone.enters("Jerry");
        AVIMConversation chat = chatOf(tom, jerry);

        network.cuts();
        phone.events.next("resumed", tom.getClientId());
        phone.events.next("resumed", jerry.getClientId());
        await(chat.sendMessage(new AVIMTextMessage("both there")));

        assertThat(phone.events.next("message").client()).isSameAs(jerry);
    }

    @Test
    void a_half_open_connection_is_noticed_and_replaced() {
        AVIMClient tom = phone.enters("Tom");
        AtomicBoolean once = new AtomicBoolean();
        network.does((toServer, frame) -> once.compareAndSet(false, true) ? Fault.HALF_OPEN : Fault.NONE);

        phone.events.next("paused");
        phone.events.next("resumed");

        assertThat(await(tom.getOnlineClients(List.of(tom.getClientId())))).containsExactly(tom.getClientId());
    }

    @Test
    void a_hint_that_the_network_is_back_ends_the_wait() {
        try (Device patient = Device.of(
                server, options -> options.socketUrl(network.url()).retry(Duration.ofHours(1), Duration.ofHours(1)))) {
            AVIMClient tom = patient.enters("Tom");
            network.cuts();
            patient.events.next("paused");
            assertThat(tom.isOpen()).isFalse();
            assertThat(patient.realtime.getConnectionState()).isEqualTo(AVIMConnectionState.WAITING);

            patient.realtime.networkChanged();

            patient.events.next("resumed");
        }
    }

    @Test
    void a_hint_that_the_network_is_gone_is_believed_at_once() {
        AVIMClient tom = phone.enters("Tom");

        phone.realtime.networkLost();

        assertThat(phone.events.next("paused").client()).isSameAs(tom);
        phone.events.next("resumed");
    }

    @Test
    void a_silent_connection_is_kept_alive_by_heartbeats() {
        phone.enters("Tom");

        await().until(() -> network.fromClient().stream()
                        .filter(frame -> frame.getCmd() == CommandType.echo)
                        .count()
                >= 3);

        assertThat(phone.events.all("paused")).isEmpty();
    }

    // ---- messages

    @Test
    void a_message_whose_acknowledgement_is_lost_is_sent_again_and_arrives_once() {
        AVIMClient tom = phone.enters("Tom");
        AVIMClient jerry = laptop.enters("Jerry");
        AVIMConversation chat = chatOf(tom, jerry);
        AtomicBoolean once = new AtomicBoolean();
        network.does(
                (toServer, frame) -> !toServer && frame.getCmd() == CommandType.ack && once.compareAndSet(false, true)
                        ? Fault.CUT
                        : Fault.NONE);

        AVIMMessage message = await(chat.sendMessage(new AVIMTextMessage("once")));
        await(chat.sendMessage(new AVIMTextMessage("a fence")));

        assertThat(laptop.hears()).isEqualTo("once");
        assertThat(laptop.hears()).isEqualTo("a fence");
        List<GenericCommand> sent = network.fromClient().stream()
                .filter(frame -> frame.getDirectMessage().getMsg().contains("once"))
                .toList();
        assertThat(sent).as("sent again, with the same token").hasSize(2);
        assertThat(sent.get(0).getDirectMessage().getDt())
                .isEqualTo(sent.get(1).getDirectMessage().getDt());
        assertThat(await(chat.queryMessagesFromServer(10))).hasSize(2).contains(message);
    }

    @Test
    void a_message_that_comes_twice_is_told_once() {
        AVIMClient tom = phone.enters("Tom");
        AVIMClient jerry = laptop.enters("Jerry");
        AVIMConversation chat = chatOf(tom, jerry);
        otherNetwork.does(
                (toServer, frame) -> !toServer && frame.getCmd() == CommandType.direct ? Fault.DUPLICATE : Fault.NONE);

        await(chat.sendMessage(new AVIMTextMessage("twice")));
        await(chat.sendMessage(new AVIMTextMessage("a fence")));

        assertThat(laptop.hears()).isEqualTo("twice");
        assertThat(laptop.hears()).isEqualTo("a fence");
    }

    @Test
    void answers_in_another_order_find_their_questions() {
        AVIMClient tom = phone.enters("Tom");
        AVIMConversation first = await(tom.createConversation(List.of("Nobody"), "first", null));
        AVIMConversation second = await(tom.createConversation(List.of("Nobody"), "second", null));
        AtomicBoolean once = new AtomicBoolean();
        network.does((toServer, frame) -> !toServer && once.compareAndSet(false, true) ? Fault.REORDER : Fault.NONE);

        CompletableFuture<AVIMConversation> one = first.fetchInfoInBackground();
        CompletableFuture<AVIMConversation> two = second.fetchInfoInBackground();

        assertThat(await(one).getName()).isEqualTo("first");
        assertThat(await(two).getName()).isEqualTo("second");
    }

    @Test
    void what_was_missed_is_delivered_in_order_after_the_reconnect_when_the_server_only_counts() {
        try (Device counting = Device.of(
                server,
                options -> options.unreadCounts(true)
                        .socketUrl(otherNetwork.url())
                        .retry(Duration.ofMillis(20), Duration.ofMillis(50)))) {
            AVIMClient tom = phone.enters("Tom");
            AVIMClient jerry = counting.enters("Jerry");
            AVIMConversation chat = chatOf(tom, jerry);
            await(chat.sendMessage(new AVIMTextMessage("0")));
            assertThat(counting.hears()).isEqualTo("0");
            otherNetwork.refuses(true);
            otherNetwork.cuts();
            counting.events.next("paused");
            for (int i = 1; i <= 5; i++) await(chat.sendMessage(new AVIMTextMessage(Integer.toString(i))));
            otherNetwork.refuses(false);
            counting.events.next("resumed");
            await(chat.sendMessage(new AVIMTextMessage("6")));

            for (int i = 1; i <= 6; i++) assertThat(counting.hears()).isEqualTo(Integer.toString(i));
            assertThat(counting.events.all("message")).hasSize(7);
        }
    }

    @Test
    void notices_that_were_missed_are_told_after_the_reconnect() {
        AVIMClient tom = phone.enters("Tom");
        AVIMClient jerry = laptop.enters("Jerry");
        AVIMConversation chat = chatOf(tom, jerry);
        laptop.events.next("invited");
        otherNetwork.refuses(true);
        otherNetwork.cuts();
        laptop.events.next("paused");
        await(chat.addMembers(List.of("Mary")));
        chat.setName("three now");
        await(chat.updateInfoInBackground());

        otherNetwork.refuses(false);

        assertThat(laptop.events.next("joined").members()).containsExactly("Mary");
        laptop.events.next("changed");
        AVIMConversation seen = jerry.getConversation(chat.getConversationId());
        assertThat(seen.getMembers()).contains("Mary");
        assertThat(seen.getName()).isEqualTo("three now");
    }

    /// What a seed makes of a network whose connections break.
    private static FaultProxy.Faults breaking(long seed) {
        Random random = new Random(seed);
        return (toServer, frame) -> {
            synchronized (random) {
                int dice = random.nextInt(100);
                return dice < 4
                        ? Fault.CUT
                        : dice < 6
                                ? Fault.HALF_OPEN
                                : dice < 20 ? Fault.DELAY : dice < 35 ? Fault.DUPLICATE : Fault.NONE;
            }
        };
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 5})
    void on_a_breaking_network_every_message_arrives_once_and_in_order(long seed) {
        AVIMClient tom = phone.enters("Tom");
        AVIMClient jerry = laptop.enters("Jerry");
        AVIMConversation chat = chatOf(tom, jerry);
        network.does(breaking(seed));
        otherNetwork.does(breaking(seed + 100));

        List<String> acknowledged = sendsTwenty(tom, chat);
        network.behaves();
        otherNetwork.behaves();
        otherNetwork.cuts();
        phone.realtime.networkChanged();
        // What was missed is delivered before it.
        await().ignoreExceptions().untilAsserted(() -> await(chat.sendMessage(new AVIMTextMessage("a fence"))));
        await().until(() -> laptop.events.all("message").stream()
                .anyMatch(event -> event.message().getContent().contains("a fence")));

        List<String> heard = laptop.events.all("message").stream()
                .map(event -> ((AVIMTextMessage) event.message()).getText())
                .filter(text -> !text.equals("a fence"))
                .toList();
        assertThat(heard).as("nothing twice").doesNotHaveDuplicates();
        assertThat(heard).as("nothing lost").containsAll(acknowledged);
        assertThat(times(laptop)).as("in order").isSorted();
    }

    private static List<Long> times(Device device) {
        return device.events.all("message").stream()
                .map(event -> event.message().getTimestamp())
                .toList();
    }

    /// Sends when it can, and gives up on what fails; every message must come to an end.
    private List<String> sendsTwenty(AVIMClient tom, AVIMConversation chat) {
        List<CompletableFuture<AVIMMessage>> sending = new ArrayList<>();
        for (int i = 1; i <= 20; i++) {
            await().until(tom::isOpen);
            sending.add(chat.sendMessage(new AVIMTextMessage(Integer.toString(i))));
        }
        List<String> acknowledged = new ArrayList<>();
        for (CompletableFuture<AVIMMessage> each : sending) {
            AVIMMessage done = each.handle((message, error) -> {
                        if (error != null)
                            assertThat(Failures.isOfNetwork(Failures.of(error))).isTrue();
                        return error == null ? message : new AVIMMessage();
                    })
                    .join();
            if (done instanceof AVIMTextMessage text) acknowledged.add(text.getText());
        }
        return acknowledged;
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12})
    void when_frames_vanish_every_message_is_acknowledged_or_fails_and_none_is_stored_twice(long seed) {
        AVIMClient tom = phone.enters("Tom");
        AVIMConversation chat = await(tom.createConversation(List.of("Nobody")));
        Random random = new Random(seed);
        network.does((toServer, frame) -> {
            synchronized (random) {
                int dice = random.nextInt(100);
                return dice < 10 ? Fault.DROP : dice < 20 ? Fault.REORDER : Fault.NONE;
            }
        });

        List<String> acknowledged = sendsTwenty(tom, chat);
        network.behaves();

        await().until(tom::isOpen);
        List<AVIMMessage> stored =
                await().ignoreExceptions().until(() -> await(chat.queryMessagesFromServer(100)), found -> true);
        assertThat(texts(stored)).doesNotHaveDuplicates().containsAll(acknowledged);
    }

    private static List<String> texts(List<AVIMMessage> messages) {
        return messages.stream()
                .map(message -> ((AVIMTextMessage) message).getText())
                .collect(Collectors.toList());
    }
}
