package io.parley.conformance.sdk;

import com.fasterxml.jackson.databind.JsonNode;

/// Something an SDK told its application.
public record SdkEvent(String name, JsonNode data) {
    public String conversation() {
        return data.path("cid").asText("");
    }
}
