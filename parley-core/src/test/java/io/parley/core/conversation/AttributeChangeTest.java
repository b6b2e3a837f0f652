package io.parley.core.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.core.command.Refusal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AttributeChangeTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String BEFORE =
            "{\"name\":\"a\",\"attr\":{\"level\":1,\"tags\":[\"x\"],\"deep\":{\"k\":1}},\"own\":5}";

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            {"name":"b"} | {"name":"b"} | {"name":"b"}
            {"attr.level":2} | {"attr":{"level":2,"tags":["x"],"deep":{"k":1}}} | {"attr.level":2}
            {"attr.deep.k":{"__op":"Delete"}} | {"attr":{"level":1,"tags":["x"],"deep":{}}} | {"attr.deep.k":null}
            {"attr.new.k":1} | {"attr":{"level":1,"tags":["x"],"deep":{"k":1},"new":{"k":1}}} | {"attr.new.k":1}
            {"attr.tags":{"__op":"Add","objects":["x","y"]}} | {"attr":{"level":1,"tags":["x","x","y"],"deep":{"k":1}}} | {"attr.tags":["x","x","y"]}
            {"attr.tags":{"__op":"AddUnique","objects":["x","y"]}} | {"attr":{"level":1,"tags":["x","y"],"deep":{"k":1}}} | {"attr.tags":["x","y"]}
            {"attr.tags":{"__op":"Remove","objects":["x"]}} | {"attr":{"level":1,"tags":[],"deep":{"k":1}}} | {"attr.tags":[]}
            {"own":{"__op":"Increment","amount":2}} | {"own":7} | {"own":7}
            {"fresh":{"__op":"Increment","amount":1}} | {"fresh":1} | {"fresh":1}
            {"own":{"__op":"Delete"}} | {} | {"own":null}
            {"own":null} | {} | {"own":null}
            {"m":["Bob"],"c":"Bob","objectId":"x"} | {} | {}
            {"attr":{"only":1}} | {"attr":{"only":1}} | {"attr":{"only":1}}
            """)
    void a_change_yields_nested_results_and_plain_values(String change, String modified, String plain)
            throws Exception {
        var requested = new AttributeChange((ObjectNode) JSON.readTree(change));

        ObjectNode after = requested.applyTo((ObjectNode) JSON.readTree(BEFORE));

        assertThat(requested.modified(after)).hasToString(modified);
        assertThat(requested.plain(after)).hasToString(plain);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"name\":{\"__op\":\"Explode\"}}",
                "{\"name\":{\"__op\":\"Increment\",\"amount\":1}}",
                "{\"own\":{\"__op\":\"Increment\",\"amount\":\"1\"}}",
                "{\"own\":{\"__op\":\"Add\",\"objects\":[1]}}",
                "{\"attr..x\":1}",
                "{\"a.b.c.d.e.f.g.h.i.j.k.l.m.n.o.p.q\":1}"
            })
    void a_change_that_makes_no_sense_is_refused(String change) throws Exception {
        ObjectNode requested = (ObjectNode) JSON.readTree(change);

        assertThatThrownBy(() -> new AttributeChange(requested).applyTo((ObjectNode) JSON.readTree(BEFORE)))
                .isInstanceOf(Refusal.class);
    }
}
