package io.parley.client;

import static io.parley.client.Device.await;
import static io.parley.client.Device.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.client.AVQuery.CachePolicy;
import io.parley.client.internal.proto.CommandType;
import io.parley.client.internal.proto.OpType;
import io.parley.testing.ParleyServer;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("JavaUtilDate")
class QueryTest {
    @RegisterExtension
    static final ParleyServer server = ParleyServer.with().create();

    @TempDir
    Path folder;

    private final FaultProxy network = new FaultProxy(server.port());
    private final Device phone = Device.of(server, options -> options.socketUrl(network.url()));
    private final AVIMClient tom = phone.enters("Tom");

    @AfterEach
    void close() {
        phone.close();
        network.close();
    }

    private AVIMConversation create(String name, Map<String, Object> attributes, String... others) {
        AVIMConversation made = await(tom.createConversation(List.of(others), name, attributes));
        // Until then, the cache may still forget what it knows.
        phone.events.next("joined", event -> event.conversation() == made);
        return made;
    }

    private List<@Nullable String> names(AVIMConversationQuery query) {
        return await(query.setQueryPolicy(CachePolicy.NETWORK_ONLY).findInBackground()).stream()
                .map(AVIMConversation::getName)
                .toList();
    }

    /// Only those that this test has made.
    private AVIMConversationQuery mine() {
        return tom.getQuery().whereEqualTo("c", tom.getClientId());
    }

    private long queries() {
        return network.fromClient().stream()
                .filter(frame -> frame.getCmd() == CommandType.conv && frame.getOp() == OpType.query)
                .count();
    }

    @Test
    void without_a_condition_my_newest_ten_come_the_one_with_the_latest_message_first() {
        for (int i = 1; i <= 12; i++) create("c" + i, Map.of());
        AVIMConversation old =
                await(mine().whereEqualTo("name", "c3").findInBackground()).get(0);
        await(old.sendMessage(new AVIMTextMessage("news")));

        List<@Nullable String> names = names(tom.getQuery());

        assertThat(names).hasSize(10).startsWith("c3");
        assertThat(names(tom.getQuery().limit(20))).hasSize(12);
        assertThat(names(tom.getQuery().limit(5).skip(10))).hasSize(2);
    }

    @Test
    void conditions_on_attributes_find_what_fits() {
        create("young movie", Map.of("topic", "movie", "age", 16, "keywords", "教育 技术", "language", "中文"));
        create("old movie", Map.of("topic", "movie", "age", 60, "type", "private"));
        create("game", Map.of("topic", "DOTA2", "age", 30, "tags", List.of("a", "b")));

        assertThat(names(mine().whereEqualTo("topic", "DOTA2"))).containsExactly("game");
        assertThat(names(mine().whereEqualTo("attr.topic", "DOTA2"))).containsExactly("game");
        assertThat(names(mine().whereNotEqualsTo("type", "private"))).containsExactlyInAnyOrder("young movie", "game");
        assertThat(names(mine().whereGreaterThan("age", 30))).containsExactly("old movie");
        assertThat(names(mine().whereGreaterThanOrEqualsTo("age", 30))).containsExactlyInAnyOrder("old movie", "game");
        assertThat(names(mine().whereLessThan("age", 18).whereContains("keywords", "教育")))
                .containsExactly("young movie");
        assertThat(names(mine().whereGreaterThan("age", 16).whereLessThanOrEqualsTo("age", 30)))
                .containsExactly("game");
        assertThat(names(mine().whereMatches("language", "[\u4e00-\u9fa5]"))).containsExactly("young movie");
        assertThat(names(mine().whereStartsWith("name", "YOUNG"))).isEmpty();
        assertThat(names(mine().whereMatches("name", "^YOUNG", "i"))).containsExactly("young movie");
        assertThat(names(mine().whereEndsWith("name", "movie"))).hasSize(2);
        assertThat(names(mine().whereContainedIn("age", List.of(16, 60)))).hasSize(2);
        assertThat(names(mine().whereNotContainsIn("age", List.of(16, 60)))).containsExactly("game");
        assertThat(names(mine().whereContainsAll("tags", List.of("a", "b")))).containsExactly("game");
        assertThat(names(mine().whereExists("type"))).containsExactly("old movie");
        assertThat(names(mine().whereDoesNotExist("type"))).hasSize(2);
        assertThat(names(mine().orderByAscending("age"))).containsExactly("young movie", "game", "old movie");
        assertThat(names(mine().orderByDescending("topic").addDescendingOrder("age")))
                .containsExactly("old movie", "young movie", "game");
        assertThat(names(AVIMConversationQuery.or(
                        List.of(mine().whereEqualTo("topic", "DOTA2"), mine().whereEqualTo("age", 60)))))
                .containsExactlyInAnyOrder("game", "old movie");
    }

