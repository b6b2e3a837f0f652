package io.parley.core.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.core.command.ErrorCode;
import io.parley.core.command.Refusal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OperationTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String POINTER = "{\"__type\":\"Pointer\",\"className\":\"Tag\",\"objectId\":\"%s\"}";

    @ParameterizedTest(name = "{0} then {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            {"n":6} | {"__op":"BitAnd","value":3} | {"n":2}
            {"n":6} | {"__op":"BitOr","value":1} | {"n":7}
            {"n":6} | {"__op":"BitXor","value":2} | {"n":4}
            {} | {"__op":"BitOr","value":1} | {"n":1}
            {"n":6} | {"__op":"Decrement","amount":1.5} | {"n":4.5}
            {"n":1} | null | {"n":null}
            {"n":[1]} | {"__op":"Batch","ops":[{"__op":"Add","objects":[2]},{"__op":"Remove","objects":[1]}]} | {"n":[2]}
            {"n":[1]} | {"__op":"Batch","ops":[{"__op":"Delete"},{"__op":"Add","objects":[2]}]} | {"n":[2]}
            """)
    void an_operation_turns_the_old_value_into_the_new_one(String before, String change, String after)
            throws Exception {
        ObjectNode document = (ObjectNode) JSON.readTree(before);

        new Operation("n", JSON.readTree(change), ErrorCode.INCORRECT_TYPE).applyTo(document);

        assertThat(document).hasToString(after);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            AddRelation    | a,b | c   | a,b,c
            AddRelation    | a,b | b,a | a,b
            RemoveRelation | a,b | a   | b
            RemoveRelation | a,b | x   | a,b
            AddRelation    |     | a   | a
            """)
    void a_relation_is_a_set_of_pointers(String operation, String before, String objects, String after)
            throws Exception {
        ObjectNode document = JSON.createObjectNode();
        if (before != null) change(document, "AddRelation", before);

        change(document, operation, objects);

        assertThat(Relations.ids(document.path("n"))).containsExactly(after.split(","));
        assertThat(Relations.shown(document.path("n"))).hasToString("{\"__type\":\"Relation\",\"className\":\"Tag\"}");
    }

    private static void change(ObjectNode document, String operation, String objects) throws Exception {
        ObjectNode change = JSON.createObjectNode().put("__op", operation);
        var pointers = change.putArray("objects");
        for (String id : objects.split(",")) pointers.add(JSON.readTree(POINTER.formatted(id)));
        new Operation("n", change, ErrorCode.INCORRECT_TYPE).applyTo(document);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"__op\":\"BitAnd\",\"value\":1.5}",
                "{\"__op\":\"AddRelation\",\"objects\":[]}",
                "{\"__op\":\"AddRelation\",\"objects\":[1]}",
                "{\"__op\":\"Batch\",\"ops\":[{\"__op\":\"Batch\",\"ops\":[]}]}",
                "{\"__op\":\"Batch\"}",
                "{\"__op\":\"Explode\"}"
            })
    void an_operation_that_makes_no_sense_is_refused(String change) throws Exception {
        ObjectNode document = JSON.createObjectNode();
        var operation = new Operation("n", JSON.readTree(change), ErrorCode.INCORRECT_TYPE);

        assertThatThrownBy(() -> operation.applyTo(document))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.INCORRECT_TYPE));
    }
}
