package io.parley.store.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.core.command.AppId;
import io.parley.core.command.ClientId;
import io.parley.core.command.ClientKey;
import io.parley.core.command.Content;
import io.parley.core.command.ConversationId;
import io.parley.core.command.ConversationKey;
import io.parley.core.command.Mentions;
import io.parley.core.command.MessageCommand.History.Direction;
import io.parley.core.command.MessageId;
import io.parley.core.command.Role;
import io.parley.core.command.StoredMessage;
import io.parley.core.conversation.Conversation;
import io.parley.core.intake.Digest;
import io.parley.core.intake.Intake;
import io.parley.core.intake.Intake.Tally;
import io.parley.core.message.Draft;
import io.parley.core.message.HistoryRange;
import io.parley.core.moderation.GivenRole;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What any store does with what comes from other servers.
public abstract class IntakeContract extends StorageContract {
    private static final AppId APP = new AppId("intake");
    private static final String CHAT = "5dee02017c4cc935c85c93de";
    private static final ConversationKey KEY = new ConversationKey(APP, new ConversationId(CHAT));
    private static final ObjectMapper JSON = new ObjectMapper();

    private Intake intake;

    @BeforeEach
    void make() {
        intake = new Intake(storage.intake(), storage.records());
    }

    private Tally take(String set, String... lines) {
        return intake.take(
                APP, set, Arrays.stream(lines).map(IntakeContract::parse).toList());
    }

