package io.parley.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.core.command.ClientId;
import io.parley.core.command.ConversationId;
import io.parley.core.command.Event.ConversationUpdated;
import io.parley.core.command.Event.Joined;
import io.parley.core.command.Event.Left;
import io.parley.core.command.Event.MembersJoined;
import io.parley.core.command.Event.MembersLeft;
import io.parley.core.command.Event.Notice;
import io.parley.core.command.Event.Receipt;
import io.parley.core.command.Event.Timed;
import io.parley.core.command.Kind;
import io.parley.core.command.MessageId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class NoticeJsonTest {
    private static final ConversationId CHAT = new ConversationId("5789a33a1b8694ad267d8040");
    private static final ClientId TOM = new ClientId("Tom");
    private static final ClientId JERRY = new ClientId("Jerry");
    private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");
    private static final String HEAD =
            "{'cmd':'conv','cid':'5789a33a1b8694ad267d8040','serverTs':1767355200001,'notificationType':1,";
    private static final String BY_TOM = "'initBy':'Tom','udate':'2026-01-02T12:00:00.000Z'";

    static Stream<Arguments> notices() {
        return Stream.of(
                Arguments.of(
                        new Joined(CHAT, Kind.NORMAL, Optional.of(TOM), NOON, Duration.ZERO),
                        HEAD + "'op':'joined'," + BY_TOM + "}",
                        HEAD + "'op':'joined'," + BY_TOM + "}"),
                Arguments.of(
                        new Joined(CHAT, Kind.TEMPORARY, Optional.of(TOM), NOON, Duration.ofHours(1)),
                        HEAD + "'op':'joined'," + BY_TOM + ",'tempConv':true,'tempConvTTL':3600}",
                        HEAD + "'op':'joined'," + BY_TOM + ",'tempConv':true,'tempConvTTL':3600}"),
                Arguments.of(
                        new Left(CHAT, Optional.of(TOM), NOON),
                        HEAD + "'op':'left'," + BY_TOM + "}",
                        HEAD + "'op':'left'," + BY_TOM + "}"),
                Arguments.of(
                        new MembersJoined(CHAT, Kind.NORMAL, List.of(JERRY), Optional.of(TOM), NOON),
                        HEAD + "'op':'members_joined'," + BY_TOM + ",'m':['Jerry']}",
                        HEAD + "'op':'members-joined'," + BY_TOM + ",'m':['Jerry']}"),
                Arguments.of(
                        new MembersLeft(CHAT, List.of(JERRY), Optional.of(TOM), NOON),
                        HEAD + "'op':'members_left'," + BY_TOM + ",'m':['Jerry']}",
                        HEAD + "'op':'members-left'," + BY_TOM + ",'m':['Jerry']}"),
                Arguments.of(
                        new ConversationUpdated(
                                CHAT,
                                Json.object().put("attr.level", 2),
                                (com.fasterxml.jackson.databind.node.ObjectNode)
                                        Json.object().set("attr", Json.object().put("level", 2)),
                                Optional.of(TOM),
                                NOON),
                        HEAD + "'op':'updated'," + BY_TOM + ",'attr':{'data':'{\\\"attr.level\\\":2}'},"
                                + "'attrModified':{'data':'{\\\"attr\\\":{\\\"level\\\":2}}'}}",
                        HEAD + "'op':'updated'," + BY_TOM + ",'attr':{'attr.level':2},"
                                + "'attrModified':{'attr':{'level':2}}}"),
                Arguments.of(
                        new Left(CHAT, Optional.empty(), NOON),
                        HEAD + "'op':'left'," + BY_TOM.replace("Tom", "") + "}",
                        HEAD + "'op':'left'," + BY_TOM.replace("Tom", "") + "}"),
                Arguments.of(receipt(false), RECEIPT + "}", RECEIPT + "}"),
                Arguments.of(receipt(true), RECEIPT + ",'read':true}", RECEIPT + ",'read':true}"));
    }

    private static final String RECEIPT = HEAD.replace("conv", "rcp") + "'id':'m1','t':1767355200000,'from':'Jerry'";

    private static Receipt receipt(boolean read) {
        return new Receipt(CHAT, new MessageId("m1"), JERRY, NOON.toEpochMilli(), read);
    }

    @ParameterizedTest
    @MethodSource("notices")
    void each_notice_is_written_as_javascript_and_as_swift_read_it(Notice notice, String javaScript, String swift) {
        var timed = new Timed(notice, NOON.toEpochMilli() + 1);

        assertThat(Json.text(NoticeJson.forJavaScript(timed))).isEqualTo(javaScript.replace('\'', '"'));
        assertThat(Json.text(NoticeJson.forSwift(timed))).isEqualTo(swift.replace('\'', '"'));
    }
}
