package io.parley.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Settings of an app, changed while the server runs. Source: rest 25.
class RestSettingsTest {
    @Test
    void a_changed_setting_is_obeyed_at_once_and_outlives_a_restart() throws Exception {
        try (var server = ParleyServer.start()) {
            Operator operator = new Operator(server);
            assertThat(operator.done("GET", "/x/settings", "")
                            .path("maxMembers")
                            .asInt())
                    .isEqualTo(500);
            assertThat(operator.done("GET", "/x/settings", "")
                            .path("roomRejoin")
                            .asText())
                    .isEqualTo("30m");
            JsonNode changed = operator.done(
                    "PUT", "/x/settings", "{'maxMembers':2,'roomRejoin':'90s','rest':{'messagesPerMinute':7}}");
            assertThat(changed.path("maxMembers").asInt()).isEqualTo(2);
            assertThat(changed.path("roomRejoin").asText()).isEqualTo("90s");
            assertThat(changed.path("rest").path("messagesPerMinute").asInt()).isEqualTo(7);
            assertThat(changed.path("rest").path("historySignature").asBoolean())
                    .isFalse();
            assertThat(operator.call("POST", "/1.2/rtm/conversations", "{'m':['a','b','c']}")
                            .body()
                            .path("code")
                            .asInt())
                    .isEqualTo(4304);
            server.restart();
            assertThat(new Operator(server).done("GET", "/x/settings", "")).isEqualTo(changed);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {'maxMembers':'many'}      | maxMembers | many
                    {'maxMembers':null}        | maxMembers | null
                    {'roles':'yes'}            | roles      | yes
                    {'roomRejoin':'soon'}      | roomRejoin | soon
                    {'roomRejoin':5}           | roomRejoin | 5
                    {'roomInvites':'SOMETIMES'} | roomInvites | SOMETIMES
                    {'webOrigins':'x'}         | webOrigins | x
                    {'rest':5}                 | rest       | 5
                    {'rest':{'messagesPerMinute':true}} | rest.messagesPerMinute | true
                    {'shiny':1}                | shiny      | maxMembers
                    {'hooks':{'timeout':'99s'}} | hooks     | 10
                    """)
    void a_wrong_setting_is_refused_with_its_name_and_value(String body, String name, String value) throws Exception {
        try (var server = ParleyServer.start()) {
            Operator operator = new Operator(server);
            JsonNode before = operator.done("GET", "/x/settings", "");
            Operator.Answer answer = operator.call("PUT", "/x/settings", body);
            assertThat(answer.status()).as(answer.body().toString()).isEqualTo(400);
            assertThat(answer.body().path("error").asText()).contains(name).contains(value);
            assertThat(operator.done("GET", "/x/settings", "")).isEqualTo(before);
        }
    }
}
