package io.parley.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.rest.ApiDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The description of the REST API, against the API itself.
class OpenApiTest {
    @RegisterExtension
    static final ParleyServer server = ParleyServer.with().create();

    @Test
    void every_call_is_described_and_every_description_is_of_a_call() {
        Set<String> undescribed = new TreeSet<>(server.parley().routes());
        Set<String> unmounted = new TreeSet<>(ApiDocument.read().calls());
        unmounted.removeAll(undescribed);
        ApiDocument.read().calls().forEach(undescribed::remove);
        assertThat(undescribed).as("calls that api.txt lacks").isEmpty();
        assertThat(unmounted).as("lines of api.txt that nothing answers").isEmpty();
        assertThat(ApiDocument.read().calls()).doesNotHaveDuplicates();
    }

    @Test
    void the_document_is_open_to_everybody_and_complete() throws Exception {
        JsonNode document = new Http().json(server.url() + "/openapi.json");

        assertThat(document.path("openapi").asText()).startsWith("3.1");
        List<String> calls = new ArrayList<>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(operation -> {
                    calls.add(operation.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey());
                    assertThat(operation.getValue().path("summary").asText()).isNotEmpty();
                    assertThat(operation.getValue().path("responses").has("default"))
                            .isTrue();
                    for (JsonNode parameter : operation.getValue().path("parameters"))
                        if (parameter.path("in").asText().equals("path"))
                            assertThat(path.getKey())
                                    .contains("{" + parameter.path("name").asText() + "}");
                }));
        assertThat(calls).hasSameSizeAs(ApiDocument.read().calls());
        assertThat(document.findValuesAsText("$ref"))
                .allSatisfy(reference -> assertThat(
                                document.at(reference.substring(1)).isObject())
                        .as(reference)
                        .isTrue());
    }

    @Test
    void what_needs_the_master_key_never_answers_the_app_key() throws Exception {
        Operator client = new Operator(server, TestApp.KEY);
        assertThat(ApiDocument.read().callsOfMaster()).hasSizeGreaterThan(60);
        List<String> wrong = new ArrayList<>();
        for (String call : ApiDocument.read().callsOfMaster()) {
            String method = call.substring(0, call.indexOf(' '));
            String path = call.substring(call.indexOf(' ') + 1).replaceAll("[:*][A-Za-z]+", "x");
            Operator.Answer answer = client.call(method, path, "");
            if (answer.status() != 403 || answer.body().path("code").asInt() != 403)
                wrong.add(call + ": " + answer.status() + " " + answer.body());
        }
        assertThat(wrong).isEmpty();
    }
}
