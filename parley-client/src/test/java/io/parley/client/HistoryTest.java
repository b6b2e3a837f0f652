package io.parley.client;

import static io.parley.client.Device.await;
import static io.parley.client.Device.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.client.internal.proto.CommandType;
import io.parley.testing.ParleyServer;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HistoryTest {
    @RegisterExtension
    static final ParleyServer server = ParleyServer.with().create();

    @TempDir
    Path folder;

    private final FaultProxy network = new FaultProxy(server.port());
    private final Device writer = Device.of(server);
    private final List<Device> readers = new ArrayList<>();

    @AfterEach
    void close() {
        writer.close();
        readers.forEach(Device::close);
        network.close();
    }

    private Device reader(UnaryOperator<AVIMOptions.Builder> choose) {
        Device reader = Device.of(
                server, options -> choose.apply(options.socketUrl(network.url()).replyTimeout(Duration.ofSeconds(2))));
        readers.add(reader);
        return reader;
    }

    private AVIMCache file() {
        return AVIMCache.sqlite(new File(folder.toFile(), "cache.db"));
    }

    private AVIMConversation chat(String jerry) {
        return await(writer.enters("Tom").createConversation(List.of(jerry)));
    }

    private static List<AVIMMessage> saysAll(AVIMConversation chat, int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> await(chat.sendMessage(new AVIMTextMessage(Integer.toString(i)))))
                .toList();
    }

    private long requests() {
        return network.fromClient().stream()
                .filter(frame -> frame.getCmd() == CommandType.logs)
                .count();
    }

    private AVIMConversation of(Device device, String jerry, AVIMConversation chat) {
        return device.login(jerry).getConversation(chat.getConversationId());
    }

    @Test
    void the_newest_twenty_come_oldest_first_and_the_next_page_ends_before_them() {
        String jerry = Device.fresh("Jerry");
        AVIMConversation chat = chat(jerry);
        List<AVIMMessage> all = saysAll(chat, 45);
        AVIMConversation seen = of(reader(options -> options), jerry, chat);

        List<AVIMMessage> newest = await(seen.queryMessages());
        AVIMMessage oldest = newest.get(0);
        List<AVIMMessage> before = await(seen.queryMessages(oldest.getMessageId(), oldest.getTimestamp(), 20));

        assertThat(newest).isEqualTo(all.subList(25, 45));
        assertThat(before).isEqualTo(all.subList(5, 25));
        assertThat(await(seen.queryMessages(1000))).isEqualTo(all);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 1001})
    void a_page_has_one_to_a_thousand_messages(int limit) {
        AVIMConversation chat = chat("Nobody");

        assertThat(failure(chat.queryMessages(limit)).getCode()).isEqualTo(AVIMException.INVALID_ARGUMENT);
        assertThat(failure(chat.queryMessagesFromServer(limit)).getCode()).isEqualTo(AVIMException.INVALID_ARGUMENT);
    }

    @Test
    void ranges_and_kinds_can_be_asked_for() {
        AVIMConversation chat = chat("Nobody");
        List<AVIMMessage> all = saysAll(chat, 6);
        AVIMMessage place = await(chat.sendMessage(new AVIMLocationMessage(1, 2)));
        AVIMMessageInterval range = new AVIMMessageInterval(
                AVIMMessageInterval.createBound(
                        all.get(1).getMessageId(), all.get(1).getTimestamp(), false),
                AVIMMessageInterval.createBound(
                        all.get(4).getMessageId(), all.get(4).getTimestamp(), true));

        assertThat(await(chat.queryMessages(range, AVIMMessageQueryDirection.AVIMMessageQueryDirectionFromOldToNew, 2)))
                .isEqualTo(all.subList(2, 4));
        assertThat(await(chat.queryMessagesByType(AVIMMessageType.LOCATION_MESSAGE_TYPE, 10)))
                .containsExactly(place);
    }

    @Test
    void the_second_look_at_the_same_messages_asks_nobody() {
        String jerry = Device.fresh("Jerry");
        AVIMConversation chat = chat(jerry);
        List<AVIMMessage> all = saysAll(chat, 30);
        AVIMConversation seen = of(reader(options -> options), jerry, chat);
        List<AVIMMessage> newest = await(seen.queryMessages(10));
        await(seen.queryMessages(newest.get(0).getMessageId(), newest.get(0).getTimestamp(), 10));
        long before = requests();

        assertThat(await(seen.queryMessages(20))).isEqualTo(all.subList(10, 30));
        assertThat(await(seen.queryMessages(
                        all.get(25).getMessageId(), all.get(25).getTimestamp(), 10)))
                .isEqualTo(all.subList(15, 25));
        assertThat(requests()).isEqualTo(before);
        assertThat(await(seen.queryMessages(25))).isEqualTo(all.subList(5, 30));
        assertThat(requests()).isEqualTo(before + 1);
    }

    @Test
    void what_arrives_meanwhile_is_in_the_cache_too() {
        String jerry = Device.fresh("Jerry");
        AVIMConversation chat = chat(jerry);
        Device device = reader(options -> options);
        AVIMConversation seen = of(device, jerry, chat);
        assertThat(await(seen.queryMessages())).isEmpty();
        long before = requests();

        List<AVIMMessage> all = saysAll(chat, 3);
        for (int i = 0; i < 3; i++) device.hears();
        AVIMMessage own = await(seen.sendMessage(new AVIMTextMessage("mine")));

        List<AVIMMessage> found = await(seen.queryMessages());
        assertThat(found.subList(0, 3)).isEqualTo(all);
        assertThat(found.get(3)).isEqualTo(own);
        assertThat(requests()).isEqualTo(before);
    }

    @Test
    void after_a_gap_the_cache_is_not_trusted_until_it_is_closed() {
        String jerry = Device.fresh("Jerry");
        AVIMConversation chat = chat(jerry);
        List<AVIMMessage> all = new ArrayList<>(saysAll(chat, 5));
        Device device = reader(options -> options.cache(file()));
        AVIMConversation seen = of(device, jerry, chat);
        await(seen.queryMessages(3));
        await(device.realtime.getClient(jerry).close());
        all.addAll(saysAll(chat, 30));
        await(device.realtime.getClient(jerry).open());

        assertThat(await(seen.queryMessages(5))).isEqualTo(all.subList(30, 35));
        AVIMMessage place = all.get(30);
        assertThat(await(seen.queryMessages(place.getMessageId(), place.getTimestamp(), 30)))
                .isEqualTo(all.subList(0, 30));
    }

    @Test
    void messages_survive_in_a_file_and_are_read_without_a_connection() {
        String jerry = Device.fresh("Jerry");
        AVIMConversation chat = chat(jerry);
        List<AVIMMessage> all = saysAll(chat, 5);
        Device first = reader(options -> options.cache(file()));
        await(of(first, jerry, chat).queryMessages());
        first.close();

        Device second = reader(options -> options.cache(file()));
        AVIMConversation offline = second.realtime.getClient(jerry).getConversation(chat.getConversationId());

        assertThat(await(offline.queryMessages())).isEqualTo(all);
        assertThat(await(offline.queryMessagesFromCache(2))).isEqualTo(all.subList(3, 5));
    }

    @Test
    void an_edit_made_while_the_program_was_away_corrects_the_cached_message() {
        String jerry = Device.fresh("Jerry");
        AVIMConversation chat = chat(jerry);
        List<AVIMMessage> all = saysAll(chat, 3);
        Device device = reader(options -> options.cache(file()));
        AVIMConversation seen = of(device, jerry, chat);
        await(seen.queryMessages());
        network.refuses(true);
        network.cuts();
        device.events.next("paused");
        await(chat.updateMessage(all.get(1), new AVIMTextMessage("two")));
        await(chat.recallMessage(all.get(2)));
        network.refuses(false);
        device.events.next("edited");
        device.events.next("recalled");

        List<AVIMMessage> cached = await(seen.queryMessagesFromCache(10));

        assertThat(((AVIMTextMessage) cached.get(1)).getText()).isEqualTo("two");
        assertThat(cached.get(2)).isInstanceOf(AVIMRecalledMessage.class);
    }

    @Test
    void switched_off_every_look_asks_the_server() {
        String jerry = Device.fresh("Jerry");
        AVIMConversation chat = chat(jerry);
        saysAll(chat, 3);
        Device device = reader(options -> options);
        device.realtime.setMessageQueryCacheEnable(false);
        AVIMConversation seen = of(device, jerry, chat);

        await(seen.queryMessages());
        await(seen.queryMessages());

        assertThat(requests()).isEqualTo(2);
    }

    @Test
    void what_is_older_than_its_age_is_asked_for_again() {
        String jerry = Device.fresh("Jerry");
        AVIMConversation chat = chat(jerry);
        saysAll(chat, 3);
        AVIMConversation seen = of(reader(options -> options.cacheMaxAge(Duration.ZERO)), jerry, chat);

        await(seen.queryMessages());
        await(seen.queryMessages());

        assertThat(requests()).isEqualTo(2);
    }
}