    @Test
    void special_characters_mean_themselves_when_a_text_is_contained() {
        create("100% (really)", Map.of());
        create("100 times really", Map.of());

        assertThat(names(mine().whereContains("name", "% (re"))).containsExactly("100% (really)");
    }

    @Test
    void members_are_found_with_others_or_alone() {
        create("three", Map.of(), "Jerry", "Bob");
        create("four", Map.of(), "Jerry", "Bob", "Harry");

        assertThat(names(mine().containsMembers(List.of("Jerry", "Bob")))).containsExactlyInAnyOrder("three", "four");
        assertThat(names(mine().withMembers(List.of("Jerry", "Bob"), true))).containsExactly("three");
        assertThat(names(mine().withMembers(List.of("Jerry", "Bob", tom.getClientId()))))
                .containsExactly("three");
    }

    @Test
    void conversations_that_were_active_lately_are_found_by_the_time_of_their_last_message() {
        create("silent", Map.of());
        await(create("alive", Map.of()).sendMessage(new AVIMTextMessage("hi")));

        assertThat(names(mine().whereGreaterThan("lm", new Date(System.currentTimeMillis() - 86_400_000))))
                .containsExactly("alive");
    }

    @Test
    void one_by_its_id_with_its_last_message_or_without_its_members() {
        AVIMConversation chat = create("one", Map.of(), "Jerry");
        AVIMMessage last = await(chat.sendMessage(new AVIMTextMessage("last words")));
        try (Device other = Device.of(server)) {
            AVIMClient stranger = other.enters("Stranger");

            AVIMConversation found = await(stranger.getQuery()
                            .whereEqualTo("objectId", chat.getConversationId())
                            .setWithLastMessagesRefreshed(true)
                            .setCompact(true)
                            .findInBackground())
                    .get(0);

            assertThat(found.getName()).isEqualTo("one");
            assertThat(found.getMembers()).isEmpty();
            assertThat(found.getLastMessage()).isEqualTo(last);
        }
    }

    @Test
    void a_chat_room_is_found_by_who_never_was_in_it() {
        String topic = Device.fresh("奔跑吧，兄弟");
        AVIMConversation room = await(tom.createChatRoom("HelloKitty PK 加菲猫", Map.of("topic", topic)));
        try (Device other = Device.of(server)) {
            AVIMClient stranger = other.enters("Stranger");

            List<AVIMConversation> found = await(stranger.getQuery()
                    .whereEqualTo("topic", topic)
                    .whereEqualTo("tr", true)
                    .findInBackground());

            assertThat(found).extracting(AVIMConversation::getConversationId).containsExactly(room.getConversationId());
            assertThat(found.get(0).isTransient()).isTrue();
        }
    }

    @Test
    void a_query_that_the_server_cannot_answer_says_so() {
        assertThat(failure(mine().whereMatches("name", "(").findInBackground()).getCode())
                .isEqualTo(4310);
    }

    // ---- cache