    private static ObjectNode parse(String line) {
        try {
            return (ObjectNode) JSON.readTree(line.replace('\'', '"'));
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static String conversation(String updatedAt, String members) {
        return "{'objectId':'" + CHAT + "','name':'TestConv','m':" + members + ",'mu':['Jerry'],'c':'Tom',"
                + "'unique':true,'uniqueId':'61e52ce97f2b93050655a1c83371b070','attr':{'alias':'x'},'score':23.20,"
                + "'lm':{'__type':'Date','iso':'2020-01-21T14:22:48.642Z'},'createdAt':'2019-12-09T08:12:49.475Z',"
                + "'updatedAt':'" + updatedAt + "','ACL':{'*':{'read':true}}}";
    }

    private void takeChat() {
        assertThat(take("classes/_Conversation", conversation("2020-01-21T14:22:48.642Z", "['Tom','Jerry']"))
                        .added())
                .isEqualTo(1);
    }

    private static String message(long timestamp, String id, String text) {
        return "{'timestamp':" + timestamp + ",'conv-id':'" + CHAT + "00000000','data':'" + text + "','from':'Tom',"
                + "'msg-id':'" + id + "','is-conv':true,'is-room':false,'bin':false,'from-ip':null}";
    }

    private List<String> history() {
        var everything = new HistoryRange(Optional.empty(), Optional.empty(), Direction.NEW, 1000, OptionalInt.empty());
        return storage.messages().history(KEY, everything).stream()
                .map(message -> message.id() + "=" + ((Content.Text) message.content()).value())
                .toList();
    }

    private StoredMessage send(String text) {
        return storage.messages()
                .append(new Draft(
                        KEY,
                        new ClientId("Jerry"),
                        new Content.Text(text),
                        Mentions.NONE,
                        false,
                        Optional.empty(),
                        Optional.empty()))
                .message();
    }

    @Test
    void a_conversation_keeps_its_id_times_members_and_unknown_columns() {
        takeChat();

        Conversation there = storage.conversations().find(KEY).orElseThrow();
        assertThat(there.members()).containsExactly(new ClientId("Tom"), new ClientId("Jerry"));
        assertThat(there.muted()).containsExactly(new ClientId("Jerry"));
        assertThat(there.creator()).contains(new ClientId("Tom"));
        assertThat(there.uniqueId()).contains("61e52ce97f2b93050655a1c83371b070");
        assertThat(there.createdAt()).hasToString("2019-12-09T08:12:49.475Z");
        assertThat(there.updatedAt()).hasToString("2020-01-21T14:22:48.642Z");
        assertThat(there.attributes()).isEqualTo(parse("{'name':'TestConv','attr':{'alias':'x'},'score':23.20}"));
    }

    @Test
    void a_conversation_follows_what_is_newer_there_and_keeps_what_is_newer_here() {
        takeChat();
        Tally newer = take("classes/_Conversation", conversation("2020-02-01T00:00:00.000Z", "['Spike','Tom']"));
        assertThat(newer.changed()).isEqualTo(1);
        assertThat(storage.conversations().find(KEY).orElseThrow().members())
                .containsExactly(new ClientId("Spike"), new ClientId("Tom"));

        storage.conversations().addMembers(KEY, List.of(new ClientId("Butch")), 500);
        Tally older = take("classes/_Conversation", conversation("2020-02-02T00:00:00.000Z", "['Tom']"));
        assertThat(older.known()).isEqualTo(1);
        assertThat(storage.conversations().find(KEY).orElseThrow().hasMember(new ClientId("Butch")))
                .isTrue();
    }

    @Test
    void a_message_keeps_the_address_it_was_sent_from() {
        takeChat();
        take("messages", message(1000, "A", "here").replace("'from-ip':null", "'from-ip':'203.0.113.9'"));
        take("messages", message(2000, "B", "nowhere"));

        assertThat(storage.messages()
                        .find(KEY, new MessageId("A"), 1000)
                        .orElseThrow()
                        .address())
                .contains("203.0.113.9");
        assertThat(storage.messages()
                        .find(KEY, new MessageId("B"), 2000)
                        .orElseThrow()
                        .address())
                .isEmpty();
    }

    @Test
    void messages_in_any_order_and_any_number_of_times_make_one_history() {
        takeChat();
        List<String> lines = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            String id = "m%02d".formatted(i);
            lines.add(message(1000 + i / 3, id, "text " + i));
            expected.add(id + "=text " + i);
        }
        Collections.shuffle(lines, new Random(1));
        assertThat(take("messages", lines.subList(0, 30).toArray(String[]::new)).added())
                .isEqualTo(30);
        Tally again = take("messages", lines.toArray(String[]::new));

        assertThat(again.added()).isEqualTo(20);
        assertThat(again.known()).isEqualTo(30);
        assertThat(history()).isEqualTo(expected);
        assertThat(storage.messages().last(APP, List.of(KEY.id())).values())
                .extracting(StoredMessage::id)
                .containsExactly(new MessageId("m49"));
    }

    @Test
    void imports_beside_a_living_chat_disturb_neither_order_nor_feeds() {
        takeChat();
        take("messages", message(1000, "a", "a"), message(5000, "e", "e"));
        StoredMessage first = send("first");
        StoredMessage second = send("second");
        assertThat(first.position()).isEqualTo(1);

        take(
                "messages",
                message(3000, "c", "c"),
                message(first.timestamp(), "tie", "tie"),
                message(second.timestamp() + 10_000, "late", "late"));
        StoredMessage third = send("third");

        assertThat(history().stream().map(line -> line.substring(line.indexOf('=') + 1)))
                .containsExactly("a", "c", "e", "first", "tie", "second", "late", "third");
        assertThat(third.position()).isEqualTo(3);
        assertThat(third.timestamp()).isGreaterThan(second.timestamp() + 10_000);
        for (int after = 0; after < 3; after++)
            assertThat(storage.messages().after(KEY, after, 10))
                    .as("after position " + after)
                    .extracting(StoredMessage::position)
                    .containsExactlyElementsOf(List.of(1L, 2L, 3L).subList(after, 3));
    }

    @Test
    void an_edit_there_comes_over_and_an_edit_here_stays() {
        takeChat();
        take("messages", message(1000, "a", "a"), message(2000, "b", "b"));
        storage.messages()
                .patch(KEY, new MessageId("b"), 2000, new Content.Text("edited here"), Optional.empty(), false);

        Tally again = take("messages", message(1000, "a", "edited there"), message(2000, "b", "edited there"));

        assertThat(again.changed()).isEqualTo(1);
        assertThat(history()).containsExactly("a=edited there", "b=edited here");
    }

    @Test
    void after_settling_nothing_is_unread_until_somebody_writes() {
        takeChat();
        ClientKey tom = new ClientKey(APP, new ClientId("Tom"));
        storage.cursors().marks(KEY); // in memory from here on
        take("messages", message(1000, "a", "a").replace("Tom", "Jerry"));
        intake.settle(APP, List.of(KEY.id()));

        assertThat(storage.cursors().unread(tom, 0, 50, 100)).allMatch(entry -> entry.count() == 0);
        assertThat(storage.cursors().backlog(tom, 50, 20)).isEmpty();

        send("hello");
        intake.settle(APP, List.of(KEY.id()));
        assertThat(storage.cursors().unread(tom, 0, 50, 100))
                .singleElement()
                .satisfies(entry -> assertThat(entry.count()).isEqualTo(1));
    }

    @Test
    void a_conversation_whose_messages_are_all_gone_is_read() {
        takeChat();

        ClientKey tom = new ClientKey(APP, new ClientId("Tom"));
        assertThat(storage.cursors().unread(tom, 0, 50, 100)).isEmpty();
        assertThat(storage.cursors().unread(tom, KEY.id(), 100)).isEmpty();
        assertThat(storage.cursors().backlog(tom, 50, 20)).isEmpty();
    }

    @Test
    void the_time_of_the_last_message_stays_when_the_message_is_gone() {
        takeChat();
        take("messages", message(1000, "a", "a"));
        List<Long> times = new ArrayList<>();
        storage.conversations()
                .visit(APP, new io.parley.core.conversation.ConversationStore.Candidates.All(), found -> {
                    times.add(found.lastMessageAt().orElse(0));
                    return true;
                });
        assertThat(times)
                .containsExactly(
                        java.time.Instant.parse("2020-01-21T14:22:48.642Z").toEpochMilli());
        assertThat(send("now").timestamp()).isGreaterThan(times.getFirst());
    }

    @Test
    void roles_lists_and_subscriptions_are_kept() {
        takeChat();
        take("classes/_Conversation", "{'objectId':'news','sys':true,'createdAt':'2019-12-09T08:12:49.475Z'}");
        assertThat(take("classes/_ConversationMemberInfo", "{'cid':'" + CHAT + "','clientId':'Jerry','role':'Manager'}")
                        .added())
                .isEqualTo(1);
        take("silenced", "{'conv_id':'" + CHAT + "','client_id':'Spike'}");
        take("blacklists", "{'conv_id':'" + CHAT + "','client_id':'Butch'}");
        Tally subscribed = take(
                "subscriptions",
                "{'conv_id':'news','client_id':'Tom','timestamp':1500}",
                "{'conv_id':'" + CHAT + "','client_id':'Tom','timestamp':1500}",
                "{'conv_id':'nowhere','client_id':'Tom','timestamp':1500}");

        var rules = storage.moderation().find(KEY);
        assertThat(rules.roles())
                .extractingByKey(new ClientId("Jerry"))
                .extracting(GivenRole::role)
                .isEqualTo(Role.MANAGER);
        assertThat(rules.silenced()).containsExactly(new ClientId("Spike"));
        assertThat(rules.blocked()).containsExactly(new ClientId("Butch"));
        assertThat(subscribed.added()).isEqualTo(1);
        assertThat(subscribed.refused()).extracting(Intake.Refused::index).containsExactlyInAnyOrder(1, 2);
        assertThat(storage.subscriptions().of(new ClientKey(APP, new ClientId("Tom"))))
                .singleElement()
                .satisfies(subscription ->
                        assertThat(subscription.since().toEpochMilli()).isEqualTo(1500));
    }

    @Test
    void a_message_of_a_service_is_stored_once_and_seen_by_those_it_was_shown_to() {
        take("classes/_Conversation", "{'objectId':'news','sys':true,'createdAt':'2019-12-09T08:12:49.475Z'}");
        String item = message(1000, "n", "news").replace(CHAT + "00000000", "news");
        take("service-messages", item.replace("}", ",'client':'Tom'}"), item.replace("}", ",'client':'Jerry'}"));

        ConversationKey news = new ConversationKey(APP, new ConversationId("news"));
        var everything = new HistoryRange(Optional.empty(), Optional.empty(), Direction.NEW, 10, OptionalInt.empty());
        for (String client : List.of("Tom", "Jerry"))
            assertThat(storage.services().history(news, new ClientId(client), everything))
                    .hasSize(1);
        assertThat(storage.services().history(news, new ClientId("Spike"), everything))
                .isEmpty();
        assertThat(intake.digests(APP, Optional.empty(), 10)
                        .getFirst()
                        .messages()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void what_makes_no_sense_is_refused_with_a_reason_and_the_rest_is_in() {
        takeChat();
        Tally tally = take(
                "messages",
                message(1000, "a", "a"),
                message(0, "b", "b"),
                message(1000, "", "c"),
                message(1000, "d", "d").replace(CHAT, "0000000000000000000000ff"),
                message(1000, "e", "?").replace("'bin':false", "'bin':true"),
                message(1000, "f", "f").replace("'is-room':false", "'is-room':true"));

        assertThat(tally.added()).isEqualTo(1);
        assertThat(tally.refused()).extracting(Intake.Refused::index).containsExactlyInAnyOrder(1, 2, 3, 4, 5);
        assertThat(tally.refused()).extracting(Intake.Refused::reason).contains("it has no timestamp");
    }

    @Test
    void rows_are_kept_and_newer_ones_replace_older_ones() {
        String user =
                "{'objectId':'u1','username':'tom','salt':'s','password':'p','createdAt':'2019-12-09T08:12:49.475Z',"
                        + "'updatedAt':'2020-01-01T00:00:00.000Z'}";
        assertThat(take("classes/_User", user).added()).isEqualTo(1);
        assertThat(take("classes/_User", user).known()).isEqualTo(1);
        assertThat(take("classes/_User", user.replace("2020", "2021").replace("'p'", "'q'"))
                        .changed())
                .isEqualTo(1);
        Tally twin = take("classes/_User", user.replace("u1", "u2"));
        assertThat(twin.refused())
                .singleElement()
                .satisfies(refused -> assertThat(refused.reason()).contains("unique"));
    }

    @Test
    void digests_tell_equal_from_different() {
        takeChat();
        take("messages", message(1000, "a", "a"), message(2000, "b", "b"));
        Digest before = intake.digests(APP, Optional.empty(), 10).getFirst();
        assertThat(before.messages().count()).isEqualTo(2);
        assertThat(before.first()).isEqualTo(1000);
        assertThat(before.last()).isEqualTo(2000);
        assertThat(intake.digests(APP, Optional.of(KEY.id()), 10)).isEmpty();

        take("messages", message(2000, "b", "B"));
        Digest after = intake.digests(APP, Optional.empty(), 10).getFirst();
        assertThat(after.row()).isEqualTo(before.row());
        assertThat(after.messages()).isNotEqualTo(before.messages());
    }

    @Test
    void finished_parts_are_remembered_per_app() {
        intake.finished(APP, "part");
        intake.finished(APP, "part");

        assertThat(intake.isFinished(APP, "part")).isTrue();
        assertThat(intake.isFinished(new AppId("other"), "part")).isFalse();
    }
}
