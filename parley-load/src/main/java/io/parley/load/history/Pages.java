package io.parley.load.history;

import io.parley.protocol.proto.GenericCommand;
import java.util.List;

/// Pages of history.
final class Pages {
    static final int LIMIT = 100;

    private Pages() {}

    static List<Message> messages(GenericCommand page) {
        return page.getLogsMessage().getLogsList().stream()
                .map(item -> new Message(item.getMsgId(), item.getTimestamp(), item.getFrom(), item.getData()))
                .toList();
    }
}
