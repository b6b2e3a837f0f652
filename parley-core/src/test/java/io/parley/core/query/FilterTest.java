package io.parley.core.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.core.command.ErrorCode;
import io.parley.core.command.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilterTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String DOCUMENT = """
            {"objectId":"c1","name":"Tom & Jerry","m":["Jerry","Tom"],"conv_type":1,
             "attr":{"topic":"movie","level":3,"deep":{"x":true},"at":{"__type":"Date","iso":"2020-01-01T00:00:00.000Z"}},
             "lm":{"__type":"Date","iso":"2021-06-01T12:00:00.000Z"},"createdAt":"2021-01-01T00:00:00.000Z"}""";

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            {} | true
            {"name":"Tom & Jerry"} | true
            {"name":"Tom"} | false
            {"name":{"$ne":"Tom"}} | true
            {"m":"Tom"} | true
            {"m":"Bob"} | false
            {"m":{"$all":["Tom","Jerry"]}} | true
            {"m":{"$all":["Tom","Bob"]}} | false
            {"m":{"$all":{"$all":["Tom","Jerry"]}}} | true
            {"m":{"$all":["Tom","Jerry"],"$size":2}} | true
            {"m":{"$all":["Tom","Jerry"],"$size":3}} | false
            {"m":{"$in":["Bob","Tom"]}} | true
            {"m":{"$nin":["Bob"]}} | true
            {"m":{"$regex":"^Je"}} | true
            {"attr.level":3} | true
            {"attr.level":3.0} | true
            {"attr.level":{"$gt":2,"$lt":4}} | true
            {"attr.level":{"$gte":4}} | false
            {"attr.level":{"$lt":"4"}} | false
            {"attr.deep.x":true} | true
            {"attr.missing":{"$exists":false}} | true
            {"attr.topic":{"$exists":true}} | true
            {"attr.topic":{"$exists":false}} | false
            {"tr":false} | true
            {"tr":true} | false
            {"tr":{"$ne":true}} | true
            {"attr.missing":null} | true
            {"name":{"$regex":"^\\\\QTom &\\\\E"}} | true
            {"name":{"$regex":".*jerry.*","$options":"i"}} | true
            {"name":{"$regex":".*jerry.*"}} | false
            {"lm":{"$gt":{"__type":"Date","iso":"2021-05-31T00:00:00.000Z"}}} | true
            {"lm":{"$lt":{"__type":"Date","iso":"2021-05-31T00:00:00.000Z"}}} | false
            {"createdAt":{"$lte":{"__type":"Date","iso":"2021-01-01T00:00:00.000Z"}}} | true
            {"attr.at":{"__type":"Date","iso":"2020-01-01T00:00:00.000Z"}} | true
            {"$or":[{"name":"x"},{"attr.topic":"movie"}]} | true
            {"$or":[{"name":"x"},{"attr.topic":"y"}]} | false
            {"$and":[{"m":"Tom"},{"attr.level":{"$ne":4}}]} | true
            {"attr.topic":{"$in":["movie","book"]}} | true
            {"attr.topic":{"$nin":["movie","book"]}} | false
            """)
    void a_condition_finds_the_document_or_not(String where, boolean expected) throws Exception {
        var filter = Filter.compile((ObjectNode) JSON.readTree(where), Filter.Rules.CONVERSATIONS);

        assertThat(filter.matches(JSON.readTree(DOCUMENT))).isEqualTo(expected);
    }

    private static final String ROW = """
            {"done":false,"owner":{"__type":"Pointer","className":"_User","objectId":"u1","extra":1},
             "likes":{"__type":"Relation","className":"_User","__ids":["u1","u2"]},
             "at":{"__type":"GeoPoint","latitude":39.9,"longitude":116.4}}""";

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            {"missing":false} | false
            {"done":false} | true
            {"owner":{"__type":"Pointer","className":"_User","objectId":"u1"}} | true
            {"owner":{"__type":"Pointer","className":"_User","objectId":"u2"}} | false
            {"owner":{"$in":[{"__type":"Pointer","className":"_User","objectId":"u1"}]}} | true
            {"likes":{"__type":"Pointer","className":"_User","objectId":"u2"}} | true
            {"likes":{"__type":"Pointer","className":"_User","objectId":"u3"}} | false
            {"likes":{"__type":"Pointer","className":"Other","objectId":"u2"}} | false
            {"at":{"$nearSphere":{"__type":"GeoPoint","latitude":40.0,"longitude":116.4}}} | true
            {"at":{"$nearSphere":{"__type":"GeoPoint","latitude":40.0,"longitude":116.4},"$maxDistanceInKilometers":12}} | true
            {"at":{"$nearSphere":{"__type":"GeoPoint","latitude":40.0,"longitude":116.4},"$maxDistanceInKilometers":10}} | false
            {"at":{"$nearSphere":{"__type":"GeoPoint","latitude":40.0,"longitude":116.4},"$maxDistanceInMiles":7}} | true
            {"at":{"$nearSphere":{"__type":"GeoPoint","latitude":40.0,"longitude":116.4},"$maxDistanceInRadians":0.001}} | false
            {"at":{"$within":{"$box":[{"__type":"GeoPoint","latitude":39,"longitude":116},{"__type":"GeoPoint","latitude":40,"longitude":117}]}}} | true
            {"at":{"$within":{"$box":[{"__type":"GeoPoint","latitude":30,"longitude":116},{"__type":"GeoPoint","latitude":39,"longitude":117}]}}} | false
            {"done":{"$nearSphere":{"__type":"GeoPoint","latitude":40.0,"longitude":116.4}}} | false
            """)
    void a_condition_finds_the_row_or_not(String where, boolean expected) throws Exception {
        var filter = Filter.compile((ObjectNode) JSON.readTree(where), Filter.Rules.RECORDS);

        assertThat(filter.matches(JSON.readTree(ROW))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"at\":{\"$nearSphere\":1}}",
                "{\"at\":{\"$within\":{\"$box\":[]}}}",
                "{\"at\":{\"$nearSphere\":{\"__type\":\"GeoPoint\",\"latitude\":91,\"longitude\":0}}}",
                "{\"m\":{\"$near\":1}}",
                "{\"m\":{\"$in\":\"Tom\"}}",
                "{\"$or\":{\"m\":1}}",
                "{\"$and\":[1]}",
                "{\"name\":{\"$regex\":\"(\"}}",
                "{\"name\":{\"$regex\":1}}",
                "{\"name\":{\"$regex\":\"a\",\"$options\":\"z\"}}",
                "{\"m\":{\"$size\":\"2\"}}"
            })
    void a_malformed_condition_is_refused(String where) throws Exception {
        ObjectNode condition = (ObjectNode) JSON.readTree(where);

        assertThatThrownBy(() -> Filter.compile(condition, Filter.Rules.CONVERSATIONS))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.CONVERSATION_QUERY_FAILED));
    }

    @Test
    void a_hostile_regular_expression_cannot_stall_the_server() throws Exception {
        ObjectNode where = JSON.createObjectNode();
        where.putObject("name").put("$regex", "^(a+)+$");
        ObjectNode document = JSON.createObjectNode().put("name", "a".repeat(5000) + "!");

        assertThat(Filter.compile(where, Filter.Rules.CONVERSATIONS).matches(document))
                .isFalse();
    }

    @Test
    void conditions_nested_too_deeply_are_refused() throws Exception {
        ObjectNode where = JSON.createObjectNode().put("name", "x");
        for (int level = 0; level < 20; level++) {
            ObjectNode outer = JSON.createObjectNode();
            outer.putArray("$or").add(where);
            where = outer;
        }
        ObjectNode nested = where;

        assertThatThrownBy(() -> Filter.compile(nested, Filter.Rules.CONVERSATIONS))
                .isInstanceOf(Refusal.class);
    }
}
