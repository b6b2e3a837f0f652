package io.parley.conformance.sdk;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;

/// How a run of an SDK's own tests ended.
///
/// @param pending left out by their authors
/// @param failures the full name of each failed test, and why
public record OwnTests(int passed, int pending, List<String> failures) {

    /// @param report of mocha's reporter `json`
    static OwnTests of(String report) {
        int start = report.indexOf('{');
        if (start < 0) throw new AssertionError("the tests did not run: " + report);
        try {
            JsonNode json = new ObjectMapper().readTree(report.substring(start));
            List<String> failures = new ArrayList<>();
            for (JsonNode test : json.path("failures"))
                failures.add(test.path("fullTitle").asText() + ": "
                        + test.path("err").path("message").asText());
            JsonNode stats = json.path("stats");
            return new OwnTests(
                    stats.path("passes").asInt(), stats.path("pending").asInt(), failures);
        } catch (JsonProcessingException e) {
            throw new AssertionError("no report: " + report, e);
        }
    }
}
