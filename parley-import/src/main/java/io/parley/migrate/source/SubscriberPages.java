package io.parley.migrate.source;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/// Subscribers of a service conversation, ascending by id. Source: rest 8 S7.
final class SubscriberPages {
    private static final int PAGE = 50;

    private final RestClient rest;
    private final KnownConversation service;
    private String after;

    /// @param after exclusive; empty for the beginning
    SubscriberPages(RestClient rest, KnownConversation service, String after) {
        this.rest = rest;
        this.service = service;
        this.after = after;
    }

    /// Empty at the end.
    JsonNode next() throws IOException {
        Map<String, Object> query = new LinkedHashMap<>();
        query.put("limit", PAGE);
        if (!after.isEmpty()) query.put("client_id", after);
        JsonNode page = rest.get(service.path() + "/subscribers", query);
        if (!page.isArray())
            throw new IOException(service.path() + "/subscribers answered something else than an array");
        if (!page.isEmpty())
            after = page.get(page.size() - 1).path("subscriber").asText();
        return page;
    }

    String after() {
        return after;
    }
}