    private Device reader(UnaryOperator<AVIMOptions.Builder> choose) {
        return Device.of(server, options -> choose.apply(options.socketUrl(network.url())));
    }

    @Test
    void the_same_query_within_an_hour_asks_nobody_unless_something_has_changed() {
        create("first", Map.of());
        assertThat(await(mine().findInBackground())).hasSize(1);
        long before = queries();

        assertThat(await(mine().findInBackground())).hasSize(1);
        assertThat(queries()).isEqualTo(before);
        create("second", Map.of());
        assertThat(await(mine().findInBackground())).hasSize(2);
    }

    @Test
    void an_answer_that_is_too_old_is_asked_for_again() {
        create("first", Map.of());
        await(mine().findInBackground());
        long before = queries();

        await(mine().setCacheMaxAge(0).findInBackground());

        assertThat(queries()).isEqualTo(before + 1);
    }

    @Test
    void each_policy_looks_where_it_says() {
        create("known", Map.of());
        assertThat(failure(mine().setQueryPolicy(CachePolicy.CACHE_ONLY).findInBackground())
                        .getCode())
                .isEqualTo(AVIMException.CACHE_MISS);
        await(mine().setQueryPolicy(CachePolicy.IGNORE_CACHE).findInBackground());
        assertThat(failure(mine().setQueryPolicy(CachePolicy.CACHE_ONLY).findInBackground())
                        .getCode())
                .as("an ignored cache learns nothing")
                .isEqualTo(AVIMException.CACHE_MISS);
        await(mine().setQueryPolicy(CachePolicy.NETWORK_ONLY).findInBackground());
        long before = queries();
        assertThat(await(mine().setQueryPolicy(CachePolicy.CACHE_ONLY).findInBackground()))
                .hasSize(1);
        assertThat(await(mine().setQueryPolicy(CachePolicy.CACHE_ELSE_NETWORK).findInBackground()))
                .hasSize(1);
        assertThat(queries()).isEqualTo(before);
        await(mine().setQueryPolicy(CachePolicy.NETWORK_ELSE_CACHE).findInBackground());
        assertThat(queries()).isEqualTo(before + 1);
    }

    @Test
    void cache_then_network_answers_twice() throws InterruptedException {
        create("known", Map.of());
        await(mine().findInBackground());
        BlockingQueue<List<AVIMConversation>> answers = new LinkedBlockingQueue<>();

        mine().setQueryPolicy(CachePolicy.CACHE_THEN_NETWORK)
                .findInBackground((found, error) -> answers.add(found == null ? List.of() : found));

        for (int i = 0; i < 2; i++)
            assertThat(answers.poll(10, TimeUnit.SECONDS)).hasSize(1);
    }

    @Test
    void without_a_network_the_answer_of_before_is_shown_even_by_another_run_of_the_program() {
        create("known", Map.of("n", 1), "Jerry");
        AVIMCache file = AVIMCache.sqlite(new File(folder.toFile(), "cache.db"));
        String id = tom.getClientId();
        try (Device first = reader(options -> options.cache(file))) {
            AVIMClient client = first.login(id);
            await(client.getQuery().findInBackground());
        }
        try (Device second = reader(options -> options.cache(file).cacheMaxAge(Duration.ofDays(1)))) {
            AVIMClient offline = second.realtime.getClient(id);
            List<List<AVIMConversation>> shown = new ArrayList<>();
            for (CachePolicy policy : List.of(CachePolicy.NETWORK_ELSE_CACHE, CachePolicy.CACHE_ELSE_NETWORK))
                shown.add(await(offline.getQuery().setQueryPolicy(policy).findInBackground()));

            assertThat(shown).allSatisfy(found -> {
                assertThat(found).extracting(AVIMConversation::getName).containsExactly("known");
                assertThat(found.get(0).getAttributes()).isEqualTo(Map.of("n", 1));
                assertThat(found.get(0).getMembers()).contains("Jerry");
            });
        }
    }
}
