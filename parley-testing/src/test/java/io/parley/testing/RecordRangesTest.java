package io.parley.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Queries read the part of a class that can match, and find in it what reading all of it would find.
class RecordRangesTest {
    private static final int ROWS = 12;

    @TempDir
    static Path data;

    private static volatile Instant now = Instant.parse("2026-01-02T12:00:00Z");
    private static ParleyServer server;
    private static Rest anybody;

    /// Of the rows, as they were made.
    private static final List<JsonNode> rows = new ArrayList<>();

    private static final Clock CLOCK = new Clock() {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException("UTC only");
        }

        @Override
        public Instant instant() {
            return now;
        }
    };

    @BeforeAll
    static void fill() throws Exception {
        server = ParleyServer.with().data(data).clock(CLOCK).start();
        anybody = Rest.anybody(server);
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            now = now.plusMillis(i % 3 == 0 ? 0 : 500); // some in the same millisecond
            ids.add(anybody.create("Mark", "{'n':" + i * 7 % ROWS + "}"));
        }
        for (int i = ROWS - 1; i >= 0; i -= 2) {
            now = now.plusMillis(500);
            anybody.done("PUT", "/1.1/classes/Mark/" + ids.get(i), "{'seen':true}");
        }
        for (String id : ids) rows.add(anybody.done("GET", "/1.1/classes/Mark/" + id, ""));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String key(JsonNode row, String column) {
        return column.equals("n")
                ? String.valueOf((char) ('a' + row.path(column).asInt()))
                : row.path(column).asText();
    }

    private static boolean matches(String value, String operator, String operand) {
        int compared = value.compareTo(operand);
        return switch (operator) {
            case "$gt" -> compared > 0;
            case "$gte" -> compared >= 0;
            case "$lt" -> compared < 0;
            default -> compared <= 0;
        };
    }

    private static List<String> ids(Stream<JsonNode> some) {
        return some.map(row -> row.path("objectId").asText()).toList();
    }

    private static List<String> found(String... query) throws Exception {
        List<JsonNode> results = new ArrayList<>();
        anybody.done("GET", "/1.1/classes/Mark" + Rest.query(query), "")
                .path("results")
                .forEach(results::add);
        return ids(results.stream());
    }

    @ParameterizedTest(name = "{0} from {1} to {2}")
    @CsvSource({
        "createdAt, $gte, $lt",
        "createdAt, $gt, $lte",
        "updatedAt, $gte, $lte",
        "updatedAt, $gt, $lt",
        "objectId, $gte, $lt",
        "objectId, $gt, $lte",
    })
    void a_range_finds_the_same_in_every_order(String column, String least, String most) throws Exception {
        List<String> values =
                rows.stream().map(row -> key(row, column)).sorted().toList();
        String from = values.get(3);
        String to = values.get(9);
        String date = "{'__type':'Date','iso':'%s'}";
        boolean isTime = !column.equals("objectId");
        List<String> wheres = new ArrayList<>();
        wheres.add("{'" + column + "':{'" + least + "':'" + from + "','" + most + "':'" + to + "'}}");
        if (isTime)
            wheres.add("{'" + column + "':{'" + least + "':" + date.formatted(from) + ",'" + most + "':"
                    + date.formatted(to) + "}}");
        for (String where : wheres)
            for (String order : List.of("createdAt", "updatedAt", "objectId", "n")) {
                Comparator<JsonNode> up = Comparator.comparing(row -> key(row, order));
                for (boolean descending : new boolean[] {false, true}) {
                    Comparator<JsonNode> byOrder = descending ? up.reversed() : up;
                    List<String> expected = ids(rows.stream()
                            .filter(row ->
                                    matches(key(row, column), least, from) && matches(key(row, column), most, to))
                            .sorted(byOrder.thenComparing(
                                    row -> row.path("objectId").asText(),
                                    descending && !order.equals("n")
                                            ? Comparator.<String>reverseOrder()
                                            : Comparator.<String>naturalOrder())));
                    String by = (descending ? "-" : "") + order;
                    assertThat(found("where", where, "order", by))
                            .as("%s by %s", where, by)
                            .isEqualTo(expected);
                    assertThat(found("where", where, "order", by, "skip", "2", "limit", "3"))
                            .as("a page of %s by %s", where, by)
                            .isEqualTo(expected.stream().skip(2).limit(3).toList());
                }
            }
    }

    @Test
    void a_page_in_an_order_without_an_index_counts_all_matches() throws Exception {
        JsonNode page = anybody.done(
                "GET", "/1.1/classes/Mark" + Rest.query("order", "-n", "limit", "2", "skip", "1", "count", "1"), "");
        assertThat(page.path("count").asInt()).isEqualTo(ROWS);
        assertThat(page.path("results").findValuesAsText("n")).containsExactly("10", "9");
        JsonNode none =
                anybody.done("GET", "/1.1/classes/Mark" + Rest.query("order", "n", "limit", "0", "count", "1"), "");
        assertThat(none.path("count").asInt()).isEqualTo(ROWS);
        assertThat(none.path("results")).isEmpty();
    }

    @Test
    void times_far_away_are_no_obstacle() throws Exception {
        for (String iso : List.of("+999999999-12-31T23:59:59.999Z", "-999999999-01-01T00:00:00Z", "never"))
            anybody.done(
                    "GET",
                    "/1.1/classes/Mark"
                            + Rest.query("where", "{'createdAt':{'$gt':{'__type':'Date','iso':'" + iso + "'}}}"),
                    "");
    }
}
